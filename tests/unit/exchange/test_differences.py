"""Two versions of a return: what was added, removed and changed, record by record."""

from __future__ import annotations

import pytest

from muster.exchange import Difference, differences
from muster.model import Collection, Return, Rows


def version(collection: Collection, *contracts: dict[str, str], name: str = "Oakley") -> Return:
    tables = {table: Rows.empty(collection, table) for table in collection.tables}
    one = Return(collection.name, 2025, tables)
    tables["returns"].append({"return_id": 1}, {"lea": "999", "estab": "2001"})
    person = {"family_name": name, "given_name": "Ann", "birth_date": "1980-05-06"}
    tables["members"].append({"return_id": 1, "member_id": 1}, person)
    for key, contract in enumerate(contracts, start=1):
        tables["contracts"].append({"return_id": 1, "member_id": 1, "contract_id": key}, contract)
    return one


CONTRACT = {"contract_type": "PRM", "contract_start": "2015-09-01", "post": "TCM", "la_school_level": "S"}
OTHER = {"contract_type": "TMP", "contract_start": "2020-01-01", "post": "SBP", "la_school_level": "S"}


def kinds(found: tuple[Difference, ...]) -> list[tuple[str, str]]:
    return [(one.kind, one.table) for one in found]


def test_a_version_does_not_differ_from_itself(collection: Collection) -> None:
    one = version(collection, CONTRACT, OTHER)
    assert differences(collection, one, one) == ()


@pytest.mark.parametrize(
    ("item", "value"), [("la_school_level", "L"), ("post", "TCU"), ("contract_start", "2015-09-02")]
)
def test_a_changed_value_is_one_change_even_of_an_item_that_names_the_record(
    collection: Collection, item: str, value: str
) -> None:
    after = version(collection, {**CONTRACT, item: value}, OTHER)
    (found,) = differences(collection, version(collection, CONTRACT, OTHER), after)
    assert (found.kind, found.table) == ("changed", "contracts")
    assert [(c.item, c.was, c.now) for c in found.changes] == [(item, CONTRACT[item], value)]


def test_records_that_came_and_went_are_told_apart(collection: Collection) -> None:
    before, after = version(collection, CONTRACT), version(collection, OTHER)
    assert kinds(differences(collection, before, after)) == [("removed", "contracts"), ("added", "contracts")]


def test_a_second_equal_record_is_an_added_one(collection: Collection) -> None:
    found = differences(collection, version(collection, CONTRACT), version(collection, CONTRACT, CONTRACT))
    assert kinds(found) == [("added", "contracts")]


def test_a_person_who_took_another_name_is_the_same_person(collection: Collection) -> None:
    (found,) = differences(collection, version(collection), version(collection, name="Ashby"))
    assert (found.kind, [c.item for c in found.changes]) == ("changed", ["family_name"])


def test_two_people_of_different_birthdays_are_never_taken_for_one(collection: Collection) -> None:
    before, after = version(collection), version(collection, name="Ashby")
    after.tables["members"].text["birth_date"] = ["1981-05-06"]
    assert kinds(differences(collection, before, after)) == [("removed", "members"), ("added", "members")]
