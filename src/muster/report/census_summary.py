"""The school summary of a census of pupils: tables and figures counted as ``summary.toml`` declares them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import tomli

from muster.catalogue import CATALOGUE
from muster.model import Collection, Return
from muster.report._changes import Change
from muster.report._counting import Counted, Counting, Values
from muster.report._summary_table import Body, SummaryRow, SummaryTable, count, totalled

_NOT_GIVEN = "Not given"


@dataclass(frozen=True)
class DeclaredTable:
    """A table of the summary: what is counted, by which items in rows and columns, for whom, under which number."""

    name: str
    title: str
    counting: Counting
    rows: str
    columns: str
    numbers: Mapping[str, str]
    phases: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Measure:
    """A figure at the head of the summary and in comparisons; ``per`` makes it a share of another in hundredths."""

    label: str
    counting: Counting
    per: Counting | None
    shown: bool

    def value(self, counted: Counted) -> float:
        """The figure of a return."""
        number = counted.number(self.counting)
        if self.per is None:
            return number
        whole = counted.number(self.per)
        return 100 * number / whole if whole else 0.0

    def show(self, value: float) -> str:
        """The figure as people read it."""
        return f"{value:,.1f}" if self.per else count(round(value))


@dataclass(frozen=True)
class Declared:
    """The summary of a collection as its catalogue declares it, and from which change on a change is large."""

    tables: tuple[DeclaredTable, ...]
    measures: tuple[Measure, ...]
    share: float
    at_least: float


@cache
def declared(folder: str) -> Declared | None:
    """The declared summary of a collection, or None where it has none."""
    path = CATALOGUE / folder / "summary.toml"
    data = tomli.loads(path.read_text("utf-8")) if path.is_file() else {}
    if "figures" not in data:
        return None
    return Declared(
        tuple(_table(one) for one in data["tables"]),
        tuple(_measure(one) for one in data["figures"]),
        data["change"]["share"],
        data["change"]["at_least"],
    )


def _table(data: Mapping[str, Any]) -> DeclaredTable:
    return DeclaredTable(
        data["name"], data["title"], Counting.read(data), data.get("rows", ""), data.get("columns", ""),
        data.get("numbers", {}), tuple(data.get("phases", "").split()), data.get("note", ""),
    )  # fmt: skip


def _measure(data: Mapping[str, Any]) -> Measure:
    per = Counting.read(data["per"]) if "per" in data else None
    return Measure(data["label"], Counting.read(data), per, data.get("shown", False))


def summary_tables(counted: Counted, setting: Declared) -> tuple[SummaryTable, ...]:
    """The tables that the school's phase returns this term."""
    phase, year = counted.return_.header.get("phase") or "", counted.return_.year
    about = counted.collection.tables
    wanted = [
        one
        for one in setting.tables
        if (not one.phases or phase in one.phases)
        and year in about[one.counting.of].years
        and _is_collected(counted.collection, one, year)
    ]
    return tuple(_counted(counted, one) for one in wanted)


def _is_collected(collection: Collection, one: DeclaredTable, year: int) -> bool:
    item = collection.tables[one.counting.of].items.get(one.rows)
    return item is None or year in item.years


def _counted(counted: Counted, one: DeclaredTable) -> SummaryTable:
    number = one.numbers.get(counted.collection.term, "")
    return SummaryTable(one.name, one.title, number, provisional=bool(number), body=_body(counted, one))


def _body(counted: Counted, one: DeclaredTable) -> Body:
    rows = [row for row in counted.rows(one.counting.of) if one.counting.takes(row)]
    if not one.rows:
        return _header_body(counted, one)
    columns = _in_order(counted, one, one.columns, rows) if one.columns else []
    lines = [
        SummaryRow(
            _title(counted, one, one.rows, value), _cells(one, columns, _having(rows, one.rows, value))
        )
        for value in _in_order(counted, one, one.rows, rows)
    ]
    heads = (*(_title(counted, one, one.columns, value) for value in columns), "All")
    return Body(one.title, heads, totalled(lines, SummaryRow("All", _cells(one, columns, rows))), one.note)


def _header_body(counted: Counted, one: DeclaredTable) -> Body:
    """A table of the school itself: its own items, one a row."""
    items = counted.collection.tables[one.counting.of].items
    named = [name for name in items if name in one.note.split()]
    header = counted.return_.header
    lines = [
        SummaryRow(items[name].title, (header.get(name) or _NOT_GIVEN,)) for name in named if header.get(name)
    ]
    return Body("Item", ("Given",), tuple(lines))


def _cells(one: DeclaredTable, columns: list[str], rows: list[Values]) -> tuple[str, ...]:
    parts = [one.counting.number(_having(rows, one.columns, value)) for value in columns]
    return tuple(count(round(number)) for number in (*parts, one.counting.number(rows)))


def _having(rows: list[Values], item: str, value: str) -> list[Values]:
    return [row for row in rows if (row.get(item) or "") == value]


def _in_order(counted: Counted, one: DeclaredTable, item: str, rows: list[Values]) -> list[str]:
    """The values that occur, in the order of their code set, or by size of number."""
    given = {row.get(item) or "" for row in rows}
    known = _codes(counted, one, item)
    return sorted(given, key=lambda v: (known.get(v, 999), not v.isdigit(), int(v) if v.isdigit() else 0, v))


def _codes(counted: Counted, one: DeclaredTable, item: str) -> dict[str, int]:
    """The codes of an item, each with its place in the set."""
    codes = _code_set(counted, one, item)
    known = counted.collection.code_sets[codes].in_force(counted.return_.year) if codes else {}
    return {code: place for place, code in enumerate(known)}


def _code_set(counted: Counted, one: DeclaredTable, item: str) -> str:
    table, _, name = item.rpartition(".")
    about = counted.collection.tables[table or one.counting.of].items.get(name)
    return (about.codes or "") if about else ""


def _title(counted: Counted, one: DeclaredTable, item: str, value: str) -> str:
    codes = _code_set(counted, one, item)
    known = counted.collection.code_sets[codes].in_force(counted.return_.year) if codes else {}
    return known[value].title if value in known else value or _NOT_GIVEN


def compared(now: Counted, before: Counted | None, setting: Declared) -> tuple[Change, ...]:
    """Every figure beside that of the return before, with words where it changed much."""
    if before is None:
        return ()
    return tuple(_change(one, one.value(now), one.value(before), setting) for one in setting.measures)


def _change(one: Measure, now: float, before: float, setting: Declared) -> Change:
    difference = now - before
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    least = setting.at_least if one.per is None else 100 * setting.share / 2
    large = abs(difference) > setting.share * before and abs(difference) >= least
    words = f"{'Up' if difference > 0 else 'Down'} from {one.show(before)}" if large else ""
    return Change(one.label, one.show(now), one.show(before), f"{sign}{one.show(abs(difference))}", words)


def comparison(
    collection: Collection, now: Return, before_in: Collection, before: Return
) -> tuple[Change, ...]:
    """The figures of a school this time and before.  Raises KeyError where its collection declares none."""
    setting = declared(collection.folder)
    assert setting is not None, f"{collection.folder} has no declared figures"
    return compared(Counted(collection, now), Counted(before_in, before), setting)
