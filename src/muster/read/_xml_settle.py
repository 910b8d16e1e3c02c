"""The last steps of reading an XML file whose year and authority the settings say."""

from __future__ import annotations

from muster.model import Collection, Return
from muster.read._people import People
from muster.read._settle import regroup, settle
from muster.read._told import Told
from muster.read.file_set import set_tables


def finish(collection: Collection, one: Return, told: Told, people: People | None) -> None:
    """Put the records under their people, and say what no file of this form can hold."""
    people = people or People(collection)
    header = one.tables["returns"].text
    header["year"], header["lea"] = [str(told.year)], [told.authority or None]
    regroup(one, people, _identifiers(one, people))
    settle(collection, one, told, people)
    written = {element.table for _, element in collection.message.walk() if element.table}
    for _, element in collection.message.walk():
        written |= {item.partition(".")[0] for item in element.items if "." in item}
    for table in set_tables(collection, told.year):
        if table.name not in written:
            one.absent[table.name] = f"an XML file holds no {table.title[:1].lower()}{table.title[1:]}"


def _identifiers(one: Return, people: People) -> dict[int | None, str | None]:
    """For each person of the file, the identifier its first record gives."""
    found: dict[int | None, str | None] = {}
    for rows in one.tables.values():
        if rows.table != people.table and people.item in rows.text:
            for key, text in zip(rows.keys[people.key], rows.text[people.item], strict=True):
                if text is not None:
                    found.setdefault(key, text)
    return found
