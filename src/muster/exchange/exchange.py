"""Writes a return as the official XML of its year and names the file as the census does."""

from __future__ import annotations

from pathlib import Path

from muster.exchange._columns import Renderer, refuse_strays
from muster.model import Collection, MusterError, Return
from muster.model.words import count_of
from muster.model.writing import write_whole

_PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n'

# The middle part of the file name, by collection, each from a collection year on.
# SWF was seen in an example of 2019, which also says that it was SWC before.
# SC1, SC2 and SC3 for spring, summer and autumn are as suppliers write them.
_NAME_PARTS = {
    "school_workforce": ((2019, "SWF"), (0, "SWC")), "children_in_need": ((0, "CIN"),),
    "school_census_spring": ((0, "SC1"),), "school_census_summer": ((0, "SC2"),), "school_census_autumn": ((0, "SC3"),),
}  # fmt: skip


def xml_text(collection: Collection, return_: Return) -> str:
    """The official XML of a return, in the shape of the return's year.

    Elements stand in the order of the message, one on a line.  A value or container that is empty is not
    written; a record that is there but empty is, so that no record is lost.  Text is written as it stands.
    """
    if collection.header == "in settings":
        raise MusterError(
            f"Muster reads the XML of the {collection.title} but does not write it. Take its set of tables instead."
        )
    headers = len(return_.tables["returns"])
    if headers != 1:
        raise MusterError(
            f"A return has one header, but this one has {headers}. "
            "Give it one row in the table returns, with the authority and establishment number."
        )
    refuse_strays(collection, return_.tables)
    return _PROLOG + Renderer(collection, return_).message()


def write_xml(collection: Collection, return_: Return, path: Path) -> None:
    """Write the official XML of a return to a file, whole or not at all."""
    write_whole(path, xml_text(collection, return_).encode("utf-8"))


def left_unwritten(collection: Collection, return_: Return) -> tuple[str, ...]:
    """What the return holds but the message of its year does not: a line for each kind of record or value."""
    found = []
    for rows in return_.tables.values():
        table = collection.tables[rows.table]
        if return_.year not in table.years and len(rows):
            found.append(f"{table.title}: {count_of(len(rows), table.record)}")
            continue
        names = [name for name, item in table.items.items() if return_.year not in item.years]
        counts = [(table.items[name].title, sum(map(bool, rows.text[name]))) for name in names]
        found += [f"{title}: {count_of(count, 'value')}" for title, count in counts if count]
    return tuple(found)


def file_name(collection: Collection, return_: Return, serial: int = 1) -> str:
    """The name the census gives a return's file, such as ``9992001_SWF_999LL25_001.xml``.

    An authority's own file has no establishment number; that form was not seen in a source.
    """
    if collection.header == "version":
        return return_.header.get("file_name") or f"{collection.name}.xml"
    parts = _NAME_PARTS.get(collection.name, ((0, collection.name.upper()),))
    middle = next(part for first, part in parts if return_.year >= first)
    lea, estab = return_.lea or "000", return_.estab
    return f"{lea}{estab}_{middle}_{lea}LL{return_.year % 100:02d}_{serial:03d}.xml"
