"""Check an indicator and write it as plain SQL for an engine."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from muster.catalogue._collected import check_collected
from muster.catalogue._language import Names, PredicateError
from muster.catalogue._sums import CheckedSum, check_sum
from muster.catalogue.plan import CompiledIndicator
from muster.model import CatalogueError, Collection, Indicator

_CONSTANT = re.compile(r"\$(\w+)")
_LEVELS = {
    "school": "COALESCE(this.source_level, '') = 'L'",
    "authority": "COALESCE(this.source_level, '') <> 'L'",
}
Reads = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class CheckedIndicator:
    """An indicator that passed: its sums, and the key of the records behind the numerator."""

    indicator: Indicator
    numerator: CheckedSum
    denominator: CheckedSum | None
    record: str
    flags: tuple[str, ...]

    @property
    def columns_read(self) -> set[tuple[str, str]]:
        """Every column that numerator and denominator ask, with its table."""
        sums = [one for one in (self.numerator, self.denominator) if one]
        return {column for one in sums for column in one.columns_read}

    def compiled(self, engine: str, collection: Collection) -> CompiledIndicator:
        """The indicator as SQL of one engine."""
        years = str(self.indicator.years)
        return CompiledIndicator(
            name=self.indicator.name,
            years="" if years == "every year" else years,
            numerator=self.numerator.by_return(engine),
            denominator=self.denominator.by_return(engine) if self.denominator else "",
            excluded=self._excluded(),
            record=self.record,
            records=self.numerator.records(engine, collection.tables[self.record].key),
        )

    def _excluded(self) -> str:
        """The SELECT of returns that say they leave a table out, or are of the other kind."""
        reasons = [f"this.{flag} = FALSE" for flag in self.flags]
        reasons += [_LEVELS[self.indicator.only_in]] if self.indicator.only_in else []
        return f"SELECT this.return_id FROM returns AS this WHERE {' OR '.join(reasons)}" if reasons else ""


def check_indicator(
    indicator: Indicator, collection: Collection, names: Names, through: Reads
) -> CheckedIndicator:
    """Check one indicator; ``through`` says what each derived table reads.

    Raises CatalogueError that names the file and line of the indicator.
    """
    try:
        return _checked(indicator, collection, names, through)
    except PredicateError as error:
        raise CatalogueError(f"{indicator.where}: indicator '{indicator.name}': {error}") from None


def _checked(indicator: Indicator, collection: Collection, names: Names, through: Reads) -> CheckedIndicator:
    numerator = check_sum(indicator.numerator, indicator.table, names)
    denominator = None
    if indicator.denominator:
        denominator = check_sum(indicator.denominator, indicator.denominator_table, names)
    sums = [one for one in (numerator, denominator) if one]
    check_collected(indicator.years, collection, {column for one in sums for column in one.columns_read})
    _check_constants(indicator, collection)
    flags = _flags([name for one in sums for name in one.reads], collection, through)
    record = _record(indicator.table, names, collection)
    return CheckedIndicator(indicator, numerator, denominator, record, flags)


def _check_constants(indicator: Indicator, collection: Collection) -> None:
    for name in _CONSTANT.findall(f"{indicator.numerator} {indicator.denominator}"):
        for year in indicator.years.among(collection.years):
            if collection.facts[year].constants.get(name) is None:
                raise PredicateError(f"it is in force in {year}, when ${name} has no value")


def _flags(reads: Sequence[str], collection: Collection, through: Reads) -> tuple[str, ...]:
    """The flags by which a return says that a table was left out, looking through derived tables."""
    found: dict[str, None] = {}
    pending = list(reads)
    while pending:
        name = pending.pop(0)
        pending += through.get(name, ())
        module = collection.tables[name].module if name in collection.tables else None
        if module:
            found[module] = None
    return tuple(found)


def _record(table: str, names: Names, collection: Collection) -> str:
    """The table of the return whose records the rows are: that of the innermost key the rows carry."""
    held = [one.name for one in collection.tables.values() if one.key in names.columns[table]]
    return max(held, key=lambda name: len(collection.ancestors(name)))
