"""Put a register of schools beside a return, for collections that ask whether a school is on one."""

from __future__ import annotations

from collections.abc import Mapping

from muster.model import Collection, Return, Rows

INPUT = "schools"


def with_register(collection: Collection, one: Return, names: Mapping[str, str]) -> None:
    """Fill the table of schools from their names by number (``919/4001``); without any it stays absent."""
    table = next((table for table in collection.tables.values() if table.input == INPUT), None)
    if table is None or not names:
        return
    rows = Rows.empty(collection, table.name)
    returns = one.tables["returns"].keys["return_id"][:1]
    for number, (ref, name) in enumerate(names.items(), start=1):
        lea, _, estab = ref.partition("/")
        keys = {table.key: number, "return_id": returns[0] if returns else None}
        rows.append(keys, {"lea": lea, "estab": estab, "name": name})
    one.tables[table.name] = rows
    one.absent.pop(table.name, None)
