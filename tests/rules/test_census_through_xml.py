"""Every rule of the school census does the same to its examples when they arrive as an official file, in each term.

    example tables ──► a whole message in XML ──► read ──► DuckDB ──► the same rows fail

A rule is tried in the last term and year in which it is asked.
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
from muster.model import TERMS, Collection, Return, Rows, Rule
from muster.read import read_xml
from tests.rules.conftest import plans
from tests.xml_returns import received

UNFIT = {"missing": None, "code": "??", "type": "??", "pattern": "??", "length": "x" * 110, "phase": "1"}
HEADER = {"source_level": "S", "lea": "999", "estab": "4001", "software_code": "x", "serial_no": "001"}
# A file cannot lack what the message itself says, by the element a record stands in or by the header.
NOT_FROM_XML = {
    "pupils.on_roll.missing", "pupils.on_roll.type", "attendance.period.missing", "attendance.period.code",
}  # fmt: skip
Case = tuple[str, int, Rule]


def cases() -> list[Case]:
    """Every version of every rule and item check, in the last census in which it is asked."""
    found: dict[tuple[str, str], Case] = {}
    for term in TERMS:
        collection = load_collection(f"school_census_{term}")
        for rule in collection.rules:
            if rule.id not in NOT_FROM_XML and not (rule.check and rule.table == "returns"):
                year = rule.years.among(collection.years)[-1]
                known = found.get((rule.id, rule.where))
                if known is None or year > known[1]:
                    found[rule.id, rule.where] = (term, year, rule)
    return list(found.values())


def world_of_check(collection: Collection, year: int, rule: Rule) -> Universe:
    """One record that holds what the check is against."""
    assert rule.item and rule.check
    one = Return(collection.name, year, {t: Rows.empty(collection, t) for t in collection.tables})
    keys = dict.fromkeys(collection.key_columns(rule.table), 1)
    one.tables[rule.table].append(keys, {rule.item: UNFIT[rule.check]})
    return Universe([one], {(0, 1): True})


def whole(collection: Collection, one: Return) -> Return:
    """The return with a full header, every record that others lie within, and a place for each in the message."""
    for table in reversed(collection.tables):
        for above in collection.ancestors(table):
            add_missing(collection, one, table, above)
    header = one.tables["returns"]
    said = {"collection": "SC", "term": collection.terms[collection.term], "year": str(one.year), **HEADER}
    for name, value in said.items():
        header.text[name] = [header.text[name][0] or value]
    for table, item, usual in (("pupils", "on_roll", "true"), ("attendance", "period", "termly")):
        one.tables[table].text[item] = [text or usual for text in one.tables[table].text[item]]
    return one


def add_missing(collection: Collection, one: Return, table: str, above: str) -> None:
    key, rows = collection.tables[above].key, one.tables[above]
    for place, number in enumerate(one.tables[table].keys[key]):
        if number is not None and number not in rows.keys[key]:
            around = collection.key_columns(above)
            rows.append({name: one.tables[table].keys[name][place] for name in around}, {})


@cache
def arrived(term: str, year: int) -> tuple[Engine, dict[str, list[tuple[int, Universe]]], list[Return]]:
    """The example worlds of all rules tried in this census but those across returns, sent as files."""
    collection = load_collection(f"school_census_{term}")
    tried = [rule for t, y, rule in cases() if (t, y) == (term, year) and rule.scope != "authority"]
    return sent(collection, year, tried)


def sent(
    collection: Collection, year: int, rules: list[Rule]
) -> tuple[Engine, dict[str, list[tuple[int, Universe]]], list[Return]]:
    returns: list[Return] = []
    places: dict[str, list[tuple[int, Universe]]] = {}
    with TemporaryDirectory() as folder:
        for rule in rules:
            worlds = (
                [world_of_check(collection, year, rule)] if rule.check else universes(rule, collection, year)
            )
            for world in worlds:
                places.setdefault(rule.id, []).append((len(returns), world))
                for one in world.returns:
                    text = xml_text(collection, whole(collection, one))
                    returns.append(read_xml(collection, received(Path(folder), text)))
    engine = start_engine("duckdb", collection, year, plan=plans("school_census")["duckdb"])
    engine.load(returns)
    return engine, places, returns


def text_of(collection: Collection, rule: Rule, one: Return, key: int) -> tuple[object, ...]:
    """The tested record by its items, in small letters because the reader writes TRUE as true."""
    rows = one.tables["returns" if rule.scope == "return" else rule.table]
    place = rows.keys[collection.tables[rows.table].key].index(key)
    return tuple((column[place] or "").lower() for column in rows.text.values())


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case[2].id}[{case[0]} {case[1]}]")
def test_a_rule_fires_on_records_that_arrive_as_xml(case: Case) -> None:
    term, year, rule = case
    collection = load_collection(f"school_census_{term}")
    found = sent(collection, year, [rule]) if rule.scope == "authority" else arrived(term, year)
    engine, places, returns = found
    (answer,) = engine.answers([engine.rules[rule.id]])
    assert not answer.fault, answer.fault
    failing = [place_and_key(key) for key in answer.keys]
    own = places[rule.id]
    here = {start + n for start, world in own for n in range(len(world.returns))}
    fired = Counter(
        (place, *text_of(collection, rule, returns[place], key)) for place, key in failing if place in here
    )
    expected = Counter(
        (start + place, *text_of(collection, rule, world.returns[place], key))
        for start, world in own
        for (place, key), fails in world.expected.items()
        if fails
    )
    assert expected, "the rule has no failing example"
    assert fired == expected
