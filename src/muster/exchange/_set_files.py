"""A return as the set of files in which its collection is sent: a CSV file for each table, under official headings.

This is for collections whose records are known by their person's identifier alone; it is what stage 2 reads as a set.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from muster.exchange._grids import Grid
from muster.model import Collection, Return, Rows, Table

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


def set_of(collection: Collection, return_: Return) -> dict[str, Grid]:
    """The tables that came with the return, the identifier of the person first, dates as the collection writes them."""
    people = return_.tables[collection.person]
    about = collection.tables[collection.person]
    item = about.natural_key[0]
    identifiers = dict(zip(people.keys[about.key], people.text[item], strict=True))
    return {
        table.name: _grid(collection, table, return_.tables[table.name], item, identifiers)
        for table in collection.tables.values()
        if table.parent == about.name and table.input is None and table.name not in return_.absent
        if return_.year in table.years
    }


def _grid(
    collection: Collection, table: Table, rows: Rows, item: str, identifiers: dict[int | None, str | None]
) -> Grid:
    names = [name for name, one in table.items.items() if not one.xml_only and name != item]
    whose = [identifiers.get(key) for key in rows.keys[collection.tables[collection.person].key]]
    columns = [_written(collection, table.items[name].type, rows.text[name]) for name in names]
    heading = [name.upper() for name in (item, *names)]
    return [heading, *([cell or "" for cell in row] for row in zip(whose, *columns, strict=True))]


def _written(collection: Collection, type_: str, texts: Sequence[str | None]) -> Sequence[str | None]:
    if type_ != "date" or collection.date_form == "yyyy-mm-dd":
        return texts
    return [text and _day_first(text) for text in texts]


def _day_first(text: str) -> str:
    """2024-04-01 as 01/04/2024; the text itself where it is no date."""
    found = _ISO.fullmatch(text)
    return f"{found[3]}/{found[2]}/{found[1]}" if found else text
