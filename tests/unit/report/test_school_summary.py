"""The school summary, counted by hand from the school in conftest.py."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from muster.model import Collection, MusterError, Return
from muster.report import SchoolSummary, school_summary
from muster.report._summary_setting import summary_setting

School = Callable[..., Return]


@pytest.fixture
def summary(collection: Collection, a_school: School) -> SchoolSummary:
    """The summary of the school as it is."""
    return school_summary(collection, a_school(), school_name="Invented High School")


def rows(summary: SchoolSummary, name: str) -> dict[str, tuple[str, ...]]:
    """The rows of one table by label; of several equal labels the first."""
    body = next(table.body for table in summary.tables if table.name == name)
    found: dict[str, tuple[str, ...]] = {}
    for row in body.rows:
        found.setdefault(row.label, row.cells)
    return found


def test_the_figures_at_the_top_are_those_of_regular_service(summary: SchoolSummary) -> None:
    assert [figure.number for figure in summary.figures] == ["7", "4", "2", "1.50"]
    assert summary.title == "School workforce census 2025: summary for Invented High School"


def test_staff_are_counted_by_the_category_of_their_contracts(summary: SchoolSummary) -> None:
    assert rows(summary, "staff_records") == {
        "Staff records": ("3", "1", "1", "1", "1", "7"),
        "with an open contract or agreement": ("2", "1", "1", "1", "0", "5"),
        "with any contract or agreement": ("3", "1", "1", "1", "0", "6"),
    }


def test_the_column_for_unknown_categories_is_left_out_where_it_is_empty(
    collection: Collection, a_school: School, summary: SchoolSummary
) -> None:
    known = school_summary(collection, a_school(members=[{"member_id": 1}], contracts=[]))
    assert "Not known" in next(t for t in known.tables if t.name == "staff_records").body.columns
    assert "Not known" not in next(t for t in summary.tables if t.name == "contract_types").body.columns


def test_an_item_is_missing_only_where_it_is_expected(summary: SchoolSummary) -> None:
    missing = rows(summary, "missing_details")
    assert missing["Teacher number"] == ("1", "0", "–", "–", "1")
    assert missing["Ethnicity"] == ("1", "0", "1", "1", "3")
    contracts = rows(summary, "missing_contract_data")
    assert contracts["Base pay"] == ("0", "1", "0", "1", "2")
    assert contracts["Paid by daily rate"] == ("–", "0", "–", "–", "0")
    assert "Base pay is missing on 2 open contracts" in summary.missing


def test_a_status_is_yes_no_or_not_given(summary: SchoolSummary) -> None:
    body = next(table.body for table in summary.tables if table.name == "qualified_status")
    assert next(row.label for row in body.rows if row.kind == "group") == "Qualified teacher status (QTS)"
    assert [row.cells[0] for row in body.rows[1:4]] == ["2", "1", "0"]
    assert [row.cells[0] for row in body.rows[-3:]] == ["0", "1", "2"]


def test_a_code_that_is_not_in_force_is_shown_as_such(summary: SchoolSummary) -> None:
    ethnicity = rows(summary, "ethnicity")
    assert ethnicity["XXXX (not a code of 2025)"][-1] == "1"
    assert ethnicity["Not given"][-1] == "4" and ethnicity["All staff"][-1] == "7"


def test_regular_service_leaves_out_contracts_of_under_28_days(summary: SchoolSummary) -> None:
    served = rows(summary, "regular_service")
    assert served["Teachers"] == ("2", "1.50", "2")
    assert served["Head teacher"] == ("1", "1.00", "1")
    assert served["All staff"] == ("4", "2.30", "4")
    assert "Other support staff" not in served


def test_a_contract_from_1_to_28_november_is_regular_and_one_to_27_november_is_not(
    collection: Collection, a_school: School
) -> None:
    def served(end: str) -> str:
        contract = {"member_id": 1, "contract_id": 1, "post": "TCM", "contract_type": "TMP"}
        dates = {"contract_start": "2025-11-01", "contract_end": end}
        made = school_summary(collection, a_school(contracts=[contract | dates]))
        return made.figures[1].number

    assert (served("2025-11-28"), served("2025-11-27")) == ("1", "0")


def test_pay_is_averaged_by_group_and_as_if_full_time(summary: SchoolSummary) -> None:
    pay = rows(summary, "pay")
    leaders = ("1", "1", "£80,000", "£80,000", "£80,000", "£80,000")
    assert pay["Head, deputy and assistant head teachers"] == leaders
    assert pay["Other teachers"] == ("1", "1", "£20,000", "£20,000", "£20,000", "£40,000")
    assert pay["Other support staff"] == ("1", "0", "–", "–", "–", "–")


def test_pay_reviews_are_counted_by_school_year(summary: SchoolSummary) -> None:
    review = rows(summary, "pay_review")
    assert review["2025 to 2026"] == review["2024 to 2025"] == ("1",)
    assert review["Not given or not a date"] == ("0",)


@pytest.mark.parametrize(
    ("table", "label", "cells"),
    [
        ("daily_rate", "All service agreements", ("1",)),
        ("support_roles", "Teaching Assistant", ("1", "0.80")),
        ("support_roles", "All support staff", ("2", "1.80")),
        ("third_party", "Cover Supervisor", ("3",)),
        ("sickness", "Both", ("1", "2", "2.5", "1")),
        ("other_absence", "Training", ("1", "1", "1.0", "0")),
        ("curriculum_staff", "Year 7", ("1", "1", "0")),
        ("curriculum_hours", "All year groups", ("5.50", "1.00", "0.00")),
        ("vacancies", "All vacancies", ("2", "1", "2")),
        ("occasional_teachers", "With qualified status", ("2",)),
        ("qualifications", "No qualification given", ("1", "1", "1", "1", "1", "5")),
    ],
)
def test_each_other_table_counts_what_it_says(
    summary: SchoolSummary, table: str, label: str, cells: tuple[str, ...]
) -> None:
    assert rows(summary, table)[label] == cells


def test_a_change_is_pointed_out_when_it_is_large_in_share_and_in_number(
    collection: Collection, a_school: School
) -> None:
    before = a_school(2024, members=[{"member_id": number} for number in range(1, 5)])
    made = school_summary(collection, a_school(), previous=before)
    by_label = {change.label: change for change in made.changes}
    assert by_label["Staff records"].words == "Up by 75%"
    assert (by_label["Staff records"].difference, by_label["Staff records"].last_year) == ("+3", "4")
    assert by_label["Other support staff"].words == ""
    assert made.previous_year == 2024 and by_label["Staff records"] in made.large_changes


def test_without_a_return_of_last_year_nothing_is_compared(summary: SchoolSummary) -> None:
    assert summary.changes == () and summary.previous_year is None


def letters(collection: Collection, return_: Return) -> dict[str, tuple[str, bool]]:
    made = school_summary(collection, return_)
    return {table.name: (table.letter, table.provisional) for table in made.tables}


def test_letters_follow_the_year_and_say_where_they_are_provisional(
    collection: Collection, a_school: School
) -> None:
    by_year = {year: letters(collection, a_school(year)) for year in (2013, 2014, 2017, 2023)}
    assert by_year[2013]["staff_records"] == ("", False)
    assert by_year[2014]["staff_records"] == ("A", False) and by_year[2014]["ethnicity"] == ("", False)
    assert by_year[2017]["curriculum_hours"] == ("Q", False)
    assert by_year[2023]["curriculum_hours"] == ("R", False) and by_year[2023]["ethnicity"] == ("E", True)


def test_tables_that_were_not_collected_are_named(collection: Collection, a_school: School) -> None:
    made = school_summary(collection, a_school(2020))
    assert "Pay review dates of teachers" in made.not_collected
    assert "sickness" not in {table.name for table in made.tables}


def test_a_part_that_the_file_leaves_out_is_said(collection: Collection, a_school: School) -> None:
    header: dict[str, object] = {"lea": "999", "estab": "4001", "absences_included": "false"}
    made = school_summary(collection, a_school(returns=[header | {"return_id": 1}]))
    table = next(table for table in made.tables if table.name == "sickness")
    assert table.absent == "The file says that this part is not in it (Absences included: no)."
    assert {row.label: row.cells for row in made.modules.rows}["Absences included"] == ("no",)


def test_an_authority_counts_its_psychologists_and_no_vacancies(
    collection: Collection, a_school: School
) -> None:
    counted: list[dict[str, object]] = [{"full_time": "3", "part_time": "2", "full_time_equivalent": "1.4"}]
    made = school_summary(collection, a_school(estab=None, educational_psychologists=counted))
    assert (made.school, made.signatory) == ("The authority's own return", "responsible officer")
    assert "vacancies" not in {table.name for table in made.tables}
    assert list(rows(made, "educational_psychologists").values()) == [
        ("3",),
        ("2",),
        ("1.40",),
    ]


@pytest.mark.parametrize("year", range(2010, 2026))
def test_every_year_has_a_summary_of_an_empty_return(
    collection: Collection, a_school: School, year: int
) -> None:
    nothing: dict[str, list[dict[str, object]]] = {
        name: [] for name in collection.tables if name != "returns"
    }
    made = school_summary(collection, a_school(year, **nothing))
    assert made.tables and made.figures[0].number == "0"


def test_a_collection_without_a_summary_is_refused_in_words() -> None:
    with pytest.raises(MusterError, match="has no school summary"):
        summary_setting("no_such_collection")
