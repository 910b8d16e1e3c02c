"""Example worlds of rules as official files: a rule must say the same of its examples when they are read from XML.

    example tables ──► a whole message in XML ──► read ──► DuckDB ──► the same rows fail

The examples name only the records a rule is about; those around them are added here, empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from muster.catalogue.examples import Universe, universes
from muster.engines import Engine, place_and_key, start_engine
from muster.exchange import xml_text
from muster.model import Collection, Return, Rows, Rule
from muster.read import read_xml
from muster.read.register import INPUT, with_register
from tests.rules.conftest import plans
from tests.xml_returns import received

UNFIT = {"missing": None, "code": "??", "type": "??", "pattern": "??", "length": "x" * 41}
Row = tuple[object, ...]


class XmlWorlds:
    """The rules of one collection, each with its example worlds sent as files; ``header`` fills what they leave out."""

    def __init__(self, collection: Collection, header: Mapping[str, str]) -> None:
        self.collection, self.header = collection, header

    def written_rules(self) -> list[Rule]:
        return [rule for rule in self.collection.rules if not rule.check]

    def item_checks(self) -> list[Rule]:
        inputs = {table.name for table in self.collection.tables.values() if table.input}
        return [
            rule for rule in self.collection.rules if rule.check and rule.table not in ("returns", *inputs)
        ]

    def last_year(self, rule: Rule) -> int:
        return rule.years.among(self.collection.years)[-1]

    def _world_of_check(self, rule: Rule) -> Universe:
        """One record that holds what the check is against."""
        assert rule.item and rule.check
        empty = {name: Rows.empty(self.collection, name) for name in self.collection.tables}
        one = Return(self.collection.name, self.last_year(rule), empty)
        keys = dict.fromkeys(self.collection.key_columns(rule.table), 1)
        one.tables[rule.table].append(keys, {rule.item: UNFIT[rule.check]})
        return Universe([one], {(0, 1): True})

    def worlds(self, rule: Rule) -> list[Universe]:
        if rule.check:
            return [self._world_of_check(rule)]
        return universes(rule, self.collection, self.last_year(rule))

    def whole(self, one: Return) -> Return:
        """The return with a full header and with every record that others lie within."""
        for table in reversed(self.collection.tables):
            for above in self.collection.ancestors(table):
                self._add_missing(one, table, above)
        header = one.tables["returns"]
        for name, value in {**self.header, "year": str(one.year)}.items():
            header.text[name] = [header.text[name][0] or value]
        return one

    def _add_missing(self, one: Return, table: str, above: str) -> None:
        key, rows = self.collection.tables[above].key, one.tables[above]
        for place, number in enumerate(one.tables[table].keys[key]):
            if number not in rows.keys[key]:
                around = self.collection.key_columns(above)
                rows.append({name: one.tables[table].keys[name][place] for name in around}, {})

    def through_xml(self, one: Return, folder: Path) -> Return:
        """What comes of the return when it is written and read; a register that stood beside it does so again."""
        register = next((t.name for t in self.collection.tables.values() if t.input == INPUT), None)
        schools = list(one.tables[register].rows()) if register else []
        if register:
            one.tables[register] = Rows.empty(self.collection, register)
        read = read_xml(self.collection, received(folder, xml_text(self.collection, one)))
        with_register(self.collection, read, {f"{row['lea']}/{row['estab']}": "" for row in schools})
        return read

    @cache  # noqa: B019  (one for each module of tests, which needs it to its end)
    def arrived(self, year: int) -> tuple[Engine, dict[str, list[tuple[int, Universe]]], list[Return]]:
        """All example worlds whose rules are asked in this year, sent as files and loaded together."""
        returns: list[Return] = []
        places: dict[str, list[tuple[int, Universe]]] = {}
        with TemporaryDirectory() as folder:
            for rule in (
                r for r in [*self.written_rules(), *self.item_checks()] if self.last_year(r) == year
            ):
                for world in self.worlds(rule):
                    places.setdefault(f"{rule.id} {rule.years}", []).append((len(returns), world))
                    returns += [self.through_xml(self.whole(one), Path(folder)) for one in world.returns]
        engine = start_engine("duckdb", self.collection, year, plan=plans(self.collection.name)["duckdb"])
        engine.load(returns)
        return engine, places, returns

    def _text_of(self, rule: Rule, one: Return, key: int) -> Row:
        """The tested record by its items, in small letters because the reader writes TRUE as true."""
        rows = one.tables["returns" if rule.scope == "return" else rule.table]
        place = rows.keys[self.collection.tables[rows.table].key].index(key)
        return tuple((column[place] or "").lower() for column in rows.text.values())

    def expected(self, rule: Rule) -> Counter[Row]:
        """The rows of the rule's worlds that its examples say fail."""
        return sum((self._expected_of(rule, *world) for world in self._own(rule)), Counter())

    def _own(self, rule: Rule) -> list[tuple[int, Universe]]:
        return self.arrived(self.last_year(rule))[1][f"{rule.id} {rule.years}"]

    def _expected_of(self, rule: Rule, start: int, world: Universe) -> Counter[Row]:
        return Counter(
            (start + place, *self._text_of(rule, world.returns[place], key))
            for (place, key), fails in world.expected.items()
            if fails
        )

    def found(self, rule: Rule) -> Counter[Row]:
        """The rows of the rule's worlds that fail after they arrived as files."""
        engine, _, returns = self.arrived(self.last_year(rule))
        (answer,) = engine.answers([engine.rules[rule.id]])
        assert not answer.fault, answer.fault
        places = {start + n for start, world in self._own(rule) for n in range(len(world.returns))}
        failing = [place_and_key(key) for key in answer.keys]
        return Counter(
            (place, *self._text_of(rule, returns[place], key)) for place, key in failing if place in places
        )
