"""The records of one inspected return as a page shows them: lists of people, and each person as a tree of records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from muster.inspecting.form import Asked, Form
from muster.model import Finding, Provenance, Return
from muster.model.labels import label_of
from muster.resolve import Identities

_Place = tuple[str, int]


@dataclass(frozen=True)
class Field:
    """One item of a record: what is asked, the value as received and as it stands, and what was found of it."""

    asked: Asked
    received: str | None
    value: str | None
    came: str
    findings: tuple[Finding, ...]

    @property
    def shown(self) -> str:
        """The value as it stands, for people."""
        return self.asked.shown(self.value)

    @property
    def is_edited(self) -> bool:
        """Whether the value was corrected on screen."""
        return self.received != self.value


@dataclass(frozen=True)
class RecordView:
    """One record with its items and the records below it.

    ``findings`` are those about the record as a whole; ``came`` says where in which file it stands.
    """

    identity: str
    table: str
    kind: str
    label: str
    came: str
    fields: tuple[Field, ...]
    findings: tuple[Finding, ...]
    below: tuple[RecordView, ...]

    def walk(self) -> Iterator[RecordView]:
        """This record and all below it, parents first."""
        yield self
        for one in self.below:
            yield from one.walk()


@dataclass(frozen=True)
class RecordLine:
    """One record in a list, with the findings of it and of everything below it counted."""

    identity: str
    table: str
    label: str
    to_fix: int
    to_explain: int
    explained: int


class Records:
    """The records of one return, found by identity; what is asked for is worked out then."""

    def __init__(self, form: Form, received: Return, corrected: Return, findings: Sequence[Finding]) -> None:
        self._form, self._received, self._corrected = form, received, corrected
        self._collection = form.collection
        self._findings = findings
        self._names = Identities(form.collection, received)
        self._rows: dict[str, dict[int | None, int]] = {}
        self._within: dict[tuple[str, str], dict[int | None, list[int]]] = {}

    def kinds(self) -> dict[str, int]:
        """The tables directly below the return that hold something, the people first, with the number of records."""
        top = self._form.top
        names = [
            name for name in self._collection.children_of[top] if not self._collection.tables[name].input
        ]
        names.sort(key=lambda name: name != self._collection.person)
        return {
            name: len(self._corrected.tables[name]) for name in names if len(self._corrected.tables[name])
        }

    def people(self) -> tuple[RecordLine, ...]:
        """Every person of the return, in the order of the file."""
        return self.lines(self._collection.person) if self._collection.person else ()

    def lines(self, table: str) -> tuple[RecordLine, ...]:
        """Every record of a table directly below the return, in the order of the file."""
        counts: dict[int, list[Finding]] = defaultdict(list)
        for place, found in self._findings_at.items():
            outer = self._outermost(place)
            if outer[0] == table:
                counts[outer[1]] += found
        names = self._names.of(table)
        return tuple(self._line((table, row), names[row], counts[row]) for row in range(len(names)))

    def tree(self, identity: str) -> RecordView | None:
        """The person or other outermost record that holds the record named, with everything below it."""
        place = self._names.find(identity)
        return self._view(self._outermost(place)) if place else None

    def record(self, identity: str) -> RecordView | None:
        """The record named, with everything below it."""
        place = self._names.find(identity)
        return self._view(place) if place else None

    def of_return(self) -> RecordView:
        """What the return says of itself, such as who sent it and when, without the records in it."""
        return self._view((self._form.top, 0), alone=True)

    def identity_of(self, finding: Finding) -> str:
        """The name of the record a finding is about, '' where it is about none."""
        place = self._place(finding)
        return self._names.of(place[0])[place[1]] if place else ""

    def identity_at(self, table: str, row: int) -> str:
        """The name of the record in a row of a table."""
        return self._names.of(table)[row]

    def marks_of(self, finding: Finding) -> tuple[str, str]:
        """The names of the record a finding is about and of the person or other record around it, '' for none."""
        place = self._place(finding)
        if place is None or place[0] == self._form.top:
            return "", ""
        outer = self._outermost(place)
        return self._names.of(place[0])[place[1]], self._names.of(outer[0])[outer[1]]

    def name_in(self, identity: str) -> str:
        """How the record is named to a person: whose it is first, then the record; '' where there is none."""
        place = self._names.find(identity)
        if place is None:
            return ""
        outer = self._outermost(place)
        return self._label(place) if outer == place else f"{self._label(outer)}: {self._label(place)}"

    # -- where things are --------------------------------------------------------------------------------

    def _place(self, finding: Finding) -> _Place | None:
        row = self._row(finding.table, finding.key)
        return None if row is None else (finding.table, row)

    def _row(self, table: str, key: int | None) -> int | None:
        if table not in self._rows:
            keys = self._corrected.tables[table].keys[self._collection.tables[table].key]
            self._rows[table] = {value: row for row, value in enumerate(keys)}
        return None if key is None else self._rows[table].get(key)

    def _outermost(self, place: _Place) -> _Place:
        """The record directly below the return that holds this one, or the record itself."""
        table, row = place
        for outer in reversed(self._collection.ancestors(table)):
            if self._collection.tables[outer].parent == self._form.top:
                key = self._corrected.tables[table].keys[self._collection.tables[outer].key][row]
                found = self._row(outer, key)
                return place if found is None else (outer, found)
        return place

    def _directly_below(self, place: _Place) -> Iterator[_Place]:
        """The records whose nearest record around them is this one."""
        table, row = place
        key = self._corrected.tables[table].keys[self._collection.tables[table].key][row]
        for name, about in self._collection.tables.items():
            if table in (about.parent, about.also_within):
                yield from ((name, below) for below in self._rows_within(name, table).get(key, ()))

    def _rows_within(self, table: str, outer: str) -> Mapping[int | None, list[int]]:
        """The rows of a table by the key of the record of another directly around them."""
        if (table, outer) not in self._within:
            keys, about = self._corrected.tables[table].keys, self._collection.tables[table]
            nearer = about.also_within if about.also_within != outer else None
            inner = keys[self._collection.tables[nearer].key] if nearer else [None] * len(keys[about.key])
            found: dict[int | None, list[int]] = defaultdict(list)
            for row, key in enumerate(keys[self._collection.tables[outer].key]):
                if inner[row] is None:
                    found[key].append(row)
            self._within[table, outer] = dict(found)
        return self._within[table, outer]

    @cached_property
    def _findings_at(self) -> Mapping[_Place, list[Finding]]:
        found: dict[_Place, list[Finding]] = defaultdict(list)
        for finding in self._findings:
            place = self._place(finding)
            if place:
                found[place].append(finding)
        return found

    # -- what is shown -----------------------------------------------------------------------------------

    def _line(self, place: _Place, identity: str, findings: Iterable[Finding]) -> RecordLine:
        about = [finding for finding in findings if not finding.asks_source]
        to_fix = sum(finding.severity == "error" for finding in about)
        to_explain = sum(finding.severity == "query" and finding.blocks for finding in about)
        explained = len(about) - to_fix - to_explain
        return RecordLine(identity, place[0], self._label(place), to_fix, to_explain, explained)

    def _label(self, place: _Place) -> str:
        table, row = place
        texts = self._corrected.tables[table].text
        return label_of(self._collection.tables[table], {name: column[row] for name, column in texts.items()})

    def _view(self, place: _Place, *, alone: bool = False) -> RecordView:
        table, row = place
        findings = self._findings_at.get(place, [])
        below = () if alone else tuple(self._view(one) for one in self._directly_below(place))
        return RecordView(
            identity=self._names.of(table)[row],
            table=table,
            kind=self._collection.tables[table].record,
            label=self._label(place),
            came=self._stands(place),
            fields=tuple(self._fields(place, findings)),
            findings=tuple(finding for finding in findings if not finding.values),
            below=below,
        )

    def _fields(self, place: _Place, findings: Sequence[Finding]) -> Iterator[Field]:
        table, row = place
        before, now = (one.tables[table] for one in (self._received, self._corrected))
        key = now.keys[self._collection.tables[table].key][row]
        for name, asked in self._form.items(table).items():
            value, received = now.text[name][row], before.text[name][row]
            if self._form.is_asked(table, name) or value is not None or received is not None:
                came = self._corrected.provenance.get((table, key or 0, name))
                touching = tuple(finding for finding in findings if name in finding.values)
                yield Field(asked, received, value, _came(came) if came else "", touching)

    def _stands(self, place: _Place) -> str:
        """Where in which file a record stands: line 12 of an XML file, row 12 of a table."""
        table, row = place
        rows, source = self._received.tables[table], self._received.source
        number = rows.lines[row]
        if number is None:
            return ""
        own = rows.file_of(row)
        name = own or (source.name if source else "")
        return ", ".join(filter(None, (name, f"{'row' if own else 'line'} {number}")))


def _came(came: Provenance) -> str:
    """Where one value came from."""
    row = f", row {came.row}" if came.row else ""
    return f"{came.source}: {came.file}, {came.column}{row}"
