"""Tables of indicators as plans have them: every value as typed, and what cannot be used told with its place."""

from __future__ import annotations

from decimal import Decimal

import pytest
import xlsxwriter

from muster.performance import Light, Period, tagged
from muster.performance.agreement import lights_against_figures
from muster.performance.importing import import_plan
from muster.performance.measure_tables import MeasureTable, read_measures, years_of
from muster.performance.sense import sense_checks
from muster.performance.texts import lines_of

HEADINGS = (
    "Plan Ref",
    "Full Definition",
    "Actual 01/02",
    "Actual 02/03",
    "Forecast 03/04",
    "Target 03/04",
    "Target 04/05",
)


def table_of(*rows: str, headings: tuple[str, ...] = HEADINGS) -> MeasureTable:
    """The measures of rows whose cells are parted by bars."""
    text = "\t".join(headings) + "\n" + "\n".join(row.replace("|", "\t") for row in rows)
    return read_measures(lines_of(text), "plan.txt")


def about(table: MeasureTable) -> list[str]:
    """The kinds of its remarks."""
    return [one.about for one in table.remarks]


def test_a_row_keeps_values_notes_and_reasons_as_they_were_typed() -> None:
    table = table_of("5.1|Reduce the percentage (BVPI 049, LPSA 5)|n/a|4.3 (based on 1999 survey)|4.20|4|3-4")
    [measure] = table.measures
    assert [str(tag) for tag in measure.tags] == ["BVPI 049", "LPSA 5"] and tagged([measure], "LPSA")
    assert measure.unit == "%" and measure.aim and measure.aim.direction == "lower"
    values = measure.values
    assert values[0].amount.missing == "n/a" and values[1].break_note == "based on 1999 survey"
    assert values[2].amount.decimals == 2 and values[4].amount.is_range
    assert (values[2].kind, values[2].period, values[2].place.column) == (
        "forecast",
        Period(2003),
        "Forecast 03/04",
    )
    assert years_of([measure])[0] == Period(2001) and not table.remarks


@pytest.mark.parametrize(
    ("title", "direction", "sure"),
    [
        ("Increase the number of visits", "higher", True),
        ("Decrease the rooms that are unfit", "lower", True),
        ("Children with three placements (BVPI 049)", "lower", True),
        ("Assessments completed", "higher", False),
        ("Children with a key worker", "higher", False),
    ],
)
def test_what_is_better_comes_from_the_wording_the_definition_or_the_targets(
    title: str, direction: str, sure: bool
) -> None:
    [measure] = table_of(f"5.1|{title}|5|6|7|8|9").measures
    assert measure.aim and measure.aim.direction == direction and measure.aim.suggested is not sure


def test_where_nothing_says_what_is_better_that_is_told() -> None:
    assert about(table_of("5.1|Children by mode of travel|n/a|n/a|n/a|100|100")) == ["aim not known"]


def test_a_percentage_over_100_is_named_with_its_column_and_the_rest_is_read() -> None:
    table = table_of(
        "5.1|Increase the percentage|10|20|30|110|50", "5.2|Increase the number|10|20|30|110|120"
    )
    [remark] = table.remarks
    assert (
        str(remark)
        == "plan.txt, line 2, column 'Target 03/04': '110' is a percentage over 100; the value was left out"
    )
    assert [len(one.values) for one in table.measures] == [4, 5]


def test_a_value_that_is_none_is_named_and_the_rest_is_read() -> None:
    table = table_of("5.1|Increase the number|10|some|30|40|50")
    assert "plan.txt, line 2, column 'Actual 02/03': 'some' is not a number" in str(table.remarks[0])
    assert len(table.measures[0].values) == 4


def test_a_target_without_a_year_is_named_with_its_column() -> None:
    table = table_of(
        "5.1|Increase the number|10|40", headings=("Ref", "Definition", "Actual 01/02", "Target")
    )
    assert about(table) == ["target without year"]
    assert "line 1, column 'Target': 'Target' names no year" in str(table.remarks[0])
    assert len(table.measures[0].values) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("5.1|Increase the number of visits|1|2|3|4|5", "5.1|Increase the number of  Visits.|1|2|3|4|5"),
        (
            "5.1|Increase it (BVPI 49)|1|2|3|4|5",
            "5.2|Increase that (BVPI 049)|1|2|3|4|5",
        ),
    ],
)
def test_an_indicator_that_occurs_twice_is_named(first: str, second: str) -> None:
    table = table_of(first, second)
    assert about(table) == ["indicator twice"] and "line 2 already" in str(table.remarks[0])
    assert len(table.measures) == 2


def test_two_indicators_may_share_a_target_of_an_agreement() -> None:
    assert not about(table_of("5.1|Increase one (LPSA 5)|1|2|3|4|5", "5.1|Increase two (LPSA 5)|1|2|3|4|5"))


def test_a_definition_parted_by_a_page_break_is_put_together() -> None:
    text = "Ref ¹\tDescription\tTarget 08/09\tQuarter 4\tProgress\tCommentary\n"
    text += "Corporate Health\t\t\t\t\t\nLI5\tNumber of news\t300\t78\t00 ×\tdone\n\n"
    text += "Ref ¹\tDescription\tTarget 08/09\tQuarter 4\tProgress\tCommentary\n\tstories achieved\t\t\t\t\n"
    text += "Ll21\tService areas\t4\t0\t* ○\t\n"
    table = read_measures(lines_of(text), "review.txt")
    assert [one.title for one in table.measures] == ["Number of news stories achieved", "Service areas"]
    assert [row.light for row in table.rows] == [Light.GREEN, Light.RED]
    assert table.measures[0].values[1].period == Period(2008, "quarter", 4)
    assert "'Ll21' looks like a family with a letter misread" in str(table.remarks[0])
    [differs] = lights_against_figures(table.rows)
    assert (
        "the light is green" in differs.text
        and "gives red; give the figure of the whole year" in differs.text
    )


def test_titles_above_the_headings_and_other_tables_are_passed_over() -> None:
    text = "Performance\t2003\n\t\nPlan Ref\tDefinition\tActual 02/03\n5.1\tIncrease visits\t7\n\nname\tage\nx\t12\n"
    assert len(read_measures(lines_of(text), "plan.txt").rows) == 1


@pytest.mark.parametrize(
    ("row", "kinds"),
    [
        ("5.1|Reduce it|5.1|4.9|4.20|8|8", ["target easier than actual", "target already met"]),
        ("5.1|Increase it|40|50|60|70|69", ["target backwards"]),
        ("5.1|Increase it|83.6|84.6|84.6|80.5|85", ["target easier than actual", "target already met"]),
        ("5.1|Increase it|50|52|53|54|75", ["target step too big"]),
        ("5.1|Increase it|50|52|53|54|56", []),
        ("5.1|Children by mode|50|52|53|52|52", []),
    ],
)
def test_targets_that_make_no_sense_are_told(row: str, kinds: list[str]) -> None:
    assert [one.about for one in sense_checks(table_of(row).measures)] == kinds


def test_a_remark_on_a_target_says_what_it_is_held_to() -> None:
    [first, *_] = sense_checks(table_of("5.1|Reduce it (BVPI 049)|5.1|4.9|4.20|8|8").measures)
    assert "target 8 for 2003/04 is easier than the last actual, 4.9 in 2002/03" in first.text
    assert first.place.column == "Target 03/04"


def test_millions_are_counted_and_shown_as_typed() -> None:
    [measure] = table_of("6.2|Increase visits|0.66m|1.0m|1.3m|1.3m|1.4m").measures
    assert measure.values[0].amount.number == Decimal(660000) and measure.values[0].amount.text == "0.66m"


def test_a_workbook_holds_a_plan_and_its_indicators_on_sheets_of_their_own(tmp_path) -> None:
    path = tmp_path / "plan.xlsx"
    sheets = {
        "Plan": ["ref|title|due", "1|Staff|", "1.1|Keep them|", "1.1.1|Ask leavers|30 April 2031"],
        "Indicators": ["Plan Ref|Definition|Actual 02/03|Target 04/05", "5.1|Increase visits|7|9"],
    }
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row.split("|"))
    found = import_plan(path)
    assert [one.ref for one in found.plan.walk()] == ["1", "1.1", "1.1.1"]
    [measure] = found.measures.measures
    assert (measure.title, [one.amount.text for one in measure.values]) == ("Increase visits", ["7", "9"])
