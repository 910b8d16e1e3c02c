"""Indicators of each return and of the authority, this year against last, and the same as CSV.

The authority's figure is made of the sums of its returns.  Everything is computed from the returns by the SQL of
the plan, so a figure can be computed again from the same files.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from muster.engines import engine_for, start_engine
from muster.engines.indicators import Figure, figures
from muster.model import Collection, Indicator, Return
from muster.model.writing import neutralised, write_whole

TOO_FEW = 5
EVERYONE = "all"

_HEADINGS = (
    "return", "name", "indicator", "title", "unit", "better", "provisional", "year", "numerator", "denominator",
    "value", "last_year_numerator", "last_year_denominator", "last_year_value", "change",
)  # fmt: skip


@dataclass(frozen=True)
class IndicatorLine:
    """One return, or all together (``ref`` is ``all``), this year and last; None where it cannot be asked."""

    indicator: Indicator
    ref: str
    name: str
    now: Figure | None
    before: Figure | None

    @property
    def value(self) -> Decimal | None:
        """The figure of this year, rounded."""
        return self._value(self.now)

    @property
    def last_value(self) -> Decimal | None:
        """The figure of last year, rounded."""
        return self._value(self.before)

    @property
    def change(self) -> Decimal | None:
        """The difference of the two rounded figures, as a reader would compute it."""
        if self.value is None or self.last_value is None:
            return None
        return self.value - self.last_value

    def _value(self, figure: Figure | None) -> Decimal | None:
        return self.indicator.value(figure.numerator, figure.denominator) if figure else None


@dataclass(frozen=True)
class IndicatorResult:
    """One indicator of a year: all returns together, then each; ``compared`` counts those of last year."""

    indicator: Indicator
    year: int
    whole: IndicatorLine
    lines: tuple[IndicatorLine, ...]
    compared: int


def indicator_results(
    collection: Collection,
    year: int,
    returns: Mapping[str, Return],
    *,
    last_year: Mapping[str, Return],
    names: Mapping[str, str],
) -> tuple[IndicatorResult, ...]:
    """Every indicator of the year for each return, by number of the school; ``names`` are those of the schools."""
    now = _figures(collection, year, returns)
    before = _figures(
        collection, year - 1, {ref: one for ref, one in last_year.items() if one.year == year - 1}
    )
    return results_of(collection, year, now, before=before, names=_names(returns, names))


def results_of(
    collection: Collection,
    year: int,
    now: Mapping[str, Mapping[str, Figure]],
    *,
    before: Mapping[str, Mapping[str, Figure]],
    names: Mapping[str, str],
) -> tuple[IndicatorResult, ...]:
    """Every indicator of the year from figures by indicator and return; ``names`` are those of all the returns."""
    return tuple(
        _result(indicator, year, names, now[indicator.name], before.get(indicator.name, {}))
        for indicator in collection.indicators_in(year)
    )


def _names(returns: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    return {
        ref: names.get(ref) or ("The authority's own return" if ref.isdigit() else ref)
        for ref in sorted(returns)
    }


def _figures(
    collection: Collection, year: int, returns: Mapping[str, Return]
) -> dict[str, dict[str, Figure]]:
    """The figures of a year by indicator and return; none where there are no returns of that year."""
    if not returns or year not in collection.years:
        return {}
    refs = sorted(returns)
    rows = sum(len(table) for one in returns.values() for table in one.tables.values())
    engine = start_engine(engine_for(rows), collection, year)
    try:
        engine.load([returns[ref] for ref in refs])
        return {
            name: {refs[place]: figure for place, figure in figures(engine, compiled).items()}
            for name, compiled in engine.indicators.items()
        }
    finally:
        engine.close()


def _result(
    indicator: Indicator,
    year: int,
    names: Mapping[str, str],
    now: Mapping[str, Figure],
    before: Mapping[str, Figure],
) -> IndicatorResult:
    lines = tuple(
        IndicatorLine(indicator, ref, name, now.get(ref), before.get(ref)) for ref, name in names.items()
    )
    whole = IndicatorLine(indicator, EVERYONE, "All returns", _together(now), _together(before))
    return IndicatorResult(indicator, year, whole, lines, len(before))


def _together(found: Mapping[str, Figure]) -> Figure | None:
    """The sums over all returns of which the indicator can be asked."""
    if not found:
        return None
    below = [figure.denominator for figure in found.values() if figure.denominator is not None]
    above = sum(figure.numerator for figure in found.values())
    return Figure(round(above, 6), round(sum(below), 6) if below else None)


def write_indicators_csv(results: Iterable[IndicatorResult], path: Path) -> None:
    """Write a row for each indicator and return, all returns first, with the sums a figure is made of."""
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(_HEADINGS)
    for result in results:
        for line in (result.whole, *result.lines):
            writer.writerow([neutralised(cell) for cell in _row(result, line)])
    write_whole(path, held.getvalue().encode("utf-8-sig"))


def _row(result: IndicatorResult, line: IndicatorLine) -> list[str]:
    about = result.indicator
    return [
        line.ref, line.name, about.name, about.title, about.unit, about.polarity, "yes" if about.provisional else "no",
        str(result.year), *_sums(line.now), _text(line.value), *_sums(line.before), _text(line.last_value),
        _text(line.change),
    ]  # fmt: skip


def _sums(figure: Figure | None) -> tuple[str, str]:
    if figure is None:
        return "", ""
    return plain(figure.numerator), "" if figure.denominator is None else plain(figure.denominator)


def plain(number: float) -> str:
    """A sum without the noughts a computer leaves behind the point."""
    return f"{number:.6f}".rstrip("0").rstrip(".")


def _text(value: Decimal | None) -> str:
    return "" if value is None else str(value)
