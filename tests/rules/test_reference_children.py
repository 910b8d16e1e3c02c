"""Every row of the reference of children in need is a rule or an item check, under its number and severity.

rules_cin.csv, line 3 ──► cin_map_2.toml: "rules_cin.csv:3" = "1103" ──► rule 1103 of the catalogue
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from muster.catalogue import load_collection
from muster.model import Rule
from tests.rules.test_reference import answers

MAPS = tuple(sorted(Path(__file__).parent.glob("cin_map_*.toml")))
CHILDREN = load_collection("children_in_need")


def all_answers() -> dict[str, list[str]]:
    return {row: ids for path in MAPS for row, ids in answers(path).items()}


def reference_rows(shared: Path) -> dict[str, dict[str, str]]:
    """Each row of the reference by file and line."""
    path = shared / "reference" / "children" / "rules_cin.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return {f"{path.name}:{reader.line_num}": row for row in reader}


def rules_named(ids: list[str]) -> list[Rule]:
    return [rule for rule in CHILDREN.rules if rule.id in ids]


def test_no_row_is_answered_for_twice() -> None:
    times = Counter(row for path in MAPS for row in answers(path))
    assert [row for row, count in times.items() if count > 1] == []


def test_every_row_of_the_reference_is_answered_for(shared_data: Path) -> None:
    assert set(reference_rows(shared_data)) ^ set(all_answers()) == set()


def test_every_rule_named_is_in_the_catalogue() -> None:
    known = {rule.id for rule in CHILDREN.rules}
    assert sorted(id_ for ids in all_answers().values() for id_ in ids if id_ not in known) == []


def test_a_row_is_answered_by_all_rules_of_its_number_and_no_other(shared_data: Path) -> None:
    rows = reference_rows(shared_data)
    wrong = {
        rows[row]["code"]: ids
        for row, ids in all_answers().items()
        if set(ids) != {rule.id for rule in CHILDREN.rules if rule.code == rows[row]["code"]}
    }
    assert wrong == {}


def test_a_rule_has_the_severity_of_its_row(shared_data: Path) -> None:
    rows = reference_rows(shared_data)
    wrong = [
        rule.id
        for row, ids in all_answers().items()
        for rule in rules_named(ids)
        if rule.severity != rows[row]["severity"]
    ]
    assert wrong == []


def test_a_rule_introduced_later_is_not_asked_before(shared_data: Path) -> None:
    rows = reference_rows(shared_data)
    later = {row: data["introduced"] for row, data in rows.items() if not data["introduced"].startswith("<=")}
    wrong = [
        (rule.id, year)
        for row, introduced in later.items()
        for rule in rules_named(all_answers().get(row, []))
        for year in rule.years.among(CHILDREN.years)
        if year <= int(introduced[:4])
    ]
    assert later, "no row of the reference was introduced later"
    assert wrong == []


def test_where_a_peer_diverges_the_rule_says_so(shared_data: Path) -> None:
    rows = reference_rows(shared_data)
    silent = [
        rows[row]["code"]
        for row, ids in all_answers().items()
        if rows[row]["peer_divergence"] and not any(rule.note for rule in rules_named(ids))
    ]
    assert silent == []
