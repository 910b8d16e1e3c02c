"""Findings as workbook, CSV and JSON: complete, neutralised, readable and the same bytes each time."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from muster.model import CheckResult, Finding, MusterError, Outcome, RuleOutcome
from muster.report import _book as book
from muster.report import (
    findings_json,
    fingerprints_in,
    write_csv,
    write_json,
    write_parquet,
    write_workbook,
)

ERROR = Finding(
    rule_id="4400",
    code="4400",
    severity="error",
    scope="row",
    ref="999/4001",
    table="contracts",
    record="=TCH contract from 2010-09-01",
    values={"contract_end": "2010-08-31", "post": None},
    message="The contract ends on 2010-08-31, before it starts on 2010-09-01.",
    fix="Correct the start or the end date of the contract.",
    fingerprint="abc123",
    key=7,
    line=12,
    file="mis.xml",
    also=("hours 32.5", "pay 100.00"),
    owners={"contract_end": "payroll"},
)
QUERY = ERROR._replace(
    rule_id="4100Q", code="4100Q", severity="query", ref="999/4002", provisional=True, message="@odd"
)
ASKED = QUERY._replace(asks_source=True, explanation="asked", ref="999/4002")
FINDINGS = (
    ERROR,
    QUERY,
    QUERY._replace(explanation="-right"),
    ASKED,
)
OUTCOMES = (
    RuleOutcome("4400", "4400", Outcome.FAILED, 2),
    RuleOutcome("4770", "4770", Outcome.NOT_RUN, 0, "no hours in the return"),
    RuleOutcome("4772Q", "4772Q", Outcome.BROKE, 0, "the engine stopped"),
)
RESULT = CheckResult("school_workforce", 2025, ("999/4001", "999/4002"), FINDINGS, OUTCOMES)


@pytest.fixture
def sheets(tmp_path: Path) -> dict[str, list[list[object]]]:
    """Every sheet of the workbook as a reader of spreadsheets sees it."""
    path = tmp_path / "findings.xlsx"
    write_workbook(RESULT, path, names={"999/4001": "Invented Primary"})
    opened = CalamineWorkbook.from_path(str(path))
    return {name: opened.get_sheet_by_name(name).to_python() for name in opened.sheet_names}


def test_the_verdict_is_said_in_a_few_words() -> None:
    assert RESULT.verdict == "1 to fix, 1 to explain"
    assert replace(RESULT, findings=()).verdict == "nothing to fix, nothing to explain"


def test_the_workbook_starts_with_the_verdict_and_counts(sheets: dict[str, list[list[object]]]) -> None:
    top = [row[0] for row in sheets["Summary"]]
    assert top[0] == "1 to fix, 1 to explain"
    assert (
        "Explained: 1" in top
        and "Ask the source: 1" in top
        and "Provisional: 3 (the rule was not seen" in " ".join(map(str, top))
    )
    assert "2 rules gave no answer: see the sheet Rules without answer." in top
    assert ["4400", "fixed", 1.0, 1.0] in [row[:4] for row in sheets["Summary"]]


def test_every_finding_is_in_exactly_one_sheet(sheets: dict[str, list[list[object]]]) -> None:
    names = ("To fix", "To explain", "Explained", "Ask the source")
    assert [len(sheets[name]) - 1 for name in names] == [1, 1, 1, 1]
    shown = dict(zip(sheets["To fix"][0], sheets["To fix"][1], strict=True))
    assert shown["Name of school"] == "Invented Primary"
    assert shown["Values"] == "contract_end = 2010-08-31; post = (empty)"
    assert shown["Owned by"] == "contract_end: payroll"
    assert shown["Line"] == 12


def test_a_rule_that_did_not_run_or_broke_is_shown_with_its_reason(
    sheets: dict[str, list[list[object]]],
) -> None:
    assert sheets["Rules without answer"][1:] == [
        ["4770", "4770", "not run", "no hours in the return"],
        ["4772Q", "4772Q", "broke", "the engine stopped"],
    ]


def test_schools_are_counted_even_when_nothing_is_wrong(sheets: dict[str, list[list[object]]]) -> None:
    assert sheets["Schools"][1] == ["999/4001", "Invented Primary", 1.0, 0.0, 0.0, 0.0]


def test_cells_that_look_like_formulas_are_neutralised(sheets: dict[str, list[list[object]]]) -> None:
    cells = [str(cell) for rows in sheets.values() for row in rows for cell in row]
    assert "'=TCH contract from 2010-09-01" in cells and "'@odd" in cells and "'-right" in cells
    assert not [cell for cell in cells if cell[:1] in "=+@" and cell]


def test_columns_are_as_wide_as_their_content_and_headings_stay_in_sight(tmp_path: Path) -> None:
    write_workbook(RESULT, tmp_path / "findings.xlsx")
    with zipfile.ZipFile(tmp_path / "findings.xlsx") as packed:
        sheet = packed.read("xl/worksheets/sheet2.xml").decode()
    widths = [float(width) for width in re.findall(r'<col [^>]*width="([\d.]+)"', sheet)]
    assert 10 < widths[0] < 14 and 60 < max(widths) < 62
    assert 'state="frozen"' in sheet and "<autoFilter" in sheet
    assert "<f>" not in sheet


def test_a_very_long_list_is_written_row_by_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "_MANY", 1)
    write_workbook(RESULT, tmp_path / "findings.xlsx")
    opened = CalamineWorkbook.from_path(str(tmp_path / "findings.xlsx"))
    assert opened.get_sheet_by_name("To fix").to_python()[1][0] == "999/4001"


@pytest.mark.parametrize("write", [write_workbook, write_csv, write_json])
def test_the_same_result_gives_the_same_bytes(tmp_path: Path, write: Callable[..., None]) -> None:
    write(RESULT, tmp_path / "one")
    write(RESULT, tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_csv_has_one_neutralised_row_per_finding(tmp_path: Path) -> None:
    write_csv(RESULT, tmp_path / "findings.csv")
    with (tmp_path / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 4
    assert rows[0]["record"] == "'=TCH contract from 2010-09-01"
    assert (rows[0]["blocks"], rows[2]["blocks"], rows[1]["provisional"]) == ("yes", "", "yes")


def test_the_json_holds_every_fact_of_a_finding_as_it_is(tmp_path: Path) -> None:
    write_json(RESULT, tmp_path / "findings.json")
    read = json.loads((tmp_path / "findings.json").read_text("utf-8"))
    assert read == findings_json(RESULT)
    assert read["version"] == 1 and read["verdict"]["to_fix"] == 1
    assert read["findings"][0]["record"] == "=TCH contract from 2010-09-01"
    assert read["findings"][0]["values"] == {"contract_end": "2010-08-31", "post": None}


def test_the_reference_describes_every_name_in_the_json() -> None:
    page = Path(__file__).parents[3] / "docs" / "reference" / "findings-json.md"
    described = set(re.findall(r"`(\w+)`", page.read_text("utf-8")))
    document = findings_json(RESULT)
    emitted = {*document, *document["verdict"], *document["findings"][0], *document["rules"][0]}
    assert emitted <= described


def test_the_parquet_holds_the_rows_of_the_csv(tmp_path: Path) -> None:
    write_parquet(RESULT, tmp_path / "findings.parquet")
    write_csv(RESULT, tmp_path / "findings.csv")
    with (tmp_path / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        headings = next(csv.reader(file))
    table = pq.read_table(tmp_path / "findings.parquet")
    assert table.column_names == headings and table.num_rows == 4
    assert table["record"][0].as_py() == "=TCH contract from 2010-09-01"


def test_fingerprints_are_read_from_the_json_and_from_nothing_else(tmp_path: Path) -> None:
    write_json(RESULT, tmp_path / "findings.json")
    assert fingerprints_in(tmp_path / "findings.json") == ["abc123"] * 4
    (tmp_path / "other.json").write_text("[1]")
    with pytest.raises(MusterError, match=r"other\.json is not a file of findings"):
        fingerprints_in(tmp_path / "other.json")
