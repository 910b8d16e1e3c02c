"""Turn merged people and school records into the tables of a return."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from muster.link._choose import merged_values
from muster.link._merged import Bench, Merged, Told
from muster.model import Return, Rows
from muster.model.header import header_texts

_CBDS_LEVEL = "Workforce"


@dataclass
class _Writer:
    """Appends records to tables, giving each a key of its own."""

    bench: Bench
    written: Return
    keys: Iterator[int] = field(default_factory=lambda: count(1))
    key_of: dict[int, int] = field(default_factory=dict)

    def add(self, record: Merged, around: Mapping[str, int | None]) -> None:
        """Append a record and everything below it."""
        table = self.bench.collection.tables[record.table]
        if not self.bench.items[record.table]:
            return
        key = next(self.keys)
        keys = {**around, table.key: key}
        self.key_of[id(record)] = key
        collected = {item.name for item in self.bench.items[record.table]}
        values = {item: value for item, value in record.values.items() if item in collected}
        self.written.tables[record.table].append(keys, {item: value.text for item, value in values.items()})
        for item, value in values.items():
            self.written.provenance[record.table, key, item] = value.provenance
        for child in record.children:
            self.add(child, keys)


def build_return(
    bench: Bench,
    people: Iterable[Merged],
    counts: Iterable[Merged],
    *,
    supplied: set[str],
    written_at: datetime,
) -> tuple[Return, dict[int, int]]:
    """The return of a school, and the key of each merged record in it (by its id)."""
    tables = {name: Rows.empty(bench.collection, name) for name in bench.collection.tables}
    writer = _Writer(bench, Return(bench.collection.name, bench.year, tables))
    top = _header(bench, supplied, written_at)
    top.children = [*people, *counts]
    writer.add(top, {})
    return writer.written, writer.key_of


def _header(bench: Bench, supplied: set[str], written_at: datetime) -> Merged:
    header = Merged("returns")
    texts = header_texts(bench.collection, bench.year, bench.school, written_at=written_at)
    texts["cbds_level"] = _CBDS_LEVEL
    for module in {table.module for table in bench.collection.tables.values() if table.module}:
        texts[module] = "true" if module in supplied else "false"
    for item in bench.items["returns"]:
        if texts.get(item.name):
            header.derive(item.name, texts[item.name], "set by Muster")
    return header


def school_counts(bench: Bench, told: Mapping[str, list[Told]]) -> list[Merged]:
    """Vacancies and counts of a school, each table from the first source that has any of it."""
    found: list[Merged] = []
    for table, rows in told.items():
        about = bench.collection.tables[table]
        wrong_level = about.only_in == ("school" if bench.is_central else "authority")
        kinds = {row.extract.source for row in rows}
        winner = next((kind for kind in bench.owners(table) if kind in kinds), None)
        for row in rows:
            record = merged_values(bench, table, {row.extract.source: [row]}, about.title)
            if wrong_level:
                bench.leave_out(record, about.record, f"not part of the return of {bench.school}")
            elif row.extract.source == winner:
                found.append(record)
            else:
                bench.leave_out(record, about.record, f"{winner} owns {about.title.lower()}")
    return found
