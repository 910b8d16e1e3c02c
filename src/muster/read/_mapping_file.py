"""Read one mapping file; every complaint names file, line and the nearest right name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, get_args

from muster.catalogue._source import SourceText, nearest
from muster.model import Collection, Item, Years
from muster.read.mapping import Column, Layout, SourceMapping, Unit
from muster.read.values import fold

_ABOUT = frozenset(
    {"name", "version", "title", "source", "collection", "provisional", "note"}
    | {"recognise", "other_sheets", "sheets", "codes", "headings"}
)
_SHEET = frozenset(
    {
        "title",
        "row",
        "person",
        "school",
        "keys",
        "columns",
        "if_present",
        "skip_where",
        "every_school",
        "central",
        "otherwise",
    }
)
_COLUMN = frozenset(
    {"item", "also", "split", "record", "with", "empty", "unit", "full_time", "format", "default"}
)
_SOURCES = ("mis", "payroll", "keyed")


class MappingReader:
    """Builds one ``SourceMapping`` from its file, checked against the collection."""

    def __init__(self, collection: Collection, path: Path) -> None:
        self.collection = collection
        self.source = SourceText.read(path, path.parent)

    def read(self) -> SourceMapping:
        """The mapping.  Raises CatalogueError with file and line."""
        data = self.source.data
        self.source.check_keys(data, _ABOUT)
        for key in ("name", "version", "title", "source"):
            if not isinstance(data.get(key), str) or not data[key]:
                raise self.source.fault(f'a mapping needs a {key}, in quotes: {key} = "..."', key=key)
        if data["source"] not in _SOURCES:
            raise self.source.fault(f"source must be one of {', '.join(_SOURCES)}", key="source")
        recognise = data.get("recognise", {})
        self.source.check_keys(recognise, {"headings"}, "recognise")
        return SourceMapping(
            name=data["name"],
            version=data["version"],
            title=data["title"],
            source=data["source"],
            layouts=self._layouts(data.get("sheets", {}), _other_headings(data.get("headings", {}))),
            codes={place: self._words(place, words) for place, words in data.get("codes", {}).items()},
            recognise=tuple(recognise.get("headings", ())),
            other_sheets=frozenset(map(fold, _texts(data.get("other_sheets", ())))),
            provisional=bool(data.get("provisional", False)),
            note=data.get("note", ""),
            file=self.source.name,
        )

    def _layouts(self, sheets: dict[str, Any], other_headings: dict[str, str]) -> tuple[Layout, ...]:
        if not sheets:
            raise self.source.fault("a mapping needs at least one sheet: [sheets.staff]")
        return tuple(self._layout(name, about, other_headings) for name, about in sheets.items())

    def _layout(self, name: str, about: dict[str, Any], other_headings: dict[str, str]) -> Layout:
        here = ("sheets", name)
        self.source.check_keys(about, _SHEET, *here)
        row = about.get("row", "")
        if row not in self.collection.tables:
            raise self.source.fault(
                f"row = '{row}' is not a table{nearest(row, self.collection.tables)}", *here, key="row"
            )
        keys = {table: _texts(names) for table, names in about.get("keys", {}).items()}
        for table in keys:
            self._table(table, *here, key="keys")
        columns = (
            *self._columns(about.get("columns", {}), *here, "columns", row=row, required=True),
            *self._columns(about.get("if_present", {}), *here, "if_present", row=row, required=False),
        )
        self._refuse_double(columns, here)
        return Layout(
            name=name,
            title=about.get("title", name),
            row=row,
            columns=columns,
            person=_texts(about.get("person", ())),
            school=_texts(about.get("school", ())),
            keys=keys,
            skip_where={h: frozenset(map(fold, _texts(v))) for h, v in about.get("skip_where", {}).items()},
            every_school=bool(about.get("every_school", False)),
            central=frozenset(map(fold, _texts(about.get("central", ())))),
            otherwise=self._otherwise(about.get("otherwise", {}), row, (*here, "otherwise")),
            other_headings=other_headings,
        )

    def _otherwise(self, given: dict[str, Any], row: str, here: tuple[str, ...]) -> dict[str, str]:
        for place in given:
            table, _ = self._item(place, place, here)
            if table not in (row, *self.collection.ancestors(row)):
                raise self.source.fault(
                    f"'{place}' is not of {row} or of a record around it", *here, key=place
                )
        return {place: str(text) for place, text in given.items()}

    def _columns(self, columns: dict[str, Any], *here: str, row: str, required: bool) -> tuple[Column, ...]:
        return tuple(
            self._column(h, about, *here, row=row, required=required) for h, about in columns.items()
        )

    def _column(self, heading: str, about: Any, *here: str, row: str, required: bool) -> Column:
        options: dict[str, Any] = {"item": about} if isinstance(about, str) else about
        if not isinstance(options, dict) or "item" not in options:
            raise self.source.fault(f"'{heading}' names no item: write \"table.item\"", *here, key=heading)
        for key in options:
            if key not in _COLUMN:
                raise self.source.fault(
                    f"'{heading}': '{key}' is not an option{nearest(key, _COLUMN)}", *here, key=heading
                )
        table, item = self._item(options["item"], heading, here)
        self._reachable(table, row, heading, here)
        self._check_options(options, heading, here)
        fixed = {name: str(text) for name, text in options.get("with", {}).items()}
        for name in fixed:
            self._item(f"{table}.{name}", heading, here)
        return Column(
            heading=heading,
            table=table,
            item=item,
            required=required,
            also=_texts(options.get("also", ())),
            split=options.get("split", ""),
            record=str(options.get("record", "")),
            fixed=fixed,
            empty=frozenset(_texts(options.get("empty", ()))),
            unit=options.get("unit", ""),
            full_time=str(options.get("full_time", "")),
            form=options.get("format", ""),
            default=str(options.get("default", "")),
        )

    def _check_options(self, options: Mapping[str, Any], heading: str, here: tuple[str, ...]) -> None:
        unit = options.get("unit", "")
        if unit not in get_args(Unit):
            raise self.source.fault(
                f"'{heading}': unit = '{unit}' is none of {', '.join(filter(None, get_args(Unit)))}",
                *here,
                key=heading,
            )
        if unit == "fte" and not _is_number(options.get("full_time", "")):
            raise self.source.fault(f"'{heading}': unit = \"fte\" needs full_time = 32.5", *here, key=heading)
        if "format" in options and not _is_date_form(options["format"]):
            raise self.source.fault(f"'{heading}': format is no date: write \"%m/%d/%Y\"", *here, key=heading)

    def _item(self, place: str, heading: str, here: tuple[str, ...]) -> tuple[str, Item]:
        table, _, name = str(place).partition(".")
        self._table(table, *here, key=heading)
        items = self.collection.tables[table].items
        if name not in items:
            raise self.source.fault(
                f"'{heading}': the table {table} has no item '{name}'{nearest(name, items)}",
                *here,
                key=heading,
            )
        return table, items[name]

    def _table(self, name: str, *here: str, key: str) -> None:
        if name not in self.collection.tables:
            hint = nearest(name, self.collection.tables)
            raise self.source.fault(f"'{name}' is not a table{hint}", *here, key=key)

    def _reachable(self, table: str, row: str, heading: str, here: tuple[str, ...]) -> None:
        about = self.collection.tables[table]
        around = {row, *self.collection.ancestors(row)} - ({"returns"} - {row})
        if table not in around and about.parent not in around and about.also_within not in around:
            raise self.source.fault(
                f"'{heading}': a row of {row} cannot hold {about.record} ({table})", *here, key=heading
            )

    def _refuse_double(self, columns: Iterable[Column], here: tuple[str, ...]) -> None:
        seen: dict[tuple[str, str, str], str] = {}
        for column in columns:
            place = (column.table, column.item.name, column.record)
            if place in seen:
                raise self.source.fault(
                    f"'{seen[place]}' and '{column.heading}' both fill {column.table}.{column.item.name}: "
                    'give each a record of its own, record = "..."',
                    *here,
                    "columns" if column.required else "if_present",
                    key=column.heading,
                )
            seen[place] = column.heading

    def _words(self, place: str, words: dict[str, Any]) -> dict[str, tuple[tuple[Years, str], ...]]:
        items = {f"{t}.{i}" for t, about in self.collection.tables.items() for i in about.items}
        known = items | set(self.collection.code_sets)
        if place not in known:
            raise self.source.fault(
                f"'{place}' is no code set and no item{nearest(place, known)}", "codes", place
            )
        return {word: self._versions(place, word, code) for word, code in words.items()}

    def _versions(self, place: str, word: str, code: Any) -> tuple[tuple[Years, str], ...]:
        by_year = code if isinstance(code, dict) else {"": code}
        try:
            return tuple((Years.parse(years), str(value)) for years, value in by_year.items())
        except ValueError as error:
            raise self.source.fault(f"'{word}': {error}", "codes", place, key=word) from None


def _other_headings(headings: dict[str, Any]) -> dict[str, str]:
    return {fold(other): fold(heading) for heading, others in headings.items() for other in _texts(others)}


def _texts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(str(part) for part in value)


def _is_number(value: Any) -> bool:
    try:
        return Decimal(str(value)) > 0
    except InvalidOperation:
        return False


def _is_date_form(form: Any) -> bool:
    day = datetime(1980, 12, 31)
    try:
        return datetime.strptime(day.strftime(form), form) == day
    except (TypeError, ValueError):
        return False
