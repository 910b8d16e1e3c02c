"""What is published of preferences returns: figures from children's records, a line a school, and what is behind.

Ann got her first choice, Ben his second across the border, Cem none of his; Dan lives elsewhere; Eve is there twice.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.preferences_files import PREFERENCES, child, file_of
from tests.xml_returns import received

from muster.catalogue import load_collection
from muster.model import MusterError, Return
from muster.read import read_xml
from muster.read.register import with_register
from muster.report import behind, indicator_results, published_tables, write_published

ANN = child("ann", [("999", "4001")], ("999", "4001"))
BEN = child("ben", [("999", "4001"), ("998", "4002")], ("998", "4002"))
CEM = child("cem", [("999", "4001")], ("999", "4003"))
DAN = child("dan", [("999", "4001")], ("999", "4001"), HomeLA="998")
EVE = child("eve", [("999", "4003")], None)


@pytest.fixture
def secondary(tmp_path: Path) -> Return:
    return read_xml(PREFERENCES, received(tmp_path, file_of(ANN, BEN, CEM, DAN, EVE, EVE, places=4)))


def figures(one: Return) -> dict[str, tuple[float, float | None]]:
    results = indicator_results(PREFERENCES, 2014, {"999": one}, last_year={}, names={})
    return {
        result.indicator.name: (result.whole.now.numerator, result.whole.now.denominator)
        for result in results
        if result.whole.now
    }


def test_figures_are_of_applicants_of_the_home_authority_each_once(secondary: Return) -> None:
    found = figures(secondary)
    assert found["applicants"] == (4, None)
    assert found["first_preference"] == (1, 4)
    assert found["top_three"] == found["any_preferred"] == (2, 4)
    assert found["not_preferred"] == found["no_offer"] == (1, 4)
    assert found["offers_inside"] == (2, 4) and found["offers_outside"] == (1, 4)
    assert found["pressure"] == (4, 4)


def test_outcomes_add_up_to_the_applicants(secondary: Return) -> None:
    found = figures(secondary)
    parts = ("any_preferred", "not_preferred", "no_offer")
    assert sum(found[name][0] for name in parts) == found["applicants"][0]


def test_what_names_no_school_of_the_register_is_dropped(secondary: Return) -> None:
    with_register(PREFERENCES, secondary, {"999/4001": "A", "998/4002": "B"})
    assert figures(secondary)["applicants"] == (3, None)
    (table,) = published_tables(PREFERENCES, 2014, {"999": secondary})
    assert [row[1:3] for row in table.rows] == [("998", "4002"), ("999", "4001")]


def test_each_school_has_its_preferences_and_offers_by_rank(secondary: Return) -> None:
    (table,) = published_tables(PREFERENCES, 2014, {"999": secondary})
    by_school = {f"{row[1]}/{row[2]}": dict(zip(table.headings, row, strict=True)) for row in table.rows}
    assert by_school["999/4001"]["First preferences"] == 3
    assert by_school["998/4002"]["Offered to second"] == 1
    assert by_school["999/4003"]["Offered, not named"] == 1
    assert sum(line["All offers"] for line in by_school.values()) == 3


def test_a_figure_leads_to_the_lines_of_the_file(secondary: Return) -> None:
    (one,) = behind(PREFERENCES, 2014, {"999": secondary}, "first_preference")
    assert (one.ref, one.record, one.line) == ("999", "applicant ann", 3)


def test_a_figure_that_is_not_there_is_told_with_those_that_are(secondary: Return) -> None:
    with pytest.raises(MusterError, match=r"no figure 'rates' in school preferences .*first_preference"):
        behind(PREFERENCES, 2014, {"999": secondary}, "rates")


def test_everything_is_written_as_csv_and_as_a_workbook(secondary: Return, tmp_path: Path) -> None:
    returns = {"999": secondary}
    results = indicator_results(PREFERENCES, 2014, returns, last_year={}, names={})
    paths = write_published(tmp_path, PREFERENCES, results, published_tables(PREFERENCES, 2014, returns))
    assert [path.name for path in paths] == ["school_preferences.xlsx", "figures.csv", "schools.csv"]
    assert CalamineWorkbook.from_path(paths[0]).sheet_names == ["Figures", "Schools"]
    with paths[1].open(encoding="utf-8-sig", newline="") as file:
        shown = {row["Figure"]: row for row in csv.DictReader(file) if row["Return"] == "All returns"}
    assert shown["Offered their first preference"]["Value"] == "25"
    assert shown["Offered their first preference"]["Denominator"] == "4"


def test_a_collection_without_published_tables_has_none() -> None:
    assert published_tables(load_collection("children_in_need"), 2025, {}) == []
