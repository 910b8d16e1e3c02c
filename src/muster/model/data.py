"""The data of a return, as text, exactly as it was received.

Readers and the linker make these; engines turn the text into typed columns.  The text stays beside the
typed value all the way to the finding, so nothing that could not be typed is ever lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from muster.model.collection import Collection, Severity

Scalar = str | int | float | bool | date | datetime | None


class SourceFile(NamedTuple):
    """A received file: where it lies, what it was called on arrival and the SHA-256 of its bytes."""

    path: Path
    name: str
    sha256: str
    size: int


class Provenance(NamedTuple):
    """Where one value came from: the file, its row and column there, and the mapping that read it."""

    source: str
    file: str
    row: int | None
    column: str
    mapping: str


@dataclass
class Rows:
    """The rows of one table, held by column.

    ``keys`` holds the key columns of the table (its own and those of the tables around it; a key is a
    positive number, unique in the return; None where the row does not lie within such a record).
    ``text`` holds one list per item, None where nothing was given.  All lists are equally long.
    ``files`` says from which row on which file they came from, where a return came in several files.
    """

    table: str
    keys: dict[str, list[int | None]]
    text: dict[str, list[str | None]]
    lines: list[int | None] = field(default_factory=list)
    files: list[tuple[int, str]] = field(default_factory=list)

    @classmethod
    def empty(cls, collection: Collection, table: str) -> Rows:
        """No rows, with every column the table can ever have."""
        items = collection.tables[table].items
        return cls(
            table, {key: [] for key in collection.key_columns(table)}, {name: [] for name in items}, []
        )

    def __len__(self) -> int:
        return len(self.lines)

    def append(
        self, keys: Mapping[str, int | None], values: Mapping[str, str | None], line: int | None = None
    ) -> None:
        """Add one row; keys and items not named are left empty."""
        for name, column in self.keys.items():
            column.append(keys.get(name))
        for name, texts in self.text.items():
            texts.append(values.get(name))
        self.lines.append(line)

    def with_column(self, item: str, texts: Sequence[str | None]) -> Rows:
        """The same rows with other texts for one item."""
        return replace(self, text={**self.text, item: list(texts)})

    def file_of(self, row: int) -> str:
        """The name of the file a row came from, or '' where the return is one file."""
        for first, name in reversed(self.files):
            if first <= row:
                return name
        return ""

    def rows(self) -> Iterator[dict[str, str | None]]:
        """Each row as a mapping of item to text."""
        columns = list(self.text.items())
        for n in range(len(self)):
            yield {name: values[n] for name, values in columns}


class Notice(NamedTuple):
    """Something found while reading or linking that is not a rule of the catalogue.

    ``code`` is one of the names in ``muster.model.notices``; the message holds what, where and what to do.
    """

    code: str
    severity: Severity
    message: str
    fix: str = ""
    file: str = ""
    line: int | None = None
    table: str | None = None
    key: int | None = None
    item: str | None = None
    value: str | None = None


class Kept(NamedTuple):
    """An element nobody knows, kept as it stands: the row it lies in, the path of the element around it, its XML."""

    table: str
    key: int | None
    within: str
    xml: str


@dataclass
class Return:
    """One source's return for one collection and year: a school's, or the authority's own.

    ``absent`` names the tables that did not arrive at all, each with the reason; what needs one of them cannot
    be asked.  A table that arrived and is empty is not absent.  ``kept`` holds what stood in the file beside what the
    collection knows, where it keeps that.
    """

    collection: str
    year: int
    tables: dict[str, Rows]
    source: SourceFile | None = None
    notices: list[Notice] = field(default_factory=list)
    absent: dict[str, str] = field(default_factory=dict)
    provenance: dict[tuple[str, int, str], Provenance] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)

    @property
    def header(self) -> dict[str, str | None]:
        """The one row of the ``returns`` table."""
        rows = self.tables["returns"]
        return next(rows.rows()) if len(rows) else dict.fromkeys(rows.text)

    @property
    def lea(self) -> str:
        """The authority's three-digit number, or '' where the file does not give one."""
        return self.header.get("lea") or ""

    @property
    def estab(self) -> str:
        """The school's four-digit number, or '' for an authority's own return."""
        return self.header.get("estab") or ""

    @property
    def ref(self) -> str:
        """How people name the return: ``919/4001``, ``919`` for the authority's own, else its file."""
        if self.estab:
            return f"{self.lea}/{self.estab}"
        return self.lea or (self.source.name if self.source else self.header.get("file_name") or "")
