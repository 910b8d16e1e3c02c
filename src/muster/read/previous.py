"""Put last year's return beside this year's, under the same people."""

from __future__ import annotations

from muster.model import Collection, Return, Rows, Table

INPUT = "previous"
_SUFFIX = "_last"


def with_previous(collection: Collection, one: Return, last: Return) -> None:
    """Fill the tables of last year from a return read with the same ``People`` as this year's."""
    for table in collection.tables.values():
        if table.input != INPUT:
            continue
        source = this_years(collection, table)
        arrived = last.tables[source.name]
        one.tables[table.name] = _renamed(arrived, source, table)
        if source.name in last.absent:
            one.absent[table.name] = f"last year's return: {last.absent[source.name]}"
        else:
            del one.absent[table.name]
    if collection.person:
        one.tables[collection.person] = last.tables[collection.person]


def tables_compared(collection: Collection) -> frozenset[str]:
    """The tables whose rows of last year are compared with this year's; the others of last year are not read."""
    return frozenset(
        this_years(collection, table).name for table in collection.tables.values() if table.input == INPUT
    )


def this_years(collection: Collection, last: Table) -> Table:
    """The table of this year that a table of last year repeats."""
    return collection.tables[last.name.removesuffix(_SUFFIX)]


def _renamed(rows: Rows, source: Table, table: Table) -> Rows:
    keys = {table.key if key == source.key else key: column for key, column in rows.keys.items()}
    return Rows(table.name, keys, rows.text, rows.lines, rows.files)
