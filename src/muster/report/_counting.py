"""Counts records of a return as a table of the catalogue says: which, where, by which items.

A record below a pupil also has the pupil's items, as ``pupils.sex``; a pupil has an ``age``, on the 31 August before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from muster.engines.functions import full_years
from muster.model import Collection, Return
from muster.report._workforce import as_date, as_number

Values = Mapping[str, str | None]
_PUPILS = "pupils"


@dataclass(frozen=True)
class Counting:
    """What to count: rows of a table with given values; their number, the pupils they are of, or an item's sum."""

    of: str
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sum: str = ""
    pupils: bool = False

    @classmethod
    def read(cls, data: Mapping[str, object]) -> Counting:
        """Read it from the catalogue."""
        where = data.get("where", {})
        assert isinstance(where, dict)
        wanted = {name: tuple([text] if isinstance(text, str) else text) for name, text in where.items()}
        return cls(str(data["of"]), wanted, str(data.get("sum", "")), bool(data.get("pupils")))

    def number(self, rows: Sequence[Values]) -> float:
        """The count over rows that are already those of the table."""
        kept = [row for row in rows if self.takes(row)]
        if self.sum:
            return sum(as_number(row[self.sum]) or 0 for row in kept)
        return len({row["pupil"] for row in kept}) if self.pupils else len(kept)

    def takes(self, row: Values) -> bool:
        """Whether a row has the values asked for."""
        return all((row.get(name) or "") in wanted for name, wanted in self.where.items())


class Counted:
    """The records of one return, each table read when it is first asked for."""

    def __init__(self, collection: Collection, return_: Return) -> None:
        self.collection, self.return_ = collection, return_
        day = collection.facts[return_.year].constants["age_day"]
        assert isinstance(day, date)
        self._age_day = day.isoformat()
        self._pupils: dict[int | None, dict[str, str | None]] = {}
        self._rows: dict[str, list[Values]] = {}

    def rows(self, table: str) -> list[Values]:
        """The rows of a table, those below pupils with the items of their pupil."""
        if table not in self._rows:
            self._rows[table] = list(self._read(table))
        return self._rows[table]

    def number(self, what: Counting) -> float:
        """One count."""
        return what.number(self.rows(what.of))

    def _read(self, table: str) -> Iterator[Values]:
        rows = self.return_.tables[table]
        keys = rows.keys.get("pupil_id")
        if keys is None or table == "returns":
            yield from rows.rows()
            return
        for key, values in zip(keys, rows.rows(), strict=True):
            own = {"pupil": str(key), **values}
            if table == _PUPILS:
                yield own | {"age": self._age(values["birth_date"])}
            else:
                yield {f"{_PUPILS}.{name}": text for name, text in self._pupil(key).items()} | own

    def _pupil(self, key: int | None) -> dict[str, str | None]:
        if not self._pupils:
            rows = self.return_.tables[_PUPILS]
            self._pupils = dict(zip(rows.keys["pupil_id"], rows.rows(), strict=True))
        return self._pupils.get(key, {})

    def _age(self, birth_date: str | None) -> str | None:
        known = as_date(birth_date) is not None and birth_date is not None
        return str(full_years(birth_date, self._age_day)) if known else None
