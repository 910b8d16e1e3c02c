"""Findings from two sides: what stands against each person, and how often each rule was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from muster.model import Counted, Finding

AS_A_WHOLE = "the return as a whole"


@dataclass(frozen=True)
class Heap(Counted):
    """The findings of one person of one return, or of one rule; ``name`` says whose they are."""

    ref: str
    name: str
    findings: tuple[Finding, ...]

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules found, each once, in the order of the findings."""
        return tuple(dict.fromkeys(f.code for f in self.findings))

    @property
    def people(self) -> int:
        """How many people the findings are of."""
        return len({(f.ref, f.person) for f in self.findings if f.person})


def by_person(findings: Iterable[Finding]) -> list[Heap]:
    """A heap for each person with findings; what is about a return as a whole comes before its people."""
    heaps: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        heaps.setdefault((finding.ref, finding.person), []).append(finding)
    places = {ref: n for n, ref in enumerate(dict.fromkeys(ref for ref, _ in heaps))}
    ordered = sorted(heaps.items(), key=lambda heap: (places[heap[0][0]], bool(heap[0][1])))
    return [Heap(ref, person or AS_A_WHOLE, tuple(found)) for (ref, person), found in ordered]


def by_rule(findings: Iterable[Finding]) -> list[Heap]:
    """A heap for each rule that was found, errors first, then the most found."""
    heaps: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        heaps.setdefault((finding.severity, finding.code), []).append(finding)
    ordered = sorted(heaps.items(), key=lambda heap: (heap[0][0], -len(heap[1]), heap[0][1]))
    return [Heap("", code, tuple(found)) for (_, code), found in ordered]
