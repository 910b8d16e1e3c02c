"""What a person has decided about proposed matches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_Partners = Mapping[str, frozenset[str]]
_NONE: _Partners = MappingProxyType({})


@dataclass(frozen=True)
class Decisions:
    """Which accounts a person has said are one, and which are not, by the accounts' keys, both ways round."""

    same: _Partners = field(default_factory=lambda: _NONE)
    different: _Partners = field(default_factory=lambda: _NONE)

    @classmethod
    def of(cls, decided: Iterable[tuple[str, str, bool]]) -> Decisions:
        """Decisions from pairs of keys, each with yes or no; the last word on a pair counts."""
        last = {frozenset((a, b)): (a, b, yes) for a, b, yes in decided}
        return cls(
            _partners((a, b) for a, b, yes in last.values() if yes),
            _partners((a, b) for a, b, yes in last.values() if not yes),
        )

    @property
    def keys(self) -> set[str]:
        """Every key a decision names."""
        return {*self.same, *self.different}


def _partners(pairs: Iterable[tuple[str, str]]) -> _Partners:
    found: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        found[a].add(b)
        found[b].add(a)
    return {key: frozenset(others) for key, others in found.items()}
