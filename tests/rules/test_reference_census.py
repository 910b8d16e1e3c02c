"""Every row of the reference on the school census is a rule or an item check, or says why it is left out.

rules.csv, line 45 ──► census_map_1.toml: "rules.csv:45" = "1520" ──► rule 1520 of the catalogue
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from muster.catalogue import load_collection
from tests.rules.test_reference import REFERENCE, answers, is_out

MAPS = tuple(sorted(Path(__file__).parent.glob("census_map_*.toml")))
CENSUS = load_collection("school_census")
NOT_ESTABLISHED = 13


def all_answers() -> dict[str, list[str]]:
    return {row: ids for path in MAPS for row, ids in answers(path).items()}


def reference_rows(shared: Path) -> dict[str, dict[str, str]]:
    """Each row about the school census, by file and line."""
    found = {}
    for name in REFERENCE:
        with (shared / "reference" / "pupil" / name).open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            found |= {
                f"{name}:{reader.line_num}": row for row in reader if row["collection"] == "School Census"
            }
    return found


def numbers(text: str) -> list[str]:
    """The numbers of a row that are those of one rule of this census; ranges and another census's are none."""
    return [text] if text and "-" not in text and "CIN" not in text else []


def test_no_row_is_answered_for_twice() -> None:
    times = Counter(row for path in MAPS for row in answers(path))
    assert [row for row, count in times.items() if count > 1] == []


def test_every_row_of_the_reference_is_answered_for(shared_data: Path) -> None:
    assert set(reference_rows(shared_data)) ^ set(all_answers()) == set()


def test_every_rule_named_is_in_the_catalogue() -> None:
    known = {rule.id for rule in CENSUS.rules}
    named = {(row, id_) for row, ids in all_answers().items() if not is_out(ids) for id_ in ids}
    assert sorted(pair for pair in named if pair[1] not in known) == []


def test_a_numbered_row_is_answered_by_that_number(shared_data: Path) -> None:
    rows, code_of = reference_rows(shared_data), {rule.id: rule.code for rule in CENSUS.rules}
    wrong = [
        (row, number, ids)
        for row, ids in all_answers().items()
        for number in numbers(rows[row]["number"])
        if not is_out(ids) and number not in [code_of.get(id_) for id_ in ids]
    ]
    assert wrong == []


def test_a_row_with_a_condition_is_left_out_only_for_a_reason(shared_data: Path) -> None:
    rows = reference_rows(shared_data)
    out = {row: ids[0] for row, ids in all_answers().items() if is_out(ids)}
    assert [row for row, why in out.items() if len(why) < 30] == []
    assert sum("number only" in why for why in out.values()) == NOT_ESTABLISHED
    facts = [row for row, why in out.items() if why.startswith("out: a fact")]
    assert [
        row for row in facts if rows[row]["level"] not in ("info", "school", "pupil", "return", "process")
    ] == []


def test_a_row_that_is_information_is_no_rule(shared_data: Path) -> None:
    rows = reference_rows(shared_data)
    facts = {row for row, about in rows.items() if about["severity"] == "info"}
    assert {row for row in facts if not is_out(all_answers()[row])} == set()


def test_a_row_that_was_not_seen_is_provisional(shared_data: Path) -> None:
    rows = reference_rows(shared_data)
    firm = {rule.id for rule in CENSUS.rules if not rule.provisional and not rule.check}
    loose = {
        (row, id_)
        for row, ids in all_answers().items()
        for id_ in ids
        if rows[row]["confidence"] != "seen" and id_ in firm
    }
    assert sorted(loose) == []
