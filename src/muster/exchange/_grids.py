"""A return as grids of text, one per table with a row of headings, and back.

Headings are the key columns, then the items of the year by their names.  Coming back, a person may have
edited the grids: what cannot be told apart any more is refused with the table, row and column.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn

from muster.model import Collection, MusterError, Return, Rows

Grid = list[list[str]]
Keys = dict[str, int | None]


def grids_of(collection: Collection, return_: Return) -> dict[str, Grid]:
    """The tables of the return's year, empty ones too, and any other table or item that holds something."""
    return {
        name: _grid(collection, rows, return_.year)
        for name, rows in return_.tables.items()
        if len(rows) or return_.year in collection.tables[name].years
    }


def _grid(collection: Collection, rows: Rows, year: int) -> Grid:
    items = collection.tables[rows.table].items
    names = [name for name in items if year in items[name].years or any(rows.text[name])]
    keys = [["" if key is None else str(key) for key in column] for column in rows.keys.values()]
    texts = [[value or "" for value in rows.text[name]] for name in names]
    return [[*rows.keys, *names], *(list(row) for row in zip(*keys, *texts, strict=True))]


def return_of(collection: Collection, grids: Mapping[str, Grid], year: int | None = None) -> Return:
    """The return that the grids hold; without ``year`` the header says it.  Raises MusterError."""
    tables = {name: Rows.empty(collection, name) for name in collection.tables}
    around: dict[str, dict[int, Keys]] = {}
    for name in sorted(tables, key=lambda name: len(collection.ancestors(name))):
        if name in grids:
            _GridReader(collection, name, around).fill(tables[name], grids[name])
        around[name] = _by_own_key(collection, tables[name])
    if len(tables["returns"]) != 1:
        raise MusterError(
            f"The table returns must have one row, with lea and estab; it has {len(tables['returns'])}."
        )
    return Return(collection.name, year or _year_in(collection, tables["returns"]), tables)


def table_called(collection: Collection, name: str, where: str) -> str:
    """The name if it is a table of the collection.  Raises MusterError with the nearest name."""
    if name not in collection.tables:
        raise MusterError(
            f"{where}: '{name}' is not a table{_nearest(name, collection.tables)}. "
            f"The tables are {', '.join(collection.tables)}."
        )
    return name


class _GridReader:
    """Reads the rows of one grid, knowing the keys of the records they can lie within."""

    def __init__(self, collection: Collection, name: str, around: Mapping[str, Mapping[int, Keys]]) -> None:
        self.collection, self.table, self.around = collection, collection.tables[name], around

    def fill(self, rows: Rows, grid: Grid) -> None:
        """Append every row of the grid, placed within the records around it."""
        headings = self.headings(grid)
        kept = [(number, row) for number, row in enumerate(grid[1:], 2) if any(cell.strip() for cell in row)]
        given = [(number, self.cells(headings, row, number)) for number, row in kept]
        keys = [self.own_keys(cells, number) for number, cells in given]
        self.number_the_rest(keys)
        for (number, cells), own in zip(given, keys, strict=True):
            rows.append(self.placed(own, number), {name: cells[name] or None for name in cells}, number)

    def headings(self, grid: Grid) -> list[str]:
        """The headings, '' for a column without one; refused where one is unknown or doubled."""
        headings = [heading.strip() for heading in grid[0]] if grid else []
        known = [*self.collection.key_columns(self.table.name), *self.table.items]
        if not any(headings):
            self.refuse("has no row of headings. The first row must name the columns")
        for heading in filter(None, headings):
            if heading not in known:
                self.refuse(f"has a column '{heading}' that the table does not{_nearest(heading, known)}")
            if headings.count(heading) > 1:
                self.refuse(f"has the column {heading} twice. Keep one")
        return headings

    def cells(self, headings: list[str], row: Sequence[str], number: int) -> dict[str, str]:
        """The cells of a row by heading."""
        if any(row[len(headings) :]) or any(cell for h, cell in zip(headings, row, strict=False) if not h):
            self.refuse(f"row {number} has a value in a column without a heading")
        return {heading: cell for heading, cell in zip(headings, row, strict=False) if heading}

    def own_keys(self, cells: dict[str, str], number: int) -> Keys:
        """The key columns of a row as numbers, taken out of its cells."""
        keys: Keys = {}
        for column in self.collection.key_columns(self.table.name):
            text = cells.pop(column, "").strip()
            if text and not (text.isdecimal() and int(text)):
                self.refuse(f"row {number}: {column} '{text}' is not a whole number above 0")
            keys[column] = int(text) if text else None
        return keys

    def number_the_rest(self, keys: list[Keys]) -> None:
        """Number the rows a person added without a key, above all the keys that are there."""
        taken = [key for key in (own[self.table.key] for own in keys) if key]
        if len(set(taken)) < len(taken):
            twice = next(key for key in taken if taken.count(key) > 1)
            self.refuse(f"has {self.table.key} {twice} twice. Each record needs a number of its own")
        highest = max(taken, default=0)
        for own in keys:
            if own[self.table.key] is None:
                own[self.table.key] = highest = highest + 1

    def placed(self, keys: Keys, number: int) -> Keys:
        """The keys of a row, those of the outer records filled in from the nearest that is given."""
        for outer in self.collection.ancestors(self.table.name):
            column = self.collection.tables[outer].key
            if keys[column] is None and len(self.around[outer]) == 1 and outer == "returns":
                keys[column] = next(iter(self.around[outer]))
            found = self.around[outer].get(keys[column] or 0)
            if keys[column] is not None and found is None:
                self.refuse(f"row {number}: there is no {column} {keys[column]} in the table {outer}")
            for name, key in (found or {}).items():
                if keys[name] not in (None, key):
                    self.refuse(f"row {number}: {name} is {keys[name]}, but {column} lies in {name} {key}")
                keys[name] = key
        if self.table.parent and keys[self.collection.tables[self.table.parent].key] is None:
            self.refuse(f"row {number} does not say which {self.table.parent} record it belongs to")
        return keys

    def refuse(self, problem: str) -> NoReturn:
        """Raise MusterError that names the table."""
        raise MusterError(f"The table {self.table.name} {problem}.")


def _by_own_key(collection: Collection, rows: Rows) -> dict[int, Keys]:
    own = rows.keys[collection.tables[rows.table].key]
    whole = [dict(zip(rows.keys, keys, strict=True)) for keys in zip(*rows.keys.values(), strict=True)]
    return {key: keys for key, keys in zip(own, whole, strict=True) if key is not None}


def _year_in(collection: Collection, header: Rows) -> int:
    if collection.header == "version":
        return _year_of_version(collection, header.text)
    text = (header.text["year"][0] or "").strip() if "year" in header.text else ""
    if not text.isdecimal() or int(text) not in collection.years:
        raise MusterError(
            f"The table returns gives the year as '{text}'; {collection.title} has the years "
            f"{collection.years[0]} to {collection.years[-1]}. Put the collection year in the column year."
        )
    return int(text)


def _year_of_version(collection: Collection, header: Mapping[str, list[str | None]]) -> int:
    text, root = (header["version"][0] or "").strip(), header["root_element"][0]
    year = collection.year_of_version(text, root)
    if year not in collection.years:
        first, last = (
            collection.version_of_year(year, root) for year in (collection.years[0], collection.years[-1])
        )
        raise MusterError(
            f"The table returns gives the version as '{text}'; {collection.title} has the versions {first} to {last}. "
            "Put one of them in the column version."
        )
    return year


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    return f"; did you mean {near[0]}?" if near else ""
