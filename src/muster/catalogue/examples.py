"""Turn the example tables beside a rule into small returns, with what is expected of each row."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from muster.catalogue._source import nearest, pipe_table
from muster.model import CatalogueError, Collection, Indicator, Return, Rows, Rule, Scope

_SHIFT = re.compile(r"^\$(\w+?)(?:([+-]\d+)([dmy]))?(T[\d:]{8})?$")
_NOT_ITEMS = {"?", "times"}


@dataclass
class Universe:
    """One example world: its returns, and for rows of the tested table whether they must fail.

    ``expected`` is keyed by the place of the return in ``returns`` and the row's key (for scope return:
    the return's own key).
    """

    returns: list[Return] = field(default_factory=list)
    expected: dict[tuple[int, int], bool] = field(default_factory=dict)


def universes(rule: Rule, collection: Collection, year: int) -> list[Universe]:
    """The example worlds of a rule as they stand in one year.  Raises CatalogueError."""
    about = f"{rule.where}: examples of rule '{rule.id}'"
    tested = rule.table, rule.scope
    return [_World(about, collection, year, tested=tested).read(tables) for tables in rule.examples]


def indicator_worlds(indicator: Indicator, collection: Collection, year: int) -> list[list[Return]]:
    """The returns of each example of an indicator as they stand in one year.  Raises CatalogueError."""
    about = f"{indicator.where}: examples of indicator '{indicator.name}'"
    return [_World(about, collection, year).read(one.tables).returns for one in indicator.examples]


class _World:
    """Builds one universe; keys written as words become numbers.

    ``tested`` is the table whose rows say ok or fails, and the scope in which they say it.
    """

    def __init__(
        self, about: str, collection: Collection, year: int, *, tested: tuple[str, Scope] | None = None
    ):
        self.about, self.collection, self.year = about, collection, year
        self.tested = tested
        self.universe = Universe()
        self.places: dict[str, int] = {}
        self.numbers: dict[tuple[str, str], int] = {}
        self.last_number = 0
        self.above: dict[tuple[str, int], dict[str, int | None]] = {}

    def read(self, tables: Mapping[str, str]) -> Universe:
        for table in [name for name in self.collection.tables if name in tables]:
            for row in self._rows(table, tables[table]):
                for _ in range(int(row.get("times") or 1)):
                    self._add(table, row)
        self._refuse_unknown_tables(tables)
        if "returns" not in tables:
            for one in self.universe.returns:
                self._add_header(one)
        return self.universe

    def _rows(self, table: str, text: str) -> list[dict[str, str]]:
        try:
            rows = pipe_table(text)
        except ValueError as error:
            raise self._fault(str(error)) from None
        known = {*self.collection.tables[table].items, *self.collection.key_columns(table), *_NOT_ITEMS}
        for name in rows[0] if rows else ():
            if name not in known:
                raise self._fault(f"table {table} has no item '{name}'{nearest(name, known)}")
        return rows

    def _add(self, table: str, row: Mapping[str, str]) -> None:
        place = self._place(row.get("return_id") or "")
        keys = self._keys(table, row)
        items = self.collection.tables[table].items
        values = {name: self._value(cell) for name, cell in row.items() if name in items and cell}
        self.universe.returns[place].tables[table].append(keys, values)
        if self.tested and table == self.tested[0] and row.get("?"):
            speaks_for = "returns" if self.tested[1] == "return" else table
            self._expect(place, keys[self.collection.tables[speaks_for].key], row["?"])

    def _expect(self, place: int, key: int | None, verdict: str) -> None:
        if verdict not in ("ok", "fails"):
            raise self._fault(f"'{verdict}' is neither ok nor fails")
        self.universe.expected[place, key or 1] = verdict == "fails"

    def _place(self, word: str) -> int:
        if word not in self.places:
            self.places[word] = len(self.places)
            empty = {name: Rows.empty(self.collection, name) for name in self.collection.tables}
            self.universe.returns.append(Return(self.collection.name, self.year, empty))
        return self.places[word]

    def _keys(self, table: str, row: Mapping[str, str]) -> dict[str, int | None]:
        """The row's keys: as written, else as its parent has them, else new."""
        own, *above = self.collection.key_columns(table)
        keys: dict[str, int | None] = {"return_id": 1}
        keys[own] = 1 if own == "return_id" else self._number(own, row.get(own) or "")
        optional = self.collection.tables[table].also_within
        optional_key = self.collection.tables[optional].key if optional else ""
        for name in above:
            if name == "return_id" or name in keys:
                continue
            if row.get(name):
                keys[name] = self._number(name, row[name])
                keys |= {
                    k: v for k, v in self.above.get((name, keys[name] or 0), {}).items() if k not in keys
                }
            else:
                keys[name] = None if name == optional_key else self._number(name, "")
        self.above[own, keys[own] or 0] = keys
        return keys

    def _number(self, key: str, word: str) -> int:
        if not word:
            self.last_number += 1
            return self.last_number
        if (key, word) not in self.numbers:
            self.last_number += 1
            self.numbers[key, word] = self.last_number
        return self.numbers[key, word]

    def _value(self, cell: str) -> str:
        if not cell.startswith("$"):
            return cell
        found = _SHIFT.match(cell)
        constants = self.collection.facts[self.year].constants
        if not found or found[1] not in constants:
            raise self._fault(f"'{cell}' names no constant of {self.year}")
        value = constants[found[1]]
        if not isinstance(value, date):
            return str(int(str(value)) + int(found[2] or 0)) if found[2] else str(value)
        return _shifted(value, int(found[2] or 0), found[3] or "d").isoformat() + (found[4] or "")

    def _add_header(self, one: Return) -> None:
        facts = self.collection.facts[self.year]
        known = one.tables["returns"].text
        header = {
            "collection": self.collection.message_name, "year": str(self.year),
            "source_level": "S" if "estab" in known else "L",
            "reference_date": facts.census_day.isoformat(), "lea": "999", "estab": "4001",
        }  # fmt: skip
        one.tables["returns"].append({"return_id": 1}, {k: v for k, v in header.items() if k in known})

    def _refuse_unknown_tables(self, tables: Mapping[str, str]) -> None:
        for name in tables:
            if name not in self.collection.tables:
                raise self._fault(f"no table '{name}'{nearest(name, self.collection.tables)}")

    def _fault(self, message: str) -> CatalogueError:
        return CatalogueError(f"{self.about}: {message}")


def _shifted(day: date, count: int, unit: str) -> date:
    if unit == "d":
        return day + timedelta(days=count)
    year, month = divmod(day.year * 12 + day.month - 1 + count * (12 if unit == "y" else 1), 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
