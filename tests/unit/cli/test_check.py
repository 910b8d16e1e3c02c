"""``muster check``: exit codes, what is shown and written, and local settings.

The universe: two returns of 2025.  999/4001 holds Ann Smith, whose ethnicity is no code (an error) and whose absence
has no last day (a query); 999/4002 holds Ben Jones, with whom nothing blocks but what is missing of him.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook
from tests.command import muster, refused
from tests.xml_returns import contract, details, elements, with_members

ABSENCE = "<Absences><Absence><FirstDayOfAbsence>2025-03-03</FirstDayOfAbsence></Absence></Absences>"


@pytest.fixture
def ann(tmp_path: Path) -> Path:
    """The return of Ann's school."""
    return written(tmp_path / "ann.xml", 4001, details(PersonFamilyName="Smith", Ethnicity="WBRT") + ABSENCE)


@pytest.fixture
def both(ann: Path) -> Path:
    """A folder of both returns."""
    written(ann.parent / "ben.xml", 4002, details(PersonFamilyName="Jones", Ethnicity="WBRI"))
    return ann.parent


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """The authority's own return, which holds nobody."""
    text = with_members(year="2025").replace("<SourceLevel>S", "<SourceLevel>L")
    text = text.replace("<Estab>4001</Estab>", "").replace("919", "999")
    path = tmp_path / "own.xml"
    path.write_text(text.replace("<Year>2025</Year>", "<Year>2025</Year>"), encoding="utf-8")
    return path


def written(path: Path, estab: int, inside: str) -> Path:
    """A return with one person."""
    text = with_members(inside + contract(elements(ContractType="PRM", Post="TAS")), year="2025")
    text = text.replace("<LEA>919<", "<LEA>999<").replace(">4001<", f">{estab}<")
    path.write_text(text, encoding="utf-8")
    return path


def local(folder: Path, text: str) -> Path:
    """A file of local settings."""
    path = folder / "local.toml"
    path.write_text(text, encoding="utf-8")
    return path


# -- what is said ------------------------------------------------------------------------------------


def test_exit_code_1_where_something_is_to_fix_and_the_verdict_comes_first(ann: Path) -> None:
    said = muster("check", ann)
    assert said.code == 1 and said.first_line.endswith(" to explain: 999/4001, 2025")
    assert "'WBRT' is not a code of the set 'Ethnicity'" in said.out and not said.err


def test_quiet_leaves_only_the_verdict(both: Path) -> None:
    said = muster("check", both, "--quiet")
    assert said.out.count("\n") == 1 and said.first_line.endswith(": 2 returns, 2025")


def test_all_shows_what_is_otherwise_counted_only(ann: Path) -> None:
    short, long = muster("check", ann), muster("check", ann, "--all")
    assert "; --all shows them" in short.out and "--all shows them" not in long.out
    assert len(long.out) > len(short.out)


def test_json_holds_the_verdict_the_findings_and_what_became_of_each_rule(both: Path) -> None:
    answer = muster("check", both, "--json").json
    assert (answer["format"], answer["version"], answer["year"]) == ("muster findings", 1, 2025)
    assert answer["returns"] == ["999/4001", "999/4002"] and answer["refused"] == []
    blocking = [f for f in answer["findings"] if f["blocks"]]
    assert answer["verdict"]["to_fix"] == sum(f["severity"] == "error" for f in blocking) > 0
    assert {rule["outcome"] for rule in answer["rules"]} <= {"passed", "failed", "not run"}
    assert all(rule["reason"] for rule in answer["rules"] if rule["outcome"] == "not run")
    assert "changes" not in answer


def test_a_refused_file_makes_exit_code_2_and_is_counted_beside_the_verdict(both: Path) -> None:
    (both / "cut.xml").write_text("<Message>", encoding="utf-8")
    said = muster("check", both)
    assert said.code == 2 and ", 1 file refused: 2 returns" in said.first_line
    assert said.err.startswith("muster: cut.xml") and said.err.count("\n") == 1


# -- what is written ---------------------------------------------------------------------------------


def test_findings_are_written_in_each_form_with_the_same_rows(ann: Path, tmp_path: Path) -> None:
    out = {name: tmp_path / f"f.{name}" for name in ("xlsx", "csv", "parquet", "json")}
    options = ("--workbook", "--csv", "--parquet", "--findings")
    words = [word for pair in zip(options, out.values(), strict=True) for word in pair]
    shown = muster("check", ann, *words, "--json").json
    with out["csv"].open(encoding="utf-8-sig", newline="") as file:
        fingerprints = [row["fingerprint"] for row in csv.DictReader(file)]
    assert fingerprints == [f["fingerprint"] for f in shown["findings"]]
    assert pq.read_table(out["parquet"])["fingerprint"].to_pylist() == fingerprints
    assert json.loads(out["json"].read_text(encoding="utf-8"))["findings"] == shown["findings"]
    assert "To fix" in CalamineWorkbook.from_path(out["xlsx"]).sheet_names


def test_the_workbook_calls_schools_by_name_where_the_schools_are_given(ann: Path, tmp_path: Path) -> None:
    schools = tmp_path / "schools.csv"
    schools.write_text("LA,Estab,Name\n999,4001,Abbey School\n", encoding="utf-8")
    muster("check", ann, "--schools", schools, "--workbook", tmp_path / "f.xlsx")
    rows = CalamineWorkbook.from_path(tmp_path / "f.xlsx").get_sheet_by_name("Schools").to_python()
    assert any("Abbey School" in row for row in rows)


def test_notes_are_written_beside_the_return_and_explain_it(ann: Path) -> None:
    before = muster("check", ann, "--notes", "--json").json["verdict"]
    notes = ann.with_name("ann.notes.toml")
    text = notes.read_text(encoding="utf-8")
    notes.write_text(text.replace('explanation = ""', 'explanation = "Right"', 1), encoding="utf-8")
    said = muster("check", ann)
    assert f"{before['to_explain'] - 1} to explain, 1 explained: 999/4001" in said.first_line
    assert "Explained: Right" in muster("check", ann, "--all").out


def test_a_broken_notes_file_is_named(ann: Path) -> None:
    ann.with_name("ann.notes.toml").write_text("[[note]\n", encoding="utf-8")
    assert refused("check", ann).startswith("ann.notes.toml cannot be read")


def test_a_wrong_previous_file_is_told_before_anything_is_checked(ann: Path, tmp_path: Path) -> None:
    said = muster("check", ann, "--previous", tmp_path / "none.json")
    assert (said.code, said.out) == (2, "") and "none.json" in said.err
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    assert refused("check", ann, "--previous", tmp_path / "other.json").startswith(
        "other.json is not a file of"
    )


# -- local settings ----------------------------------------------------------------------------------


def test_a_suspended_rule_is_not_run_and_says_why(ann: Path, tmp_path: Path) -> None:
    settings = local(tmp_path, '[rules]\n4220 = { suspended = "Codes under review" }\n')
    answer = muster("check", ann, "--local", settings, "--json").json
    assert "4220" not in {f["code"] for f in answer["findings"]}
    reasons = [rule["reason"] for rule in answer["rules"] if rule["code"] == "4220"]
    assert reasons == ["suspended here: Codes under review"]


def test_a_downgraded_error_is_a_query_that_says_why(ann: Path, tmp_path: Path) -> None:
    settings = local(tmp_path, '[rules]\n4220 = { downgraded = "Agreed for this year" }\n')
    answer = muster("check", ann, "--local", settings, "--json").json
    (finding,) = [f for f in answer["findings"] if f["code"] == "4220"]
    assert finding["severity"] == "query" and finding["blocks"]
    (rule,) = [rule for rule in answer["rules"] if rule["code"] == "4220"]
    assert "Agreed for this year" in rule["reason"]


def test_a_date_of_the_year_can_be_replaced(ann: Path, tmp_path: Path) -> None:
    ann.write_text(ann.read_text(encoding="utf-8").replace(
        "</Year>", "</Year><ReferenceDate>2025-11-13</ReferenceDate>"), encoding="utf-8")  # fmt: skip
    settings = local(tmp_path, "[dates]\ncensus_day = 2025-11-13\n")
    usual, moved = muster("check", ann, "--json"), muster("check", ann, "--local", settings, "--json")
    assert "census_day" in {f["rule"] for f in usual.json["findings"]}
    assert "census_day" not in {f["rule"] for f in moved.json["findings"]}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[rules]\n4202 = { suspended = 'x' }", "there is no rule '4202'"),
        ("[rules]\nmembers_sex = { suspended = 'x' }", "there is no rule 'members_sex'"),
        ("[rules]\n4220 = { suspend = 'x' }", "'suspend' is not one of"),
        ("[rules]\n4220 = { suspended = '' }", "needs the reason, in quotes"),
        ("[rules]\n4220 = { tolerance = 'much' }", "needs a number"),
        ("[rules]\n4220 = 'off'", "rule 4220 must hold one of"),
        ("[rule]\n4220 = { suspended = 'x' }", "'rule' is not one of dates, rules; did you mean 'rules'?"),
        ("[dates]\ncensusday = 2025-11-13", "did you mean 'census_day'?"),
        ("[dates]\ncensus_day = '2025-11-13'", "must be a date such as 2025-11-06, without quotes"),
        ("[rules", "cannot be read"),
    ],
)
def test_a_mistake_in_the_local_settings_is_named(text: str, says: str, ann: Path, tmp_path: Path) -> None:
    told = refused("check", ann, "--local", local(tmp_path, text))
    assert told.startswith("local.toml") and says in told
