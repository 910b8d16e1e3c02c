"""Every row of the reference is a rule or an item check of the catalogue, or says why it is left out.

rules.csv, line 7 ──► reference_map_1.toml: "rules.csv:7" = "4140" ──► rule 4140 of the catalogue
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import tomli

from muster.model import Collection

HERE = Path(__file__).parent
MAPS = tuple(sorted(HERE.glob("reference_map_*.toml")))
REFERENCE = ("rules.csv", "rules_more.csv")


def answers(path: Path) -> dict[str, list[str]]:
    """One map: reference row to the rules that answer for it."""
    rows = tomli.loads(path.read_text(encoding="utf-8"))
    return {row: [ids] if isinstance(ids, str) else ids for row, ids in rows.items()}


def all_answers() -> dict[str, list[str]]:
    return {row: ids for path in MAPS for row, ids in answers(path).items()}


def reference_rows(shared: Path) -> dict[str, dict[str, str]]:
    """Each row of the reference by file and line."""
    found = {}
    for name in REFERENCE:
        with (shared / "reference" / "workforce" / name).open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            found |= {f"{name}:{reader.line_num}": row for row in reader}
    return found


def is_out(ids: list[str]) -> bool:
    return ids[0].startswith("out: ")


def test_no_row_is_answered_for_twice() -> None:
    times = Counter(row for path in MAPS for row in answers(path))
    assert [row for row, count in times.items() if count > 1] == []


def test_every_row_of_the_reference_is_answered_for(shared_data: Path) -> None:
    assert set(reference_rows(shared_data)) ^ set(all_answers()) == set()


def test_every_rule_named_is_in_the_catalogue(collection: Collection) -> None:
    known = {rule.id for rule in collection.rules}
    named = {(row, id_) for row, ids in all_answers().items() if not is_out(ids) for id_ in ids}
    assert sorted(pair for pair in named if pair[1] not in known) == []


def test_a_numbered_row_is_answered_by_that_number(collection: Collection, shared_data: Path) -> None:
    code_of = {rule.id: rule.code for rule in collection.rules}
    wrong = []
    for row, ids in all_answers().items():
        number = reference_rows(shared_data)[row]["number"]
        if number and not is_out(ids) and number not in [code_of.get(id_) for id_ in ids]:
            wrong.append(f"{row}: number {number}, answered for by {ids}")
    assert wrong == []


def test_a_row_left_out_says_why(shared_data: Path) -> None:
    rows = reference_rows(shared_data)
    out = {row: ids[0] for row, ids in all_answers().items() if is_out(ids)}
    unexplained = [
        row for row, why in out.items() if "NUMBER ONLY" not in rows[row]["note"] and len(why) < 30
    ]
    assert unexplained == []


def test_a_row_that_was_not_seen_is_provisional(collection: Collection, shared_data: Path) -> None:
    rows = reference_rows(shared_data)
    firm = {rule.id for rule in collection.rules if not rule.provisional and not rule.check}
    loose = {
        (row, id_)
        for row, ids in all_answers().items()
        for id_ in ids
        if rows[row]["confidence"] != "seen" and id_ in firm
    }
    assert sorted(loose) == []
