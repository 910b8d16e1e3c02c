"""The indicators as one page: the authority first, then each indicator with all schools.

A ratio over fewer than five is not shown for a school, because it would say something about single people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from muster.engines.indicators import Figure
from muster.model import Indicator
from muster.model.words import count_of
from muster.model.writing import write_whole
from muster.report._pages import html_page
from muster.report.indicators import TOO_FEW, IndicatorLine, IndicatorResult

_NOTHING = "–"
_BETTER = {"higher": "Higher is better.", "lower": "Lower is better.", "neither": ""}


@dataclass(frozen=True)
class _Shown:
    """One line of a table as text."""

    name: str
    ref: str
    now: str
    made_of: str
    before: str
    change: str
    direction: str = ""


@dataclass(frozen=True)
class _Part:
    """One indicator as text: what it says, its line for all returns and the lines of the schools."""

    indicator: Indicator
    about: str
    whole: _Shown
    lines: tuple[_Shown, ...]


def write_indicators_html(results: Sequence[IndicatorResult], path: Path, *, authority: str) -> None:
    """Write the indicators of an authority as one self-contained page."""
    parts = [_part(result) for result in results]
    year = results[0].year if results else None
    page = html_page(
        "indicators.html.j2",
        authority=authority,
        year=year,
        returns=count_of(max((len(part.lines) for part in parts), default=0), "return"),
        parts=parts,
        compared=max((result.compared for result in results), default=0),
        too_few=TOO_FEW,
    )
    write_whole(path, page)


def _part(result: IndicatorResult) -> _Part:
    lines = sorted(
        (line for line in result.lines if line.now or line.before), key=lambda one: (one.name, one.ref)
    )
    shown = tuple(_shown(line, of_a_school=True) for line in lines)
    return _Part(result.indicator, " ".join(_about(result.indicator)), _shown(result.whole), shown)


def _about(indicator: Indicator) -> Iterable[str]:
    yield indicator.says
    if _BETTER[indicator.polarity]:
        yield _BETTER[indicator.polarity]
    if indicator.note:
        yield indicator.note
    if indicator.source:
        yield f"Source: {indicator.source}."


def _shown(line: IndicatorLine, *, of_a_school: bool = False) -> _Shown:
    hidden = [of_a_school and _is_of_few(figure) for figure in (line.now, line.before)]
    change = None if any(hidden) else line.change
    return _Shown(
        name=line.name,
        ref=line.ref,
        now="too few" if hidden[0] else _in_words(line.value, line.indicator.unit),
        made_of="" if hidden[0] else _made_of(line.now),
        before="too few" if hidden[1] else _in_words(line.last_value, line.indicator.unit),
        change=_change(change, line.indicator.unit),
        direction=_direction(change, line.indicator),
    )


def _is_of_few(figure: Figure | None) -> bool:
    """Whether a figure is a ratio over a few people only; over none there is nothing to hide."""
    return figure is not None and 0 < (figure.denominator or 0) < TOO_FEW


def _in_words(value: Decimal | None, unit: str) -> str:
    if value is None:
        return _NOTHING
    return f"£{value:,}" if unit == "£" else f"{value:,}{'%' if unit == '%' else ''}"


def _made_of(figure: Figure | None) -> str:
    """The two sums of a ratio; a plain count is made of itself."""
    if figure is None or figure.denominator is None:
        return ""
    return f"{_sum(figure.numerator)} ÷ {_sum(figure.denominator)}"


def _sum(number: float) -> str:
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def _change(change: Decimal | None, unit: str) -> str:
    if change is None:
        return ""
    if not change:
        return "no change"
    size = f"{abs(change):,} points" if unit == "%" else _in_words(abs(change), unit)
    return f"{'+' if change > 0 else '−'}{size}"


def _direction(change: Decimal | None, indicator: Indicator) -> str:
    if not change or indicator.polarity == "neither":
        return ""
    return "better" if (change > 0) == (indicator.polarity == "higher") else "worse"
