"""Plans read from text and from tables: the tree, and what is odd in it told and left."""

from __future__ import annotations

from pathlib import Path

import pytest

from muster.performance.plan import Plan
from muster.performance.plan_table import read_actions, read_plan_table
from muster.performance.plan_text import read_plan
from muster.performance.texts import lines_of

TEXT = """
STRATEGIC AREA 5

Providing for children

- 5.1 To keep every child safe**
- 5.2 To work with schools

ACTIONS

5.1 To keep each child safe

- 5.1.1 To agree a protocol with the police.
- a) Write it
    - b) Sign it (linked to 5.2.1)
  - b) Teach it
- h) Review it:
    - i) in spring
    - ii) in autumn
- 5.1.3 To review what the protocol did, see 9.9.
- a) Ask
- c) Tell

5.2 To work with schools
5.2.1 To visit
a) Visit all
b) Write up,
   with the head
h) Follow up
i) Close

PERFORMANCE MEASURES

STRATEGIC AREA 5

5.1 This is in a table of measures
"""


@pytest.fixture
def plan() -> Plan:
    """The plan of the text above."""
    return read_plan(lines_of(TEXT), "plan.txt")


def told(plan: Plan, about: str) -> list[str]:
    """The remarks of a kind."""
    return [str(one) for one in plan.remarks if one.about == about]


def test_a_plan_is_a_tree_of_areas_priorities_actions_and_tasks(plan: Plan) -> None:
    levels = ("area", "priority", "action", "task", "sub-task")
    assert [len(plan.at(level)) for level in levels] == [1, 2, 3, 10, 2]  # type: ignore[arg-type]
    assert plan.areas[0].title == "Providing for children"
    assert [one.ref for one in plan.areas[0].children] == ["5.1", "5.2"]
    assert plan.at("task")[0].place.line == 14


def test_a_letter_that_occurs_twice_is_told_and_both_tasks_stay(plan: Plan) -> None:
    [text] = told(plan, "letter twice")
    assert "line 16: 5.1.1 has a task b) on line 15 already; c) was expected here" in text
    assert [one.title for one in plan.at("action")[0].children][1:3] == [
        "Sign it (linked to 5.2.1)",
        "Teach it",
    ]


def test_letters_and_numbers_out_of_order_are_told(plan: Plan) -> None:
    assert len(told(plan, "letter out of order")) == 3
    assert "5.1.3 stands where 5.1.2 was expected" in told(plan, "number out of order")[0]


def test_a_roman_number_is_a_list_of_its_own_only_where_it_goes_on(plan: Plan) -> None:
    assert [one.ref for one in plan.at("sub-task")] == ["5.1.1h(i)", "5.1.1h(ii)"]
    assert plan.at("task")[-1].ref == "5.2.1i"


def test_two_titles_of_one_priority_are_told(plan: Plan) -> None:
    assert "the title of 5.1 differs from the one on line 6" in told(plan, "two titles")[0]


def test_what_a_plan_mentions_is_a_link_and_one_to_nothing_is_told(plan: Plan) -> None:
    links = [link.to for node in plan.walk() for link in node.links]
    assert links == ["5.2.1", "9.9"]
    assert "5.1.3 mentions 9.9, which the plan does not have" in told(plan, "link to nothing")[0]


def test_lines_below_a_task_belong_to_it(plan: Plan) -> None:
    [task] = [one for one in plan.walk() if one.ref == "5.2.1b"]
    assert task.details == ["with the head"]


def test_an_action_below_another_priority_is_told() -> None:
    odd = TEXT.replace("5.2.1 To visit", "5.2.1 To visit\n6.1.1 To stray\n5.1.4 To be late")
    plan = read_plan(lines_of(odd), "plan.txt")
    assert len(told(plan, "number out of place")) == 2
    assert [one.ref for one in plan.at("priority")[0].children] == ["5.1.1", "5.1.3", "5.1.4"]


TABLE = """Plan of the service,,,,
Ref,Title,Owner,Due,Depends on
5,Children,Director,,
5.1,Safe,Head of service,,
5.1.1,Agree,Team manager,31 March 2010,5.1.2
5.1.2,Sign,Team manager,,"5.1.3"
5.1.3,Teach,Trainer,,"5.1.1, 9.9"
5.1.3a,Book a room,Clerk,,
5.1.3a,Book it again,Clerk,,
five,No number,,,
7.1.1,No place,,,
5.1.4,,,,
"""


@pytest.fixture
def table(tmp_path: Path) -> Plan:
    """The plan of the table above."""
    path = tmp_path / "plan.csv"
    path.write_text(TABLE, encoding="utf-8")
    return read_plan_table(path)


def test_a_plan_in_a_table_has_owners_and_dates(table: Plan) -> None:
    action = table.at("action")[0]
    assert (action.owner, action.due) == ("Team manager", "31 March 2010")
    assert [one.ref for one in table.walk()] == ["5", "5.1", "5.1.1", "5.1.2", "5.1.3", "5.1.3a"]


def test_a_circle_of_links_is_named_with_its_row_and_column(table: Plan) -> None:
    [text] = told(table, "circular link")
    assert text.startswith("plan.csv, line 7, column 'depends on': ")
    assert "5.1.1 depends on 5.1.2 depends on 5.1.3 depends on 5.1.1" in text


def test_rows_that_cannot_be_placed_are_named_and_the_rest_is_read(table: Plan) -> None:
    bad = told(table, "bad row")
    assert [text.partition(", column")[0] for text in bad] == [f"plan.csv, line {n}" for n in (9, 10, 11, 12)]
    assert "5.1.3a is on line 8 already" in bad[0] and "has no title" in bad[3]
    assert "depends on 9.9, which the plan does not have" in told(table, "link to nothing")[0]


def test_a_long_chain_of_links_is_no_circle(tmp_path: Path) -> None:
    rows = [f"5.1.{n},Step {n},5.1.{n + 1}" for n in range(1, 3000)]
    path = tmp_path / "chain.csv"
    path.write_text(
        "\n".join(["Ref,Title,Depends on", "5,A,", "5.1,B,", *rows, "5.1.3000,Last,"]), encoding="utf-8"
    )
    assert not read_plan_table(path).remarks


def test_a_review_lists_recommendations_with_parts_and_tasks() -> None:
    text = "ACTION\tFinish\tResp\n<b>1 Know schools</b>\t\t\n"
    text += "<b>1a – One file</b>\t<b>Jan 2003</b>\t<b>Head of data</b>\n"
    text += "Agree the items\t\t\n1b - Consult\t\t\n\nnot\ta\trow\n"
    plan = read_actions(lines_of(text), "review.txt")
    assert [(one.level, one.ref) for one in plan.walk()] == [
        ("priority", "1"), ("action", "1a"), ("task", "1a.1"), ("action", "1b")
    ]  # fmt: skip
    assert [one.about for one in plan.remarks] == ["no owner", "no finish"]
