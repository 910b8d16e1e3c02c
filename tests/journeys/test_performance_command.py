"""The commands that read plans and drafts, on small files of our own."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from tests.command import muster, refused
from tests.journeys.conftest import Anyshire

from muster.cli.console import Console
from muster.cli.demo_quarter import report_on_the_quarter
from muster.performance.quarterly import problems_of, read_snapshot

PLAN = """Ref,Title,Owner,Due,Depends on
5,Children,Director,,
5.1,Safe,Head of service,,
5.1.1,Agree,Team manager,31 March 2010,5.1.2
5.1.2,Sign,Team manager,,5.1.1
"""
INDICATORS = """Plan Ref,Full Definition,Actual 02/03,Target 03/04,Target
5.1,Reduce the percentage of visits missed (LI 7),9.5,8,7
5.1,Increase the percentage seen,50,150,60
5.1,Reduce the percentage of visits missed (LI 7),9.5,8,7
"""


@pytest.fixture
def written(tmp_path: Path):
    """Write a file and say where it is."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_circle_of_links_is_named(written) -> None:
    said = muster("performance", "plan", written("plan.csv", PLAN))
    assert said.code == 1 and "1 area, 1 priority, 2 actions; 1 remark" in said.first_line
    assert "line 5, column 'depends on': circular link. 5.1.1 depends on 5.1.2 depends on 5.1.1" in said.out


def test_what_is_wrong_in_a_table_of_indicators_is_named_and_the_rest_is_read(written) -> None:
    said = muster("performance", "plan", written("indicators.csv", INDICATORS), "--json")
    assert said.code == 1
    assert [(one["about"], one["line"], one["column"]) for one in said.json["remarks"]][:1] == [
        ("target without year", 1, "Target")
    ]
    kinds = {one["about"] for one in said.json["remarks"]}
    assert {"percentage over 100", "target without year", "indicator twice"} <= kinds
    assert [len(one["values"]) for one in said.json["indicators"]] == [2, 1, 2]
    assert (
        said.json["indicators"][0]["families"] == ["LI 7"] and said.json["indicators"][0]["better"] == "lower"
    )


def test_the_lines_are_shown_on_demand(written) -> None:
    said = muster("performance", "plan", written("indicators.csv", INDICATORS), "--lines")
    assert "Reduce the percentage of visits missed" in said.out and "9.5  8" in said.out


def test_a_file_without_a_plan_says_what_to_do(written) -> None:
    told = refused("performance", "plan", written("letter.txt", "Dear all,\nthank you.\n"))
    assert "letter.txt holds no plan, indicators, milestones or money" in told


def test_a_draft_without_defects_ends_with_0(written) -> None:
    said = muster("performance", "draft", written("draft.txt", "1.0 REVIEW\n\nAll is well.\n"))
    assert said.code == 0 and "0 defects; it names no day" in said.out


def test_the_day_of_a_draft_can_be_given(written) -> None:
    draft = written("draft.txt", "1.0 REVIEW\n\nSchools will open by May 2008.\n")
    assert muster("performance", "draft", draft, "--day", "2008-01-01").code == 0
    late = muster("performance", "draft", draft, "--day", "2009-03-31")
    assert late.code == 1 and "line 3: impossible date. 'May 2008' lies before 31 March 2009" in late.out
    assert "--day soon is not a day" in refused("performance", "draft", draft, "--day", "soon")


def test_an_empty_draft_and_one_that_is_not_there_are_refused(written, tmp_path: Path) -> None:
    assert "holds no text" in refused("performance", "draft", written("draft.txt", " \n"))
    assert "none.txt" in refused("performance", "draft", tmp_path / "none.txt")


SNAPSHOT = """
authority   = "Anyshire"
directorate = "Children"
service     = "Support"
year        = "2008/09"
quarter     = 2
[[objectives]]
ref   = "O1"
title = "To learn"
[[milestones]]
objective = "O1"
title     = "Open"
due       = 2008-06-30
comment   = "Held up by the rain of June."
"""


def test_a_report_is_written_in_every_form_and_made_again_from_its_snapshot(written, tmp_path: Path) -> None:
    said = muster("performance", "report", written("report.toml", SNAPSHOT))
    assert said.code == 0 and said.first_line == "0 problems: report.toml"
    names = ("report.html", "report.docx", "report.pdf", "report.csv", "snapshot.json")
    muster("performance", "report", tmp_path / "report" / "snapshot.json", "--out", tmp_path / "again")
    for name in names:
        assert (tmp_path / "report" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
    for name in names[:2]:
        looked_over = muster("performance", "draft", tmp_path / "report" / name)
        assert looked_over.first_line == f"{name}: 0 defects; read as of 30 September 2008"


def test_nothing_is_published_while_a_problem_stands_but_a_draft_may_be(written, tmp_path: Path) -> None:
    snapshot = written("report.toml", SNAPSHOT.replace("Held up by the rain of June.", ""))
    said = muster("performance", "report", snapshot)
    assert said.code == 1 and "nothing was written" in said.first_line
    assert "no commentary. O1 'Open' is red and has no commentary" in said.out
    assert not (tmp_path / "report").exists()
    assert muster("performance", "report", snapshot, "--draft", "--json").json["written"]
    assert "Draft: not approved" in (tmp_path / "report" / "report.html").read_text("utf-8")
    muster("performance", "report", snapshot, "--draft", "--restricted")
    assert "Restricted: shows small numbers" in (tmp_path / "report" / "report.html").read_text("utf-8")


def test_a_snapshot_that_cannot_be_read_is_refused(written) -> None:
    assert "report.toml cannot be read" in refused("performance", "report", written("report.toml", "= ="))
    assert "the report, quarter: 'None' is not a whole number" in refused(
        "performance", "report", written("report.toml", SNAPSHOT.replace("quarter     = 2", ""))
    )


def test_the_quarter_of_the_demo_has_figures_from_its_own_returns(built: Anyshire, tmp_path: Path) -> None:
    shutil.copytree(built.out / "returns", tmp_path / "out" / "returns")
    snapshot = report_on_the_quarter(Console(quiet=True), tmp_path, 2025)
    read = read_snapshot(snapshot)
    assert not read.remarks and not problems_of(read.snapshot)
    assert all(one.computed and one.computed.data for one in read.snapshot.entries)
    figures = json.loads((snapshot.parent / "figures.json").read_text("utf-8"))["figures"]
    [turnover] = [one for one in figures if one["figure"] == "teacher_turnover" and one["return"] == "all"]
    page = snapshot.with_suffix(".html").read_text("utf-8")
    assert f"{turnover['value']}%" in page and "{section" not in page


def test_the_snapshot_of_the_guide_can_be_read(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "how-to" / "report-on-a-plan.md").read_text("utf-8")
    [block] = re.findall(r"^```toml\n(.*?)^```$", guide, re.M | re.S)
    figure = {
        "return": "all",
        "figure": "three_placements",
        "value": 11.9,
        "numerator": 26.0,
        "denominator": 219.0,
    }
    queries = {"three_placements": {"sha256": "b" * 64}}
    stored = {"figures": [figure], "lineage": {"muster": "0.1.0", "data": {}, "queries": queries}}
    (tmp_path / "figures.json").write_text(json.dumps(stored), encoding="utf-8")
    (tmp_path / "report.toml").write_text(block, encoding="utf-8")
    read = read_snapshot(tmp_path / "report.toml")
    assert not read.remarks and len(read.snapshot.entries) == 3
    assert problems_of(read.snapshot) == []


def test_unfilled_places_are_counted_by_phase(written) -> None:
    table = "School,Phase,Capacity,Pupils\n919/2001,primary,120,90\n919/2002,primary,200,250\n"
    table += "919/4001,secondary,900,880\n"
    said = muster("performance", "places", written("places.csv", table))
    assert said.code == 0 and said.first_line == "3 schools; 1 with many places unfilled"
    assert "9.4% (30/320)" in said.out and "919/2001: 30 of 120 places unfilled" in said.out
    odd = muster("performance", "places", written("places.csv", table + "919/4002,secondary,,1\n"), "--json")
    assert odd.code == 1 and odd.json["left_out"][0]["line"] == 5
    assert odd.json["phases"][1] == {
        "phase": "secondary", "unfilled": 20, "places": 900, "schools_with_many_unfilled": 0, "schools": 1
    }  # fmt: skip
