"""Which rules can be asked of a country of returns, of which of them, and why not of the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from muster.engines.tables import Alike, TablesEngine
from muster.model import Collection, Return, Rows, Rule
from muster.model.local import Local
from muster.validate import Applicability, softened

_ABOUT_ITSELF = ("source_level", "reference_date", "phase")
_NO_AUTHORITY = "the tables do not say the authority"


class Asked:
    """The rules of a year as they are asked of the returns in a folder of tables."""

    def __init__(self, collection: Collection, engine: TablesEngine, local: Local) -> None:
        self.local = local
        self.rules = {rule.id: softened(rule, local) for rule in collection.rules_in(engine.year)}
        self.kinds = engine.alike(_items(collection))
        absent = dict(_absent(collection, engine))
        returns = [_standing_for(collection, engine.year, kind, absent) for kind in self.kinds]
        counts = [sum(kind.authorities.values()) for kind in self.kinds]
        self.applies = Applicability(collection, engine, returns, stands_for=counts)
        self.not_run = {
            rule.id: why
            for rule in self.rules.values()
            if (why := self.applies.reason_not_to_run(rule, local))
        }

    @property
    def to_run(self) -> list[Rule]:
        """The rules that are asked of some return, in the order of the catalogue."""
        return [rule for rule in self.rules.values() if rule.id not in self.not_run]

    def left_out(self) -> dict[str, frozenset[int]]:
        """The kinds of returns that rules which run are not asked of."""
        found = {rule.id: self.applies.excluded(rule) for rule in self.to_run}
        return {rule: kinds for rule, kinds in found.items() if kinds}

    def authorities_left_out(self, rule: Rule) -> dict[str, int]:
        """How many returns of each authority a rule that runs is not asked of."""
        found: dict[str, int] = {}
        for kind in self.applies.excluded(rule):
            for authority, count in self.kinds[kind].authorities.items():
                found[authority] = found.get(authority, 0) + count
        return found


def _items(collection: Collection) -> list[str]:
    """The items of a return by which it is decided which rules are asked of it."""
    flags = {table.module for table in collection.tables.values() if table.module}
    known = collection.tables["returns"].items
    return [name for name in (*_ABOUT_ITSELF, *sorted(flags)) if name in known]


def _absent(collection: Collection, engine: TablesEngine) -> Iterator[tuple[str, str]]:
    """The tables and items that are not there, each with the reason."""
    for table in collection.tables.values():
        here = engine.present.get(table.name)
        if here is None and table.input:
            yield table.name, collection.inputs[table.input]
        elif here is None and engine.year in table.years:
            yield table.name, f"there is no table {table.name}"
        elif here is not None:
            for item in table.items_in(engine.year):
                if item.name not in here:
                    yield f"{table.name}.{item.name}", f"the table {table.name} has no column {item.name}"


def _standing_for(collection: Collection, year: int, kind: Alike, absent: dict[str, str]) -> Return:
    rows = Rows.empty(collection, "returns")
    rows.append({"return_id": 1}, kind.header)
    if _is_nameless(kind.authorities) and collection.header == "in settings":
        absent = {**absent, "returns": _NO_AUTHORITY}
    return Return(collection.name, year, {"returns": rows}, absent=absent)


def _is_nameless(authorities: Iterable[str]) -> bool:
    return not any(authorities)
