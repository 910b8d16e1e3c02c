"""The last steps of reading a return whose files say neither their year nor their authority."""

from __future__ import annotations

from collections.abc import Mapping

from muster.model import Collection, Return, Rows
from muster.read._dates import iso_dates
from muster.read._people import People
from muster.read._told import Told

NO_AUTHORITY = "the authority is not known (give its number with --authority)"


def tables_told(collection: Collection, told: Told) -> dict[str, Rows]:
    """Empty tables, but for the one row of the return with what the settings say of it."""
    tables = {name: Rows.empty(collection, name) for name in collection.tables}
    said = {"year": str(told.year), "lea": told.authority or None}
    tables["returns"].append({"return_id": 1}, said)
    return tables


def settle(collection: Collection, one: Return, told: Told, people: People) -> None:
    """Bring dates into one form and say which tables did not come; ``people`` becomes the table of people."""
    for name, rows in one.tables.items():
        if name not in ("returns", people.table):
            iso_dates(collection, rows)
    one.tables[people.table] = people.rows()
    if not told.authority:
        one.absent["returns"] = NO_AUTHORITY
    for table in collection.tables.values():
        if table.input:
            one.absent[table.name] = collection.inputs[table.input]


def regroup(one: Return, people: People, identifiers: Mapping[int | None, str | None]) -> None:
    """Give every row the key of its person by identifier instead of by its place in the file."""
    before = one.tables[people.table].keys[people.key]
    now = dict(zip(before, people.keys_of([identifiers.get(key) for key in before]), strict=True))
    for name, rows in one.tables.items():
        if name != people.table and people.key in rows.keys:
            rows.keys[people.key] = [now.get(key) for key in rows.keys[people.key]]
