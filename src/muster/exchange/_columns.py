"""Renders the rows of a return as XML text, a whole column at a time.

The text of a record is the texts of its elements joined, so a table is rendered leaf by leaf over all its
rows, and records below it are joined under the key of the record around them.  This keeps the work in list
comprehensions: a row costs no function call of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from muster.model import Collection, Element, MusterError, Return, Rows

_INDENT = "  "
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "\r": "&#13;"}
)
_NEEDS_ESCAPE = re.compile("[&<>\"'\r]")

Texts = list[str]
Column = Sequence[str | None]


class Renderer:
    """Renders one return in the shape of its year."""

    def __init__(self, collection: Collection, return_: Return) -> None:
        self._collection = collection
        self._tables = return_.tables
        self._year = return_.year
        self._form = collection.form_of(return_.header.get("root_element"))
        self._names = {id(e): e.name_in(self._form) for _, e in collection.message.walk()}
        self._paths = dict(self._paths_below(collection.message, ()))
        self._kept: dict[tuple[str, str, int | None], str] = {}
        for kept in return_.kept:
            place = (kept.table, kept.within, kept.key)
            depth = kept.within.count("/") + 1
            self._kept[place] = f"{self._kept.get(place, '')}{_INDENT * depth}{kept.xml}\n"

    def _paths_below(self, element: Element, above: tuple[str, ...]) -> Iterator[tuple[int, str]]:
        here = (*above, self._names[id(element)])
        yield id(element), "/".join(here)
        for child in element.children:
            yield from self._paths_below(child, here)

    def message(self) -> str:
        """The text of the one outermost element."""
        return "".join(self._records(self._collection.message, self._tables["returns"], 0))

    def _records(self, element: Element, rows: Rows, depth: int) -> Texts:
        """One text per row: the element that makes a row, with all it holds."""
        if not element.children:
            item = self._collection.tables[rows.table].items[element.items[0]]
            return _leaf(self._name(element), _written(rows.text[item.name], item.type), depth, empty=True)
        return _wrapped(self._name(element), self._content(element, rows, depth), depth, empty=True)

    def _content(self, element: Element, rows: Rows, depth: int) -> Texts:
        parts = [
            part
            for child in element.children
            if self._year in child.years
            for part in self._parts(child, rows, depth + 1)
        ]
        parts += [self._kept_in(element, rows)] if self._kept else []
        return ["".join(texts) for texts in zip(*parts, strict=True)] if parts else [""] * len(rows)

    def _name(self, element: Element) -> str:
        return self._names[id(element)]

    def _kept_in(self, element: Element, rows: Rows) -> Texts:
        """What was kept of each row within this element, after all that is known."""
        path, own = self._paths[id(element)], self._collection.tables[rows.table].key
        return [self._kept.get((rows.table, path, key), "") for key in rows.keys[own]]

    def _parts(self, element: Element, rows: Rows, depth: int) -> list[Texts]:
        """What one element contributes to each row of the table around it."""
        if element.table:
            return [self._nested(element, rows, depth)]
        if not element.items:
            return [_wrapped(self._name(element), self._content(element, rows, depth), depth)]
        items = self._collection.tables[rows.table].items
        return [
            _leaf(self._name(element), _written(rows.text[name], items[name].type), depth)
            for name in element.items
        ]

    def _nested(self, element: Element, outer: Rows, depth: int) -> Texts:
        """The records of a table below, joined under the records around them."""
        inner = self._tables.get(element.table or "")
        if inner is None or not len(inner):
            return [""] * len(outer)
        inner = _set_as(element, inner)
        parents = self._parents(inner, outer.table)
        together: dict[int | None, Texts] = {}
        for parent, text in zip(parents, self._records(element, inner, depth), strict=True):
            together.setdefault(parent, []).append(text)
        joined = {parent: "".join(texts) for parent, texts in together.items()}
        return [joined.get(key, "") for key in outer.keys[self._collection.tables[outer.table].key]]

    def _parents(self, inner: Rows, outer: str) -> Sequence[int | None]:
        """For each row, its key in the table around it; None where it lies within another."""
        table = self._collection.tables[inner.table]
        column = inner.keys[self._collection.tables[outer].key]
        if table.also_within is None or table.also_within == outer:
            return column
        nearer = inner.keys[self._collection.tables[table.also_within].key]
        return [None if near is not None else key for near, key in zip(nearer, column, strict=True)]


def _set_as(element: Element, rows: Rows) -> Rows:
    """The rows that belong in this element and not in another of the same table."""
    if not element.sets:
        return rows
    kept = [n for n in range(len(rows)) if _is_set_as(element, rows, n)]
    return Rows(
        rows.table,
        {name: [column[n] for n in kept] for name, column in rows.keys.items()},
        {name: [column[n] for n in kept] for name, column in rows.text.items()},
        [rows.lines[n] for n in kept],
    )


def _is_set_as(element: Element, rows: Rows, place: int) -> bool:
    return all(rows.text[item][place] == value for item, value in element.sets.items())


def _refuse_placeless(collection: Collection, rows: Rows) -> None:
    """Refuse a row for which the message has no element, because of a value that decides on it."""
    places = [one for _, one in collection.message.walk() if one.table == rows.table and one.sets]
    if not places:
        return
    stray = next((n for n in range(len(rows)) if not any(_is_set_as(one, rows, n) for one in places)), None)
    if stray is not None:
        item = next(iter(places[0].sets))
        known = ", ".join(sorted({one.sets[item] for one in places}))
        raise MusterError(
            f"{collection.tables[rows.table].title}: {item} of record {stray + 1} is "
            f"'{rows.text[item][stray] or ''}' and must be one of {known}, which decides where it is written. "
            "Nothing was written."
        )


def refuse_strays(collection: Collection, tables: Mapping[str, Rows]) -> None:
    """Raise MusterError if a row lies within no record of the return: it would be lost in writing."""
    for name, rows in tables.items():
        _refuse_placeless(collection, rows)
        table = collection.tables[name]
        if len(rows) and table.parent:
            _refuse_strays_of(collection, rows, tables[table.parent], required=True)
        if len(rows) and table.also_within:
            _refuse_strays_of(collection, rows, tables[table.also_within], required=False)


def _refuse_strays_of(collection: Collection, rows: Rows, outer: Rows, *, required: bool) -> None:
    around = collection.tables[outer.table]
    strays = set(rows.keys[around.key]) - set(outer.keys[around.key]) - (set() if required else {None})
    if strays:
        raise MusterError(
            f"{collection.tables[rows.table].title}: {len(strays)} of the records belong to "
            f"{around.title.lower()} that the return does not hold (for example {around.key} "
            f"{min(strays, key=str)}). Nothing was written."
        )


def _wrapped(name: str, contents: Texts, depth: int, *, empty: bool = False) -> Texts:
    """Each content between its tags; nothing where there is no content, unless an empty record counts."""
    pad = _INDENT * depth
    before, after = f"{pad}<{name}>\n", f"{pad}</{name}>\n"
    nothing = f"{pad}<{name}/>\n" if empty else ""
    return [f"{before}{content}{after}" if content else nothing for content in contents]


def _leaf(name: str, values: Column, depth: int, *, empty: bool = False) -> Texts:
    pad = _INDENT * depth
    before, after = f"{pad}<{name}>", f"</{name}>\n"
    nothing = f"{pad}<{name}/>\n" if empty else ""
    return [f"{before}{value}{after}" if value else nothing for value in _escaped(values)]


def _escaped(values: Column) -> Column:
    """The values as XML text; characters that XML cannot hold become the replacement character."""
    together = "".join(filter(None, values))
    if _NOT_IN_XML.search(together):
        values = [value and _NOT_IN_XML.sub("\ufffd", value) for value in values]
    if _NEEDS_ESCAPE.search(together):
        values = [value and value.translate(_ESCAPES) for value in values]
    return values


def _written(values: Column, type_: str) -> Column:
    """The values as the official file writes them: booleans in lower case, all else as it stands."""
    change: Callable[[str], str] | None = _lower_boolean if type_ == "boolean" else None
    return [value and change(value) for value in values] if change else values


def _lower_boolean(value: str) -> str:
    return value.lower() if value.lower() in ("true", "false") else value
