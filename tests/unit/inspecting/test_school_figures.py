"""Figures for the file of a school: counted from the return, and hidden where they are of few people.

figure  hidden when
count   1 to 5
share   1 to 5 in it, or 1 to 5 not in it
list    1 to 5 in a part or in what is left, and then the next smallest, as the whole is shown
posts   1 to 5 people below it
other   the figure it depends on is hidden, or 1 to 5 people below it
"""

from __future__ import annotations

import pytest
from tests.inspected import YEAR, school

from muster.inspecting import desk_for, figures_for_file
from muster.inspecting.school_figures import publishable
from muster.report.school_file import ExactFigure


def figure(number: float, whole: float | None = None, **more: object) -> ExactFigure:
    named = {"item": "it", "title": "It", "unit": "%" if whole else "people", "decimals": 1, **more}
    return ExactFigure(number=number, whole=whole, **named)  # type: ignore[arg-type]


def shown(*figures: ExactFigure) -> list[float | None]:
    return [one.number for one in publishable(figures)]


@pytest.mark.parametrize(("number", "is_shown"), [(0, True), (1, False), (5, False), (5.8, False), (6, True)])
def test_a_count_of_few_people_is_hidden(number, is_shown) -> None:
    assert (shown(figure(number)) == [number]) is is_shown


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [(6, 12, 50.0), (3, 12, None), (9, 12, None), (0, 12, 0.0), (12, 12, 100.0)],
)
def test_a_share_is_hidden_where_those_in_it_or_those_not_are_few(above, below, expected) -> None:
    assert shown(figure(above, below, list="a")) == [expected]


def test_of_a_list_that_adds_up_the_next_smallest_goes_too() -> None:
    parts = [figure(n, 60, item=f"year {n}", unit="pupils", list="years") for n in (3, 20, 10, 27)]
    assert shown(*parts) == [None, 20, None, 27]


def test_what_is_left_of_a_list_counts_among_its_parts() -> None:
    parts = [figure(n, 60, item=f"sen {n}", unit="pupils", list="sen") for n in (27, 30)]
    assert shown(*parts) == [None, 30]  # three have neither


def test_vacant_posts_are_shown_unless_they_tell_how_few_teach() -> None:
    assert shown(figure(2, 20, counts="posts")) == [10.0]
    assert shown(figure(2, 4, counts="posts")) == [None]


def test_what_one_person_lost_is_hidden_with_that_person() -> None:
    sick = figure(1, 20, item="sick", list="sick")
    days = figure(12, 20, item="days", unit="days", counts="sick")
    assert shown(sick, days) == [None, None]
    assert shown(figure(8, 20, item="sick", list="sick"), days) == [40.0, 0.6]


def test_where_there_is_nobody_that_is_said() -> None:
    [one] = publishable([figure(0, 0, unit="%")])
    assert one.number is None and one.missing == "there is nobody to count"


def test_a_return_of_two_people_gives_no_figure_of_them(tmp_path) -> None:
    found = figures_for_file(desk_for("school_workforce", YEAR).inspect(school(tmp_path)))
    assert [one.item for one in found][:2] == ["teachers", "teachers_fte"]
    assert {one.number for one in found if one.number} == set()
