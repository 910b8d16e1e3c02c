"""The figures of a return as they may stand in the file of its school: counted, and with small numbers hidden."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from muster.inspecting.desk import Inspected
from muster.performance import suppress_list
from muster.performance.suppression import SMALLEST_SHOWN
from muster.report.school_file import PEOPLE, ExactFigure, exact_figures

FEW = "hidden, few people"
NOBODY = "there is nobody to count"


@dataclass(frozen=True)
class FileFigure:
    """One figure as it may be shown: its number, what it is made of where that is shown, or why it is missing."""

    item: str
    title: str
    unit: str
    decimals: int
    missing: str = ""
    number: float | None = None
    above: float | None = None
    below: float | None = None


def figures_for_file(inspected: Inspected) -> tuple[FileFigure, ...]:
    """What the file of a school may hold of its return; none where the collection fills no file."""
    return publishable(exact_figures(inspected.collection, inspected.corrected))


def publishable(figures: Iterable[ExactFigure]) -> tuple[FileFigure, ...]:
    """Exact figures with small numbers hidden, and so what would give a hidden one away."""
    held = list(figures)
    hidden = _hidden_in_lists(held)
    hidden |= {one.item for one in held if one.item not in hidden and _is_of_few(one)}
    hidden |= {one.item for one in held if one.counts in hidden}
    return tuple(_figure(one, hidden) for one in held)


def _hidden_in_lists(figures: Sequence[ExactFigure]) -> set[str]:
    found: set[str] = set()
    listed = [one for one in figures if one.list]
    for _, parts in groupby(listed, key=lambda one: one.list):
        of_list = list(parts)
        numbers = [int(one.number) for one in of_list]
        rest = int(of_list[0].whole or 0) - sum(numbers)
        cells = suppress_list([*numbers, max(0, rest)])
        found |= {one.item for one, cell in zip(of_list, cells, strict=False) if cell.hidden}
    return found


def _is_of_few(one: ExactFigure) -> bool:
    """Whether a figure that is part of no list is of so few people that it is hidden."""
    if one.list:
        return False
    behind = one.whole if one.counts != PEOPLE else one.number if one.people is None else one.people
    return behind is not None and 0 < behind < SMALLEST_SHOWN


def _figure(one: ExactFigure, hidden: Container[str]) -> FileFigure:
    missing = FEW if one.item in hidden else NOBODY if one.whole == 0 else ""
    bare = FileFigure(one.item, one.title, one.unit, one.decimals, missing)
    return bare if missing else replace(bare, number=_value(one), above=one.number, below=one.whole)


def _value(one: ExactFigure) -> float:
    if one.whole is None or one.unit == "pupils":
        return one.number
    return (100 if one.unit == "%" else 1) * one.number / one.whole
