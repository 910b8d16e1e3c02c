"""Dates, counts, schools and numbers as people read them."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from muster_web.design.fields import DateField
from muster_web.design.figures import Bar, BarChart
from muster_web.design.tables import Column, Ordering
from muster_web.design.wording import school_number

COLUMNS = [Column("Name", ("surname", "-age")), Column("To fix", ("faults",)), Column("State")]


@pytest.mark.parametrize(
    ("filtered", "said"),
    [
        ("day|long_date", "7 November 2013"),
        ("none|long_date", ""),
        ("moment|date_time", "7 November 2013, 9:05am"),
        ("noon|date_time", "7 November 2013, 12:00pm"),
        ("midnight|date_time", "7 November 2013, 12:00am"),
        ("summer|date_time", "1 July 2013, 1:30pm"),
        ("summer|long_date", "1 July 2013"),
        ("school|school_number", "919/4001"),
        ("many|thousands", "1,234,567"),
        ('1|counted:"error"', "1 error"),
        ('0|counted:"error"', "0 errors"),
        ('2|counted:"query"', "2 queries"),
        ('1204|counted:"person,people"', "1,204 people"),
        ('2|counted:"address"', "2 addresses"),
    ],
)
def test_filters_write_as_people_read(filtered: str, said: str) -> None:
    at = dt.datetime(2013, 11, 7, 9, 5)
    known = {
        "day": dt.date(2013, 11, 7), "none": None, "moment": at, "noon": at.replace(hour=12, minute=0),
        "midnight": at.replace(hour=0, minute=0), "school": "9194001", "many": 1234567,
        "summer": dt.datetime(2013, 7, 1, 12, 30, tzinfo=dt.UTC),
    }  # fmt: skip
    assert Template("{% load wording %}{{ " + filtered + " }}").render(Context(known)) == said


def test_a_school_number_is_made_of_its_parts_too() -> None:
    assert school_number(919, 12) == "919/0012"
    assert school_number("not a number") == "not a number"


@pytest.mark.parametrize("typed", [("7", "11", "2013"), ("07", "November", "2013"), ("7", "nov", "2013")])
def test_a_date_is_read_from_three_boxes(typed: tuple[str, ...]) -> None:
    assert DateField().clean(typed) == dt.date(2013, 11, 7)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("7", "", "2013"), "Start date must include a month"),
        (("", "", "2013"), "Start date must include a day and a month"),
        (("31", "2", "2013"), "Start date must be a real date, like 7 11 2013, not 31/2/2013"),
        (("x", "y", "z"), "Start date must be a real date, like 7 11 2013, not x/y/z"),
    ],
)
def test_a_date_that_is_none_is_refused(typed: tuple[str, ...], said: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        DateField(label="Start date").clean(typed)
    assert refused.value.messages == [said]


def test_a_date_may_be_left_out_where_it_need_not_be_given() -> None:
    assert DateField(required=False).clean(("", "", "")) is None


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        ("", ("faults",)),
        ("sort=name", ("surname", "-age")),
        ("sort=-name", ("-surname", "age")),
        ("sort=password", ("faults",)),
        ("sort=state", ("faults",)),
        ("sort=-to-fix", ("-faults",)),
    ],
)
def test_a_table_is_sorted_by_columns_only(asked: str, fields: tuple[str, ...]) -> None:
    assert Ordering(COLUMNS, QueryDict(asked), default="to-fix").order_by == fields


def test_a_heading_sorts_the_other_way_and_keeps_the_filter() -> None:
    name, faults, state = Ordering(COLUMNS, QueryDict("q=ab&page=3&sort=name")).headings
    assert (name.aria_sort, name.href) == ("ascending", "?q=ab&sort=-name")
    assert (faults.aria_sort, faults.href) == ("none", "?q=ab&sort=to-fix")
    assert (state.aria_sort, state.href) == ("", "")


def test_the_longest_bar_fills_the_chart() -> None:
    chart = BarChart("Findings", (Bar("a", 200), Bar("b", 50, shown="fifty")))
    assert [(said, length) for _, said, length in chart.rows()] == [("200", "100.0"), ("fifty", "25.0")]


def test_a_chart_of_nothing_has_no_bars() -> None:
    assert BarChart("Findings", (Bar("a", 0),)).rows()[0][2] == "0.0"
