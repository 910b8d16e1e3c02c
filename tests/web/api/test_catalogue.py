"""The catalogue is open to every program: the same rules, codes and items that checking uses, and a file to try."""

from __future__ import annotations

import pytest

from muster.catalogue import load_collection

pytestmark = pytest.mark.django_db
YEAR = "/collections/school_workforce/2025"


def test_every_rule_of_a_year_is_listed_in_english_and_sql(call) -> None:
    first = call().get(f"{YEAR}/rules?per_page=500").json()
    rules = load_collection("school_workforce").rules_in(2025)
    assert first["count"] == len(rules) and [one["id"] for one in first["items"]] == [one.id for one in rules]
    assert all(one["fires_when"] and one["sql"] and one["message"] for one in first["items"])
    assert any(one["examples"] for one in first["items"])


def test_one_rule_is_found_by_its_official_number_and_only_in_its_years(call) -> None:
    found = call().get(f"{YEAR}/rules/4220").json()
    assert {one["code"] for one in found} == {"4220"}
    assert call().get(f"{YEAR}/rules/no-such-rule").status_code == 404


def test_codes_items_and_changes_are_listed(call) -> None:
    codes = {one["name"]: one for one in call().get(f"{YEAR}/codes").json()}
    items = call().get(f"{YEAR}/items").json()
    ethnicity = next(one for one in items if one["item"] == "ethnicity")
    assert "WBRI" in [one["code"] for one in codes[ethnicity["codes"]]["codes"]]
    changes = call().get(f"{YEAR}/changes?since=2024").json()
    assert changes and {"what", "kind", "name", "text", "details"} == set(changes[0])


@pytest.mark.parametrize(
    ("name", "kind"),
    [("school_workforce", "xml"), ("children_in_need", "xml"), ("looked_after", "zip")],
)
def test_a_sample_can_be_had_of_each_collection(call, name, kind) -> None:
    answer = call().get(f"/collections/{name}/2025/sample")
    assert answer.status_code == 200 and answer["Content-Type"] == f"application/{kind}"


@pytest.mark.django_db(transaction=True)
def test_the_sample_of_the_census_is_taken_by_the_service(call, rounds) -> None:
    content = call().get(f"{YEAR}/sample").content
    sent = call("ashcombe").send(rounds["statutory"].pk, content).json()
    assert [one["version"]["outcome"] for one in sent["loaded"]] == ["checked"]


@pytest.mark.parametrize(
    "path", ["/collections/nothing/2025/rules", "/collections/school_workforce/1066/items"]
)
def test_what_is_not_known_is_not_found(call, path) -> None:
    assert call().get(path).status_code == 404


@pytest.mark.parametrize("form", ["json", "items.csv", "rules.csv", "codes.csv"])
def test_the_dictionary_of_a_collection_can_be_had_whole(call, form) -> None:
    answer = call().get(f"/collections/school_preferences/dictionary/{form}")
    assert (answer.status_code == 200 and b"applicants" in answer.content) or form == "codes.csv"
    assert call().get("/collections/school_preferences/dictionary/xlsx").status_code == 404
    assert call().get("/collections/giraffes/dictionary/json").status_code == 404
