"""A form that people key: what was typed becomes a return, and is shown with its sums and with what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from muster.catalogue import load_collection
from muster.exchange import file_name, xml_text
from muster.inspecting.desk import Desk, Inspected
from muster.inspecting.form import Asked
from muster.model import Collection, Finding, KeyedPart, KeyedSum, MusterError, Return, Rows

Values = Mapping[str, str]


@dataclass(frozen=True)
class KeyedLine:
    """One item of the form: what is asked, what was typed, and what is wrong with it alone."""

    asked: Asked
    value: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class SumLine:
    """What some items add up to, beside the item they should make; None where one of them is no number yet."""

    title: str
    parts: tuple[str, ...]
    made: int | None
    total: int | None

    @property
    def comes_out(self) -> bool:
        """Whether the sum is what it should be."""
        return self.made is not None and self.made == self.total


@dataclass(frozen=True)
class KeyedGroup:
    """One part of the form with its lines, its sums and what is wrong between them."""

    part: KeyedPart
    lines: tuple[KeyedLine, ...]
    sums: tuple[SumLine, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Keyed:
    """A keyed form as it stands: its groups, and the file it makes."""

    inspected: Inspected
    values: Values

    @property
    def name(self) -> str:
        """How the file is called."""
        return file_name(self.inspected.collection, self.inspected.received)

    @property
    def xml(self) -> bytes:
        """The file; the same values give the same bytes."""
        return xml_text(self.inspected.collection, self.inspected.received).encode("utf-8")

    @cached_property
    def groups(self) -> tuple[KeyedGroup, ...]:
        """The parts of the form in their order."""
        return tuple(self._group(part) for part in self.inspected.collection.keyed)

    def _group(self, part: KeyedPart) -> KeyedGroup:
        asked = self.inspected.form.items(part.table)
        shown = [name for name in part.items if asked[name].editable]
        found = [one for one in self.inspected.result.findings if one.table == part.table]
        alone = {name: tuple(one for one in found if tuple(one.values) == (name,)) for name in shown}
        between = tuple(
            one for one in found if len(one.values) > 1 and next(iter(one.values)) in part.items
        )  # fmt: skip
        lines = tuple(KeyedLine(asked[name], self.values.get(name, ""), alone[name]) for name in shown)
        return KeyedGroup(part, lines, tuple(self._sums(part, asked)), between)

    def _sums(self, part: KeyedPart, asked: Mapping[str, Asked]) -> Iterator[SumLine]:
        for one in part.sums:
            if all(asked[name].editable for name in (one.total, *one.of)):
                yield SumLine(
                    asked[one.total].title, tuple(asked[name].title for name in one.of), self._made(one),
                    _number(self.values.get(one.total, "")),
                )  # fmt: skip

    def _made(self, one: KeyedSum) -> int | None:
        numbers = [_number(self.values.get(name, "")) for name in one.of]
        return None if None in numbers else sum(number or 0 for number in numbers)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() else None


def keyed_return(desk: Desk, lea: str, values: Values) -> Keyed:
    """Make the return of an authority from what was typed, and check it; blanks are left out.

    Raises MusterError for a collection that is not keyed, or in a year in which nothing was asked.
    """
    collection = desk.collection
    tables = {part.table for part in collection.keyed}
    if not tables:
        raise MusterError(f"the {collection.title.lower()} is not keyed; send its file")
    if not all(desk.year in collection.tables[name].years for name in tables):
        raise MusterError(f"nothing was asked in {desk.year}, so there is no form to key")
    typed = {name: text.strip() for name, text in values.items() if text.strip()}
    return Keyed(desk.inspect_built(_made_of(collection, desk.year, lea, typed)), typed)


def _made_of(collection: Collection, year: int, lea: str, typed: Values) -> Return:
    tables = {name: Rows.empty(collection, name) for name in collection.tables}
    header = {"collection": collection.message_name, "year": str(year), "source_level": "L", "lea": lea}
    tables["returns"].append({"return_id": 1}, header)
    for name in dict.fromkeys(part.table for part in collection.keyed):
        own = {item: typed.get(item) for item in collection.tables[name].items}
        tables[name].append({collection.tables[name].key: 1, "return_id": 1}, own)
    absent = {t.name: collection.inputs[t.input] for t in collection.tables.values() if t.input}
    return Return(collection.name, year, tables, absent=absent)


def values_of(inspected: Inspected) -> dict[str, str]:
    """What a version of a keyed return holds, as it was or would be typed."""
    one = inspected.corrected
    found: dict[str, str] = {}
    for part in inspected.collection.keyed:
        for row in one.tables[part.table].rows():
            found |= {item: row[item] or "" for item in part.items}
    return found


def is_keyed(collection_name: str) -> bool:
    """Whether returns of a collection are keyed here."""
    return bool(load_collection(collection_name).keyed)
