"""Every rule of the children in need census does the same to its examples when they arrive as an official file.

    example tables ──► a whole message in XML ──► read ──► DuckDB ──► the same rows fail

The examples name only the records a rule is about; those around them are added here, empty.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from muster.catalogue import load_collection
from muster.catalogue.examples import Universe, universes
from muster.engines import Engine, place_and_key, start_engine
from muster.exchange import xml_text
from muster.model import Collection, Return, Rows, Rule
from muster.read import read_xml
from tests.rules.conftest import plans
from tests.xml_returns import received

CHILDREN = load_collection("children_in_need")
HEADER = {"collection": "CIN", "source_level": "L", "lea": "999", "software_code": "x", "serial_no": "001"}
UNFIT = {"missing": None, "code": "??", "type": "??", "pattern": "??", "length": "x" * 41}


def written_rules() -> list[Rule]:
    return [rule for rule in CHILDREN.rules if not rule.check]


def item_checks() -> list[Rule]:
    return [rule for rule in CHILDREN.rules if rule.check and rule.table != "returns"]


def last_year(rule: Rule) -> int:
    return rule.years.among(CHILDREN.years)[-1]


def world_of_check(rule: Rule) -> Universe:
    """One record that holds what the check is against."""
    assert rule.item and rule.check
    value = UNFIT[rule.check]
    one = Return(CHILDREN.name, last_year(rule), {t: Rows.empty(CHILDREN, t) for t in CHILDREN.tables})
    keys = dict.fromkeys(CHILDREN.key_columns(rule.table), 1)
    one.tables[rule.table].append(keys, {rule.item: value})
    return Universe([one], {(0, 1): True})


def worlds(rule: Rule) -> list[Universe]:
    return [world_of_check(rule)] if rule.check else universes(rule, CHILDREN, last_year(rule))


def whole(one: Return) -> Return:
    """The return with a full header and with every record that others lie within."""
    for table in reversed(CHILDREN.tables):
        for above in CHILDREN.ancestors(table):
            add_missing(CHILDREN, one, table, above)
    header = one.tables["returns"]
    for name, value in {**HEADER, "year": str(one.year)}.items():
        header.text[name] = [header.text[name][0] or value]
    return one


def add_missing(collection: Collection, one: Return, table: str, above: str) -> None:
    key, rows = collection.tables[above].key, one.tables[above]
    for place, number in enumerate(one.tables[table].keys[key]):
        if number not in rows.keys[key]:
            around = collection.key_columns(above)
            rows.append({name: one.tables[table].keys[name][place] for name in around}, {})


def through_xml(one: Return, folder: Path) -> Return:
    return read_xml(CHILDREN, received(folder, xml_text(CHILDREN, one)))


@cache
def arrived(year: int) -> tuple[Engine, dict[str, list[tuple[int, Universe]]], list[Return]]:
    """All example worlds whose rules are asked in this year, sent as files and loaded together."""
    returns: list[Return] = []
    places: dict[str, list[tuple[int, Universe]]] = {}
    with TemporaryDirectory() as folder:
        for rule in (r for r in [*written_rules(), *item_checks()] if last_year(r) == year):
            for world in worlds(rule):
                places.setdefault(f"{rule.id} {rule.years}", []).append((len(returns), world))
                returns += [through_xml(whole(one), Path(folder)) for one in world.returns]
    engine = start_engine("duckdb", CHILDREN, year, plan=plans(CHILDREN.name)["duckdb"])
    engine.load(returns)
    return engine, places, returns


def text_of(rule: Rule, one: Return, key: int) -> tuple[object, ...]:
    """The tested record by its items, in small letters because the reader writes TRUE as true."""
    rows = one.tables["returns" if rule.scope == "return" else rule.table]
    place = rows.keys[CHILDREN.tables[rows.table].key].index(key)
    return tuple((column[place] or "").lower() for column in rows.text.values())


def expected_to_fail(rule: Rule, start: int, world: Universe) -> Counter[tuple[object, ...]]:
    return Counter(
        (start + place, *text_of(rule, world.returns[place], key))
        for (place, key), fails in world.expected.items()
        if fails
    )


def found_to_fail(rule: Rule, year: int) -> Counter[tuple[object, ...]]:
    engine, _, returns = arrived(year)
    (answer,) = engine.answers([engine.rules[rule.id]])
    assert not answer.fault, answer.fault
    failing = [place_and_key(key) for key in answer.keys]
    return Counter((place, *text_of(rule, returns[place], key)) for place, key in failing)


@pytest.mark.parametrize("rule", [*written_rules(), *item_checks()], ids=lambda r: f"{r.id}[{r.years}]")
def test_a_rule_fires_on_records_that_arrive_as_xml(rule: Rule) -> None:
    year = last_year(rule)
    own = arrived(year)[1][f"{rule.id} {rule.years}"]
    expected = sum((expected_to_fail(rule, start, world) for start, world in own), Counter())
    found = found_to_fail(rule, year)
    places = {start + n for start, world in own for n in range(len(world.returns))}
    assert expected, "the rule has no failing example"
    assert Counter({row: n for row, n in found.items() if row[0] in places}) == expected


def test_all_109_published_rules_are_among_them() -> None:
    # rules of the header itself are item checks of the return or written rules; none is left out
    fired = {rule.code for rule in [*written_rules(), *item_checks()] if rule.has_official_number}
    published = {rule.code for rule in CHILDREN.rules_in(2026) if rule.has_official_number}
    assert published - fired == set()
    assert len(published) == 109
