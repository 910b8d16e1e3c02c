"""The authority comes back: explanations are still there, keyed values are taken, and what changed is said."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.command import muster
from tests.journeys.conftest import Anyshire

from muster.resolve import read_notes

Row = dict[str, str]
REASON = 'Checked with the school: "right", as the contract\'s letter says.'
PAYROLL = "payroll/itrent_assignments.csv"


def notes_file(built: Anyshire, ref: str) -> Path:
    """The notes beside a return."""
    return built.xml(ref).with_suffix(".notes.toml")


def explain_first(path: Path, reason: str = REASON) -> str:
    """Write an explanation between the quotes of the first note; the fingerprint of its finding."""
    text = path.read_text(encoding="utf-8")
    written = json.dumps(reason, ensure_ascii=False)
    path.write_text(text.replace('explanation = ""', f"explanation = {written}", 1), encoding="utf-8")
    (explained,) = read_notes(path)
    return explained


def rewrite(path: Path, change: Callable[[Row], object]) -> None:
    """Let ``change`` alter every row of a CSV file, as a person does in a spreadsheet."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows, headings = list(reader), list(reader.fieldnames or ())
    for row in rows:
        change(row)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, headings)
        writer.writeheader()
        writer.writerows(rows)


def pay_rise(school: str, but_not: str) -> Callable[[Row], None]:
    """A change of the pay of everyone at a school paid on no scale, but for one person."""

    def change(row: Row) -> None:
        if row["COST_CODE"] == school and not row["PAY_SCALE"] and row["FORENAME"] not in but_not:
            row["ANNUAL_SALARY"] = f"{float(row['ANNUAL_SALARY']) + 777:.2f}"

    return change


def findings(built: Anyshire) -> Any:
    """The findings of the latest build."""
    return json.loads((built.out / "findings.json").read_text(encoding="utf-8"))


def test_an_explanation_survives_a_build_with_corrected_payroll(copied: Anyshire) -> None:
    before, paid = findings(copied)["verdict"], copied.xml("999/2001").read_text(encoding="utf-8")
    explained = explain_first(notes_file(copied, "999/2001"))
    note = read_notes(notes_file(copied, "999/2001"))[explained]
    rewrite(copied.folder / PAYROLL, pay_rise("999/2001", but_not=note.record))

    said = copied.build()

    assert copied.xml("999/2001").read_text(encoding="utf-8") != paid, "the payroll was not changed"
    kept = read_notes(notes_file(copied, "999/2001"))[explained]
    assert kept.text == REASON and kept.carried
    after = findings(copied)["verdict"]
    assert (after["explained"], after["to_explain"]) == (1, before["to_explain"] - 1)
    assert after["to_fix"] == before["to_fix"]
    assert f"{after['to_explain']} to explain, 1 explained: " in said.out
    checked = muster("check", copied.out / "returns", "--json").json["verdict"]
    assert (checked["explained"], checked["to_explain"]) == (1, after["to_explain"])


def test_an_explanation_waits_as_a_past_note_while_its_value_is_another(copied: Anyshire) -> None:
    explained = explain_first(notes_file(copied, "999/1001"))
    (query,) = (f for f in findings(copied)["findings"] if f["fingerprint"] == explained)
    assert query["rule"] == "absence_without_last_day"
    absences = copied.folder / "payroll/itrent_absences.csv"
    held = absences.read_bytes()
    copied.edit("payroll/itrent_absences.csv", "28-Feb-2025,,SICK,,", "28-Feb-2025,03-Mar-2025,SICK,2.0,")
    copied.build()
    assert explained not in {f["fingerprint"] for f in findings(copied)["findings"]}
    assert "[[past_note]]" in notes_file(copied, "999/1001").read_text(encoding="utf-8")

    absences.write_bytes(held)
    copied.build()
    (back,) = (f for f in findings(copied)["findings"] if f["fingerprint"] == explained)
    assert back["explanation"] == REASON and not back["blocks"]


def test_explanations_can_be_given_to_others_to_write_as_csv(copied: Anyshire, tmp_path: Path) -> None:
    queries = tmp_path / "queries.csv"
    before = muster("check", copied.out / "returns", "--export-notes", queries, "--json").json["verdict"]
    rewrite(queries, lambda row: row.update(explanation="=Known to the school", by="A. Head"))

    said = muster("check", copied.out / "returns", "--import-notes", queries, "--notes", "--json")
    assert said.json["verdict"]["to_explain"] == 0
    assert said.json["verdict"]["explained"] == before["to_explain"] > 0

    copied.build()
    now = findings(copied)["verdict"]
    assert (now["to_explain"], now["explained"]) == (0, before["to_explain"])
    note = next(iter(read_notes(notes_file(copied, "999/4601")).values()))
    assert (note.text, note.by, note.carried) == ("=Known to the school", "A. Head", True)


def test_a_build_says_what_is_fixed_still_there_and_new(copied: Anyshire) -> None:
    before = findings(copied)["findings"]
    copied.edit("payroll/itrent_absences.csv", "28-Feb-2025,,SICK,,", "28-Feb-2025,03-Mar-2025,SICK,2.0,")
    copied.edit("mis/sims_1001_staff.csv", ",ABAN,", ",ABAX,")
    said = copied.build()
    expected = f"1 fixed, {len(before) - 1} still there, 1 new"
    assert f"Against the build before: {expected}" in said.out
    as_data = copied.build("--json").json["changes"]
    assert (as_data["fixed"], len(as_data["still"]), as_data["new"]) == ([], len(before), [])


def test_a_check_says_what_is_fixed_still_there_and_new_against_the_version_before(
    copied: Anyshire, tmp_path: Path
) -> None:
    path, earlier = copied.xml("999/4001"), tmp_path / "before.json"
    muster("check", path, "--findings", earlier)
    count = len(json.loads(earlier.read_text(encoding="utf-8"))["findings"])
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("<BasePay>", "<BasePay>£", 1), encoding="utf-8")
    said = muster("check", path, "--previous", earlier)
    assert said.out.splitlines()[1] == f"Against the version before: 0 fixed, {count} still there, 1 new"
    as_data = muster("check", path, "--previous", earlier, "--json").json["changes"]
    assert (len(as_data["fixed"]), len(as_data["still"]), len(as_data["new"])) == (0, count, 1)


KEYED = {
    "pay_range": "OT", "base_pay": "£20,500.00", "safeguarded_salary": "no", "contract_end": "31/08/2025",
    "teacher_number": "0000012",
}  # fmt: skip


def test_a_filled_to_key_sheet_is_taken_by_the_next_build_and_asked_for_no_more(copied: Anyshire) -> None:
    sheet = copied.folder / "keyed/to_key.csv"
    sheet.parent.mkdir()
    sheet.write_bytes((copied.out / "to_key.csv").read_bytes())
    rewrite(sheet, lambda row: row.update(value=KEYED[row["name of item"]]))

    coverage = copied.build("--json").json["coverage"]

    filled = sheet.read_text(encoding="utf-8-sig").count("\n") - 1
    assert (coverage["to_key"], coverage["keyed_twice"]) == (0, 0)
    assert coverage["keyed"] >= filled
    assert (copied.out / "to_key.csv").read_text(encoding="utf-8-sig").count("\n") == 1
    assert "<BasePay>20500.00</BasePay>" in copied.xml("999/2001").read_text(encoding="utf-8")


@pytest.mark.parametrize(("answer", "fewer"), [("yes", 1), ("no", 0)])
def test_a_decided_proposal_is_not_asked_again(copied: Anyshire, answer: str, fewer: int) -> None:
    proposals, before = copied.out / "proposals.csv", people_at(copied, "999/4601")
    rewrite(proposals, lambda row: row.update({"decision (yes/no)": answer}))
    (copied.folder / "confirmed_matches.csv").write_bytes(proposals.read_bytes())
    said = copied.build()
    assert "0 matches to confirm" in said.out
    assert people_at(copied, "999/4601") == before - fewer
    assert re.search("^ +0 +keyed twice", said.out, flags=re.M)


def people_at(built: Anyshire, ref: str) -> int:
    """How many staff records a return holds."""
    return len(re.findall("<SchoolWorkforceMember>", built.xml(ref).read_text(encoding="utf-8")))
