"""Writes looked-after children as authorities send them: a CSV file for each table, dates as dd/mm/yyyy."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from muster.model import Collection, Return, Rows, Table
from muster.model.writing import write_whole
from muster.read.file_set import set_tables
from muster.read.previous import INPUT, this_years

LAST_YEAR = "last_year"


def write_set(collection: Collection, one: Return, folder: Path) -> None:
    """Write a return as a set of files in ``this_year``, and what it holds of the year before in ``last_year``."""
    people = one.tables[collection.person]
    [identifier] = collection.tables[collection.person].natural_key
    key = collection.tables[collection.person].key
    names = dict(zip(people.keys[key], people.text[identifier], strict=True))
    for table in set_tables(collection, one.year):
        _write(table, one.tables[table.name], [names[k] for k in one.tables[table.name].keys[key]],
               folder / "this_year" / f"{table.name}.csv")  # fmt: skip
    for table in collection.tables.values():
        if table.input == INPUT and one.year - 1 in table.years:
            rows = one.tables[table.name]
            _write(table, rows, [names[k] for k in rows.keys[key]],
                   folder / LAST_YEAR / f"{this_years(collection, table).name}.csv")  # fmt: skip


def _write(table: Table, rows: Rows, children: list[str | None], path: Path) -> None:
    items = [item for item in table.items.values() if not item.xml_only and item.name != "child"]
    columns = [
        [_day(text) if item.type == "date" else text for text in rows.text[item.name]] for item in items
    ]
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(["CHILD", *(item.name.upper() for item in items)])
    writer.writerows(zip(children, *columns, strict=True))
    write_whole(path, held.getvalue().encode("utf-8-sig"))


def _day(text: str | None) -> str | None:
    """A date of the tables as the files write it; what is no such date stays as it is."""
    parts = (text or "").split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 else text
