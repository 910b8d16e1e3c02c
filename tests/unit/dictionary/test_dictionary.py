"""The dictionary knows every item, rule and code set of every collection, where each stands and what uses it."""

from __future__ import annotations

import csv
import io
import json

import pytest

from muster.catalogue import collection_names, load_collection
from muster.dictionary import FORMS, dictionaries, dictionary_of, search, written
from muster.model import MusterError

WORKFORCE = dictionary_of("school_workforce")


@pytest.mark.parametrize("name", collection_names())
def test_nothing_of_a_collection_is_left_out(name: str) -> None:
    one, collection = dictionary_of(name), load_collection(name)
    items = {f"{table.name}.{item}" for table in collection.tables.values() for item in table.items}
    assert set(one.items) == items
    assert set(one.rules) == {rule.id for rule in collection.rules}
    assert set(one.code_sets) == set(collection.code_sets)


@pytest.mark.parametrize("name", collection_names())
def test_what_uses_an_entry_is_an_entry_itself(name: str) -> None:
    one = dictionary_of(name)
    for item in one.items.values():
        assert set(item.rules) | set(item.through) <= set(one.rules)
        assert item.item.codes is None or item.name in one.code_sets[item.item.codes].items
        assert all(item.name in one.rules[rule].items for rule in item.rules)
    for rule in one.rules.values():
        assert set(rule.items) <= set(one.items)


def test_an_item_that_was_renamed_has_a_place_for_each_run_of_years() -> None:
    places = WORKFORCE.items["members.sex"].places
    assert [(place.path.rpartition("/")[2], place.years) for place in places] == [
        ("GenderCurrent", "2010-2022"),
        ("Sex", "2023-2025"),
    ]


def test_an_item_knows_the_rules_that_ask_it_straight_and_through_derived_tables() -> None:
    entry = WORKFORCE.items["contracts.contract_end"]
    assert {"4400"} <= set(entry.rules)
    assert entry.through and not set(entry.through) & set(entry.rules)
    assert entry.derived and entry.indicators


def test_an_item_knows_what_suppliers_call_it() -> None:
    assert any(column.endswith(": GENDER") for column in WORKFORCE.items["members.sex"].columns)


def test_a_number_or_a_name_comes_before_what_only_holds_the_word() -> None:
    assert search([WORKFORCE], "4400")[0].name == "4400"
    assert search([WORKFORCE], "sex")[0].name == "members.sex"
    assert search([WORKFORCE], "GenderCurrent")[0].name == "members.sex"


def test_every_word_has_to_be_there() -> None:
    assert search([WORKFORCE], "contract end start")
    assert search([WORKFORCE], "contract giraffe") == []
    assert search([WORKFORCE], "   ") == []


def test_a_search_can_be_of_one_kind_and_one_year() -> None:
    every = search(dictionaries(), "hours")
    assert {hit.kind for hit in search(dictionaries(), "hours", kind="rule")} == {"rule"}
    assert len(search(dictionaries(), "hours", year=2013)) < len(every)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_holds_every_entry(form: str) -> None:
    content = written(WORKFORCE, form).decode("utf-8-sig")
    if form == "json":
        whole = json.loads(content)
        assert len(whole["items"]) == len(WORKFORCE.items)
        assert len(whole["rules"]) == len(WORKFORCE.rules)
        return
    rows = list(csv.DictReader(io.StringIO(content)))
    key, entries = {
        "items.csv": ("name", WORKFORCE.items),
        "rules.csv": ("id", WORKFORCE.rules),
        "codes.csv": ("set", {k: v for k, v in WORKFORCE.code_sets.items() if v.code_set.codes}),
    }[form]
    assert {row[key] for row in rows} == set(entries)


def test_another_form_is_refused_with_those_there_are() -> None:
    with pytest.raises(MusterError, match=r"written as json, items\.csv.*not as xlsx"):
        written(WORKFORCE, "xlsx")
