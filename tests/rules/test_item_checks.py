"""The checks that follow from the items themselves, against what plain Python says of the same values.

Each item of each table gets a row of its own for each of its values; every check of the table is asked of every
row, so that a value of one item shows that no check of another minds it.  'make test' asks DuckDB in the last year
only, 'make test-rules' in all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest

from muster.catalogue import load_collection
from muster.engines import Answer, start_engine
from muster.model import Check, Collection, Item, Return, Rows
from tests.collection_names import COLLECTIONS
from tests.engine_names import QUICK_ENGINES
from tests.rules.conftest import EVERYTHING, plans

VALUES = {
    "text": [
        "A",
        "a",
        "0000001",
        "12345678",
        "ÀÉ",
        "",
        " ",
        "O'Brien",
        "A" * 40,
        "A" * 41,
        "A" * 100,
        "é" * 101,
    ],
    "whole": ["0", "12", "-3", "2013", "20130", "1.0", "x", "", "+1"],
    "number": ["0", "12.5", "-3.25", "0.125", "1e3", "£5", "1,000", ""],
    "date": ["2012-02-29", "2013-02-29", "2013-11-07", "07/11/2013", "2013-11-7", ""],
    "datetime": ["2013-11-07T10:20:30", "2013-11-07T25:20:30", "2013-11-07", ""],
    "boolean": ["true", "false", "1", "0", "TRUE", "Y", "yes", ""],
}
CASES = [
    pytest.param(name, year, engine, id=f"{name}-{year}-{engine}")
    for name in COLLECTIONS
    for year in load_collection(name).years
    for engine in QUICK_ENGINES
    if EVERYTHING or engine == "sqlite" or year == load_collection(name).years[-1]
]


@pytest.mark.parametrize(("name", "year", "engine_name"), CASES)
def test_every_check_of_every_item_finds_the_wrong_values_and_no_others(
    name: str, year: int, engine_name: str
) -> None:
    collection = load_collection(name)
    engine = start_engine(engine_name, collection, year, plan=plans(name)[engine_name])
    one = every_value(collection, year)
    engine.load([one])
    checks = checks_in_force(collection, year)
    answers = engine.answers([engine.rules[rule] for rule in checks])
    wrong = [fault for answer in answers if (fault := difference(collection, year, one, checks, answer))]
    engine.close()
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_check_is_in_force_when_its_item_and_table_are(name: str) -> None:
    collection = load_collection(name)
    for year in collection.years:
        generated = {rule.id: rule for rule in collection.rules_in(year) if rule.check}
        expected = checks_in_force(collection, year)
        assert generated.keys() == expected.keys()
        for rule, (_, _, check) in expected.items():
            assert generated[rule].severity == check.severity
            assert generated[rule].code == (check.number or rule)


Checks = dict[str, tuple[str, Item, Check]]


def checks_in_force(collection: Collection, year: int) -> Checks:
    """The checks of a year by the name of their rule, straight from the items."""
    return {
        f"{table.name}.{item.name}.{check.kind}": (table.name, item, check)
        for table in collection.tables.values()
        for item in table.items.values()
        for check in item.checks
        if year in table.years and year in item.years and year in check.years
    }


def every_value(collection: Collection, year: int) -> Return:
    """A return with a row for each value of each item, and one that is empty."""
    one = Return(collection.name, year, {name: Rows.empty(collection, name) for name in collection.tables})
    for name, table in collection.tables.items():
        rows = [{}] + [{i.name: v} for i in table.items.values() for v in values_of(collection, i, year)]
        for key, values in enumerate(rows, start=1):
            one.tables[name].append({table.key: key}, values)
    return one


def values_of(collection: Collection, item: Item, year: int) -> list[str]:
    if not item.codes:
        return VALUES[item.type]
    known = collection.code_sets[item.codes]
    others = [code.code for code in known.codes if year not in code.years]
    return [*list(known.in_force(year))[:3], *others[:3], "XXXX", "", " ", "a1", "A1", "B123", "01", "A" * 21]


def difference(collection: Collection, year: int, one: Return, checks: Checks, answer: Answer) -> str:
    """What an engine says of a check that plain Python does not, or ''."""
    table, item, check = checks[answer.rule.id]
    rows = one.tables[table]
    found = {rows.text[item.name][key - 1] for key in answer.keys}
    minds = EXPECTED[check.kind]
    expected = {text for text in rows.text[item.name] if minds(collection, year, item, text)}
    return (
        f"{answer.rule.id}: {answer.fault or found ^ expected}" if answer.fault or found != expected else ""
    )


def wrong_type(_: Collection, __: int, item: Item, text: str | None) -> bool:
    return text is not None and not TYPED[item.type](text, item)


def is_date(text: str, _: Item) -> bool:
    return len(text) == 10 and reads_as(text, "%Y-%m-%d")


def reads_as(text: str, form: str) -> bool:
    try:
        return datetime.strptime(text, form) is not None
    except ValueError:
        return False


def is_number(text: str, item: Item) -> bool:
    whole, point, places = text.removeprefix("-").partition(".")
    few_enough = not item.decimals or len(places) <= item.decimals
    return whole.isdecimal() and (places.isdecimal() and few_enough if point else True)


TYPED: dict[str, Callable[[str, Item], bool]] = {
    "date": is_date,
    "datetime": lambda text, _: len(text) == 19 and reads_as(text, "%Y-%m-%dT%H:%M:%S"),
    "whole": lambda text, _: text.removeprefix("-").isdecimal(),
    "number": is_number,
    "boolean": lambda text, _: text.lower() in {"true", "false", "1", "0"},
}


def no_code(collection: Collection, year: int, item: Item, text: str | None) -> bool:
    known = collection.code_sets[item.codes or ""]
    in_force = {code.code for code in known.codes if year in code.years}
    shaped = known.pattern is not None and text is not None and re.fullmatch(known.pattern, text) is not None
    return text is not None and text not in in_force and not shaped


EXPECTED: dict[str, Callable[[Collection, int, Item, str | None], bool]] = {
    "missing": lambda _, __, ___, text: text is None,
    "type": wrong_type,
    "length": lambda _, __, item, text: text is not None and len(text) > (item.length or 0),
    "pattern": lambda _, __, item, text: text is not None and not re.fullmatch(item.pattern or "", text),
    "code": no_code,
    "phase": lambda _, __, ___, text: text is not None,
}
