"""The returns of an authority side by side: records that two of them hold and that cannot both be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from muster.checking import tables_read
from muster.engines import Engine, engine_for, start_engine
from muster.inspecting.desk import NO_RULINGS, Desk, Rulings
from muster.model import Finding, Item, Return, Rows, SourceFile
from muster.model.local import NOTHING_LOCAL
from muster.read import read_xml
from muster.resolve import Edit, Identities, apply_edits
from muster.validate import check, engine_settings

_YES_AND_NO = {"true": "yes", "false": "no"}


@dataclass(frozen=True)
class Doubt:
    """What one rule says against records of several returns."""

    rule: str
    code: str
    severity: str
    message: str
    fix: str


@dataclass(frozen=True)
class Side:
    """A record as one return has it: its name to people, and the items that were compared by their titles.

    ``mark`` is the name its page in the service has.
    """

    ref: str
    record: str
    values: Mapping[str, str | None]
    also: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True)
class Collision:
    """Records of at least two returns that share ``items`` with these ``values`` and disagree otherwise."""

    items: tuple[str, ...]
    values: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    sides: tuple[Side, ...]


class Together:
    """Takes returns one by one, keeps what rules across returns read of them, and asks those rules of all at once."""

    def __init__(self, collection_name: str, year: int, *, rulings: Rulings = NO_RULINGS) -> None:
        """Raises MusterError where the collection or the year is not known."""
        desk = Desk(collection_name, year)
        self.collection, self.year = desk.collection, desk.year
        self._local = NOTHING_LOCAL.ruled(rulings.suspended, rulings.downgraded)
        self._rules = {one.id: one for one in self.collection.rules_in(year) if one.scope == "authority"}
        self._returns: list[Return] = []
        self._names: dict[str, Identities] = {}
        self._rows: dict[tuple[str, str], dict[int | None, int]] = {}
        self._read: set[str] | None = None

    @property
    def compares(self) -> bool:
        """Whether any rule of this collection and year compares returns."""
        return bool(self._rules)

    def add(self, source: SourceFile, *, edits: Iterable[Edit] = ()) -> None:
        """Take in one return with the edits laid over it.  Raises UnreadableFile."""
        received = read_xml(self.collection, source)
        self._returns.append(self._only_what_is_read(apply_edits(self.collection, received, edits).one))
        self._names[received.ref] = Identities(self.collection, self._only_what_is_read(received))

    def collisions(self) -> list[Collision]:
        """What does not fit together, in the order of the rules; records found by two rules make one collision."""
        if len(self._returns) < 2 or not self._rules:
            return []
        returns = [replace(one, notices=[]) for one in self._returns]
        rows = sum(len(table) for one in returns for table in one.tables.values())
        engine = self._engine(rows)
        try:
            found = check(
                self.collection, self.year, returns, engine=engine, local=self._local, rules=self._rules
            )
        finally:
            engine.close()
        return _joined(self._grouped(found.findings))

    def _only_what_is_read(self, one: Return) -> Return:
        wanted = self._tables()
        empty = {name: Rows.empty(self.collection, name) for name in one.tables if name not in wanted}
        return Return(one.collection, one.year, {**one.tables, **empty}, one.source)

    def _tables(self) -> set[str]:
        """The tables that rules across returns read, and those around them, which name their records."""
        if self._read is None:
            engine = self._engine(0)
            read = tables_read(engine, self._rules)
            engine.close()
            self._read = read.union(*(self.collection.ancestors(name) for name in read))
        return self._read

    def _engine(self, rows: int) -> Engine:
        settings = engine_settings(self._local)
        return start_engine(engine_for(rows), self.collection, self.year, settings=settings)

    def _grouped(self, findings: Sequence[Finding]) -> list[Collision]:
        groups: dict[tuple[str, tuple[str, ...]], list[Finding]] = defaultdict(list)
        for one in findings:
            shared = tuple(one.values.get(item) or "" for item in self._rules[one.rule_id].group_by)
            groups[one.rule_id, shared].append(one)
        return [
            Collision(
                self._rules[rule].group_by, shared, (_doubt(found[0]),), tuple(self._side(f) for f in found)
            )
            for (rule, shared), found in groups.items()
        ]

    def _side(self, found: Finding) -> Side:
        items = self.collection.tables[found.table].items
        values = {items[name].title: self._shown(items[name], value) for name, value in found.values.items()}
        return Side(found.ref, found.record, values, found.also, self._mark(found))

    def _mark(self, found: Finding) -> str:
        """The name of the record a finding is about, '' where it is about none."""
        place = (found.ref, found.table)
        if place not in self._rows:
            one = next(held for held in self._returns if held.ref == found.ref)
            keys = one.tables[found.table].keys[self.collection.tables[found.table].key]
            self._rows[place] = {key: row for row, key in enumerate(keys)}
        row = self._rows[place].get(found.key)
        return "" if row is None else self._names[found.ref].of(found.table)[row]

    def _shown(self, item: Item, value: str | None) -> str | None:
        """A value as people read it: a code with what it means, yes and no."""
        if value is None:
            return None
        if item.type == "boolean":
            return _YES_AND_NO.get(value.lower(), value)
        codes = self.collection.code_sets[item.codes].in_force(self.year) if item.codes else {}
        return f"{value}: {codes[value].title}" if value in codes else value


def _doubt(found: Finding) -> Doubt:
    return Doubt(found.rule_id, found.code, found.severity, found.message, found.fix)


def _joined(collisions: Iterable[Collision]) -> list[Collision]:
    """Collisions of the same records become one, under what the first rule compared."""
    found: dict[frozenset[tuple[str, str]], Collision] = {}
    for one in collisions:
        records = frozenset((side.ref, side.record) for side in one.sides)
        before = found.get(records)
        found[records] = _added(before, one) if before else one
    return list(found.values())


def _added(one: Collision, other: Collision) -> Collision:
    more = {(side.ref, side.record): side for side in other.sides}
    sides = tuple(
        replace(side, values={**side.values, **more[side.ref, side.record].values},
                also=tuple(dict.fromkeys((*side.also, *more[side.ref, side.record].also))))
        for side in one.sides
    )  # fmt: skip
    return replace(one, doubts=(*one.doubts, *other.doubts), sides=sides)
