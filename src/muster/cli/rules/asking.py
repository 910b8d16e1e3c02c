"""Ask a test of returns of any year, whether or not the rule is in force then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from muster.catalogue.plan import Plan
from muster.engines import Engine, start_engine
from muster.model import (
    EVERY_YEAR,
    Collection,
    Finding,
    Outcome,
    Return,
    Rule,
    SourceFile,
    UnreadableFile,
)
from muster.read import read_xml
from muster.validate import check

ENGINE = "duckdb"
_BATCH = 50
Sources = Mapping[int, Sequence[SourceFile]]


@dataclass
class Impact:
    """What came of asking: the findings, the returns asked, and what could not be asked or read."""

    findings: list[tuple[str, Finding]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def schools(self) -> Counter[str]:
        """Findings by return, most first."""
        return Counter(name for name, _ in self.findings)

    @property
    def records(self) -> set[tuple[str, str, int | None]]:
        """The records that fail, to compare two tests."""
        return {(name, finding.table, finding.key) for name, finding in self.findings}


class Question:
    """One or more tests, ready to be asked of returns."""

    def __init__(self, collection: Collection, rules: Sequence[Rule], plan: Plan):
        self.rules = rules
        self.known = collection
        self.always = replace(collection, rules=tuple(replace(rule, years=EVERY_YEAR) for rule in rules))
        self.plan = plan._replace(rules=tuple(rule._replace(years="") for rule in plan.rules))

    def ask(self, sources: Sources, advance: Callable[[int], None]) -> Impact:
        """Ask every return; rules across returns see all returns of a year together."""
        impact = Impact()
        together = any(rule.scope == "authority" for rule in self.rules)
        for year, files in sorted(sources.items()):
            if year not in self.known.years:
                impact.refused += [f"{file.name} names no year of {self.known.title}" for file in files]
                continue
            engine = start_engine(ENGINE, self.always, year, plan=self.plan)
            for batch in [files] if together else _batches(files):
                self._ask(impact, engine, list(self._read(impact, batch)), of_several_years=len(sources) > 1)
                advance(len(batch))
            engine.close()
        return impact

    def _read(self, impact: Impact, files: Sequence[SourceFile]) -> Iterator[Return]:
        for file in files:
            try:
                yield replace(read_xml(self.known, file), notices=[])
            except UnreadableFile as error:
                impact.refused.append(str(error))

    def _ask(self, impact: Impact, engine: Engine, returns: list[Return], *, of_several_years: bool) -> None:
        result = check(self.always, engine.year, returns, engine=engine)
        when = f" in {engine.year}" if of_several_years else ""
        impact.asked += [f"{ref}{when}" for ref in result.refs]
        impact.findings += [(f"{finding.ref}{when}", finding) for finding in result.findings]
        for outcome in result.outcomes:
            if outcome.outcome is Outcome.BROKE:
                impact.refused.append(
                    f"rule {outcome.code} cannot be asked of {engine.year}: {outcome.reason}"
                )


def _batches(files: Sequence[SourceFile]) -> Iterator[Sequence[SourceFile]]:
    for start in range(0, len(files), _BATCH):
        yield files[start : start + _BATCH]
