"""What the file of a school holds of a return, counted exactly, as ``school_file.toml`` of the collection says it.

Nothing is hidden here: what is made of it hides small numbers before anybody sees them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import tomli

from muster.catalogue import CATALOGUE
from muster.catalogue._source import pipe_rows
from muster.model import Collection, Return
from muster.report._counting import Counted, Counting
from muster.report.indicators import IndicatorLine, indicator_results

PEOPLE = "people"


@dataclass(frozen=True)
class ExactFigure:
    """A number, and the whole that it is part of or divided by, if there is one.

    ``counts`` says what is counted: people, posts, or as another figure whose name it is.  ``people`` is how many
    people stand behind it, where that is not the number itself.  Parts of one ``list`` and what is left of their
    whole add up to it; '' where a figure stands alone.
    """

    item: str
    title: str
    unit: str
    decimals: int
    number: float
    whole: float | None
    counts: str = PEOPLE
    people: float | None = None
    list: str = ""


@dataclass(frozen=True)
class FileSetting:
    """How a collection fills the file of a school: under which title, in which part of it, and with what."""

    title: str
    group: str
    data: Mapping[str, Any]


@cache
def file_setting(folder: str) -> FileSetting | None:
    """The setting of a collection by its folder, or None where its returns fill no file."""
    path = CATALOGUE / folder / "school_file.toml"
    if not path.is_file():
        return None
    data = tomli.loads(path.read_text("utf-8"))
    return FileSetting(data["title"], data["group"], data)


def exact_figures(collection: Collection, return_: Return) -> tuple[ExactFigure, ...]:
    """Every figure of a return for the file of its school; none where its collection fills no file."""
    setting = file_setting(collection.folder)
    if setting is None:
        return ()
    if "indicators" in setting.data:
        return tuple(_indicators(setting, collection, return_))
    counted = Counted(collection, return_)
    return tuple(_counted(setting.data, counted))


def _indicators(setting: FileSetting, collection: Collection, return_: Return) -> Iterator[ExactFigure]:
    asked = {row["indicator"]: row["counts"] for _, row in pipe_rows(setting.data["indicators"])}
    found = indicator_results(collection, return_.year, {return_.ref: return_}, last_year={}, names={})
    by_name = {one.indicator.name: one.whole for one in found}
    for name, counts in asked.items():
        line = by_name.get(name)
        if line is not None and line.now is not None:
            yield _of_indicator(line, counts)


def _of_indicator(line: IndicatorLine, counts: str) -> ExactFigure:
    about, now = line.indicator, line.now
    assert now is not None
    return ExactFigure(
        about.name, about.title, about.unit, about.decimals, now.numerator, now.denominator, counts,
        list=about.name if about.unit == "%" and counts == PEOPLE else "",
    )  # fmt: skip


def _counted(data: Mapping[str, Any], counted: Counted) -> Iterator[ExactFigure]:
    whole = counted.number(Counting.read(data["whole"]))
    yield ExactFigure(data["whole"]["item"], data["whole"]["title"], "pupils", 0, whole, None)
    for place, one in enumerate(data["lists"]):
        parts = _values(one, counted) if "each" in one else one["parts"]
        for part in parts:
            counting = Counting.read(part)
            if _is_collected(counted, counting):
                yield ExactFigure(
                    part["item"],
                    part["title"],
                    "pupils",
                    0,
                    counted.number(counting),
                    whole,
                    list=f"list {place}",
                )
    yield from _shares(data, counted)


def _values(one: Mapping[str, Any], counted: Counted) -> Iterator[dict[str, Any]]:
    """A part for each value of an item that occurs, in the order of its codes."""
    about = counted.collection.tables[one["of"]].items[one["each"]]
    known = counted.collection.code_sets[about.codes or ""].in_force(counted.return_.year)
    given = {row.get(one["each"]) for row in counted.rows(one["of"])}
    for code in known:
        if code in given:
            yield {
                "item": f"{one['each']}.{code}",
                "title": f"{one['title']} {known[code].title[:1].lower()}{known[code].title[1:]}",
                "of": one["of"],
                "where": {**one["where"], one["each"]: code},
            }


def _shares(data: Mapping[str, Any], counted: Counted) -> Iterator[ExactFigure]:
    for one in data.get("shares", ()):
        above, below, people = Counting.read(one), Counting.read(one["per"]), Counting.read(one["people"])
        if all(_is_collected(counted, each) for each in (above, below)):
            yield ExactFigure(
                one["item"], one["title"], "%", 1, counted.number(above), counted.number(below),
                people=counted.number(people),
            )  # fmt: skip


def _is_collected(counted: Counted, what: Counting) -> bool:
    """Whether a return of this term, year and kind of school has what is counted, and the items it is counted by."""
    tables, year = counted.collection.tables, counted.return_.year
    phase = counted.return_.header.get("phase") or ""
    if what.of not in tables or year not in tables[what.of].years:
        return False
    named = [name.rpartition(".") for name in what.where]
    items = [tables[table or what.of].items.get(item) for table, _, item in named]
    return all(
        one is not None and year in one.years and (not one.phases or phase in one.phases) for one in items
    )
