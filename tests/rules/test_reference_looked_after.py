"""The rows of the SSDA903 reference are rules or item checks of their number, or say why they are left out.

rules_903.csv, code 526 ──► 903_map_4.toml: "526" = "526" ──► both versions of rule 526 of the catalogue
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from muster.catalogue import load_collection
from muster.model import Rule
from tests.rules.test_reference import answers, is_out

MAPS = tuple(sorted(Path(__file__).parent.glob("903_map_*.toml")))
LOOKED_AFTER = load_collection("looked_after")


def answered() -> dict[str, list[str]]:
    """The rules that answer for each code, those left out with a reason aside."""
    return {code: ids for path in MAPS for code, ids in answers(path).items() if not is_out(ids)}


def rules_named(ids: list[str]) -> list[Rule]:
    return [rule for rule in LOOKED_AFTER.rules if rule.id in ids]


def years_of(row: dict[str, str]) -> list[int]:
    """The known years a row is in force in: from the year it was introduced to the one before its deletion."""
    first = LOOKED_AFTER.years[0] if row["introduced"].startswith("<=") else closing(row["introduced"])
    last = closing(row["deleted"]) - 1 if row["deleted"] else LOOKED_AFTER.years[-1]
    return [year for year in LOOKED_AFTER.years if first <= year <= last]


def closing(span: str) -> int:
    """2025 for 2024/25."""
    return int(span[:4]) + 1


@pytest.fixture(scope="module")
def reference(shared_data: Path) -> dict[str, dict[str, str]]:
    path = shared_data / "reference" / "children" / "rules_903.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def test_no_code_is_answered_for_twice() -> None:
    times = Counter(code for path in MAPS for code in answers(path))
    assert [code for code, count in times.items() if count > 1] == []


def test_every_code_answered_for_is_in_the_reference(reference: dict[str, dict[str, str]]) -> None:
    assert sorted({code for path in MAPS for code in answers(path)} - set(reference)) == []


def test_every_row_about_one_record_is_answered_for(reference: dict[str, dict[str, str]]) -> None:
    wanted = {code for code, row in reference.items() if row["pattern"] == "row"}
    assert sorted(wanted - {code for path in MAPS for code in answers(path)}) == []


def test_a_code_is_answered_by_all_rules_of_its_number_and_no_other() -> None:
    wrong = {
        code: ids
        for code, ids in answered().items()
        if set(ids) != {rule.id for rule in LOOKED_AFTER.rules if rule.code == code}
    }
    assert wrong == {}


# INT checks are a checker's own, of which the reference gives no severity; records that belong to nobody are errors.
def test_a_rule_has_the_severity_of_its_row(reference: dict[str, dict[str, str]]) -> None:
    wrong = [
        rule.id
        for code, ids in answered().items()
        for rule in rules_named(ids)
        if rule.severity != ("error" if code.startswith("INT") else reference[code]["severity"])
    ]
    assert wrong == []


def test_a_code_is_asked_in_the_years_of_its_row_and_no_other(reference: dict[str, dict[str, str]]) -> None:
    wrong = {}
    for code, ids in answered().items():
        years = {year for rule in rules_named(ids) for year in rule.years.among(LOOKED_AFTER.years)}
        if sorted(years) != years_of(reference[code]):
            wrong[code] = sorted(years)
    assert wrong == {}
