"""What differs between two issues of a report: every paragraph and every cell that a reader sees differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from muster.performance.quarterly.composing import ISSUE
from muster.performance.quarterly.document import Cell, Document, Heading, Table

_NAMING = (
    "Milestone",
    "Indicator",
    "What",
    "Measure",
    "Objective",
)  # headings of columns that name their row
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Change:
    """One difference: in which section, of what, and what stood there before and stands there now; '' is nothing."""

    section: str
    what: str
    before: str
    after: str


@dataclass
class _Section:
    """What stands below one heading."""

    paragraphs: list[str] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)


def changes_between(before: Document, after: Document) -> list[Change]:
    """The differences, in the order of the later report; that it is another issue is none."""
    return [*_of_facts(before, after), *_of_sections(_sections(before), _sections(after))]


def _of_facts(before: Document, after: Document) -> Iterator[Change]:
    old, new = dict(before.facts), dict(after.facts)
    for name in new:
        if name != ISSUE and old.get(name, "") != new[name]:
            yield Change("The report", name, old.get(name, ""), new[name])


def _sections(document: Document) -> dict[str, _Section]:
    """The sections by heading; numbers are left out, since a section put in shifts those of all after it."""
    found: dict[str, _Section] = {}
    name = above = ""
    for piece in document.pieces:
        if isinstance(piece, Heading):
            above = piece.text if piece.level == 1 else above
            name = piece.text if piece.level == 1 else f"{above}: {piece.text}"
            found.setdefault(name, _Section())
        elif isinstance(piece, Table):
            found.setdefault(name, _Section()).tables[piece.caption] = piece
        else:
            found.setdefault(name, _Section()).paragraphs.append(piece)
    return found


def _of_sections(old: dict[str, _Section], new: dict[str, _Section]) -> Iterator[Change]:
    for name in [*new, *(one for one in old if one not in new)]:
        was, became = old.get(name, _Section()), new.get(name, _Section())
        yield from _of_paragraphs(name, was.paragraphs, became.paragraphs)
        for caption in [*became.tables, *(one for one in was.tables if one not in became.tables)]:
            yield from _of_tables(name, was.tables.get(caption), became.tables.get(caption))


def _of_paragraphs(section: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    for tag, first, last, begin, end in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Change(section, "Text", "\n".join(old[first:last]), "\n".join(new[begin:end]))


def _of_tables(section: str, old: Table | None, new: Table | None) -> Iterator[Change]:
    table = new or old
    assert table is not None, "one of the two is there"
    left = list(old.rows) if old else []
    added = []
    for row in new.rows if new else ():
        if row in left:
            left.remove(row)
        else:
            added.append(row)
    for row in added:
        other = _like(row, left)
        if other is None:
            yield Change(section, _name(table, row), "", _told(row))
        else:
            left.remove(other)
            yield from _of_rows(section, table, other, row)
    for row in left:
        yield Change(section, _name(table, row), _told(row), "")


def _like(row: Row, others: Sequence[Row]) -> Row | None:
    """The row that is most like another and begins as it does; None where less than half of it is the same."""
    likely = [
        one for one in others if len(one) == len(row) and one[0] == row[0] and 2 * _same(one, row) >= len(row)
    ]
    return max(likely, key=lambda one: _same(one, row), default=None)


def _same(one: Row, other: Row) -> int:
    return sum(left == right for left, right in zip(one, other, strict=True))


def _of_rows(section: str, table: Table, old: Row, new: Row) -> Iterator[Change]:
    for heading, was, became in zip(table.headings, old, new, strict=True):
        if was != became:
            yield Change(section, f"{_name(table, new)}, {heading}", was.plain, became.plain)


def _name(table: Table, row: Row) -> str:
    """What a row is about: its first cell, and the one whose heading says that it names it."""
    named = next((row[table.headings.index(one)].plain for one in _NAMING if one in table.headings), "")
    return " ".join(filter(None, (row[0].plain, named)))


def _told(row: Row) -> str:
    return "; ".join(filter(None, (cell.plain for cell in row)))
