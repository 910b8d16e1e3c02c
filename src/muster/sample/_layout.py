"""Suppliers' layouts, read from the mappings that will read the files back: so the two cannot drift apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import tomli

from muster.catalogue import CATALOGUE
from muster.model import Collection, Item, Years


@dataclass(frozen=True)
class Column:
    """A heading with the item under it; ``payment`` is the kind of additional payment it stands for."""

    heading: str
    table: str
    item: Item
    place: int = 0
    split: str = ""
    hundredths: bool = False
    payment: str = ""


@dataclass(frozen=True)
class SheetLayout:
    """One sheet or file of a layout: what a row is, and its headings in order."""

    name: str
    title: str
    row: str
    person: str
    school: str
    contract: str
    columns: tuple[Column, ...]

    @property
    def headings(self) -> list[str]:
        """All headings from left to right."""
        own = [heading for heading in (self.person, self.school, self.contract) if heading]
        return [*own, *(column.heading for column in self.columns if column.heading not in own)]


@dataclass(frozen=True)
class Layout:
    """A supplier's layout in one year; ``words`` holds its own word for an official code, by code set."""

    name: str
    sheets: dict[str, SheetLayout]
    words: dict[str, dict[str, str]] = field(default_factory=dict)


def read_layout(collection: Collection, year: int, name: str, *, leave_out: frozenset[str]) -> Layout:
    """The layout of a mapping, without the tables and items (``table.item``) a customer does not fill."""
    path = CATALOGUE / collection.folder / "mappings" / f"{name}.toml"
    mapping = tomli.loads(path.read_text("utf-8"))
    sheets = {
        key: SheetLayout(
            key, sheet["title"], sheet["row"], sheet.get("person", ""), sheet.get("school", ""),
            sheet.get("keys", {}).get("contracts", ""),
            tuple(_columns(collection, year, sheet, leave_out)),
        )
        for key, sheet in mapping["sheets"].items()
        if year in collection.tables[sheet["row"]].years
    }  # fmt: skip
    words = {name: _words(codes, year) for name, codes in mapping.get("codes", {}).items()}
    return Layout(name, sheets, words)


def _columns(
    collection: Collection, year: int, sheet: dict[str, Any], leave_out: frozenset[str]
) -> list[Column]:
    always = sheet.get("columns", {})
    wanted = {**always, **sheet.get("if_present", {})}
    specs: dict[str, dict[str, Any]] = {
        heading: {"item": spec} if isinstance(spec, str) else spec for heading, spec in wanted.items()
    }
    payments = {spec["record"]: spec["with"]["payment_type"] for spec in specs.values() if "with" in spec}
    columns = [_column(collection, heading, spec, payments) for heading, spec in specs.items()]
    return [one for one in columns if one.heading in always or _is_filled(one, year, leave_out)]


def _is_filled(column: Column, year: int, leave_out: frozenset[str]) -> bool:
    """Payrolls hold the spine point long after the census stopped asking for it."""
    held = year in column.item.years or column.item.name == "spine_point"
    return held and not leave_out & {column.table, f"{column.table}.{column.item.name}"}


def _column(collection: Collection, heading: str, spec: dict[str, Any], payments: dict[str, str]) -> Column:
    table, _, item = spec["item"].partition(".")
    record = str(spec.get("record", ""))
    return Column(
        heading, table, collection.tables[table].items[item],
        place=int(record) - 1 if record.isdigit() else 0,
        split=spec.get("split", ""),
        hundredths=spec.get("unit") == "hundredths",
        payment=payments.get(record, ""),
    )  # fmt: skip


def _words(codes: dict[str, Any], year: int) -> dict[str, str]:
    """The supplier's first word for each official code of the year."""
    words: dict[str, str] = {}
    for word, code in codes.items():
        by_years = code if isinstance(code, dict) else {"": code}
        for years, official in by_years.items():
            if year in Years.parse(years):
                words.setdefault(str(official), word)
    return words
