"""The derived tables of looked-after children hold what their titles say, on both engines."""

from __future__ import annotations

from datetime import date

import pytest

from muster.catalogue import load_collection
from tests.rules.test_derived import assert_true_of_the_rows_that_fail

YEAR = 2025
LOOKED_AFTER = load_collection("looked_after")
EPISODES = """
episode_id | child_id | decom      | dec        | rec | ls | previous | period | days
A1         | A        | 2024-05-01 | 2024-06-01 | X1  | L1 |          | 1      | 31
A3         | A        | 2024-06-11 |            |     | L1 | A2       | 2      | 293
A2         | A        | 2024-06-01 | 2024-06-10 | E4A | J2 | A1       | 1      | 9
B1         | B        | 2024-05-01 | 2024-05-03 | X1  | L1 |          | 1      | 5
B2         | B        | 2024-05-03 | 2024-05-06 | X1  | L1 | B1       | 1      | 5
B3         | B        | 2024-05-05 |            |     | L1 | B2       | 1      | 330
B4         | B        | 2024-07-05 | 2024-07-06 |     | L2 | B3       | 1      | 1
C1         | C        | 2024-05-01 |            |     | C2 |          | 1      |
C2         | C        |            |            |     | C2 |          |        |
"""


def asked(question: str, column: str, answer: str) -> None:
    """Hold a question to the episodes of which a column gives the answer."""
    heading, *rows = [[cell.strip() for cell in line.split("|")] for line in EPISODES.strip().splitlines()]
    kept = [n for n, name in enumerate(heading) if name not in ("previous", "period", "days")]
    drawn = [" | ".join([*(heading[n] for n in kept), "?"])]
    for row in rows:
        verdict = "fails" if row[heading.index(column)] == answer else "ok"
        drawn.append(" | ".join([*(row[n] for n in kept), verdict]))
    assert_true_of_the_rows_that_fail(LOOKED_AFTER, question, {"episodes": "\n".join(drawn)}, year=YEAR)


@pytest.mark.parametrize(
    ("before", "decom", "dec"),
    [
        ("A1", "2024-05-01", "2024-06-01"),
        ("A2", "2024-06-01", "2024-06-10"),
        ("B2", "2024-05-03", "2024-05-06"),
    ],
)
def test_an_episode_knows_the_one_before_it_in_order_of_days(before: str, decom: str, dec: str) -> None:
    question = f"""exists (select 1 from numbered_episodes n where n.episode_id = this.episode_id
                           and n.previous_decom = date '{decom}' and n.previous_dec = date '{dec}')"""
    asked(question, "previous", before)


def test_the_first_episode_has_none_before_it_and_one_without_a_day_has_no_place() -> None:
    asked("""this.decom is null or exists (select 1 from numbered_episodes n
             where n.episode_id = this.episode_id and n.number = 1 and n.previous_episode_id is null)""",
          "previous", "")  # fmt: skip


@pytest.mark.parametrize("period", ["1", "2"])
def test_a_period_of_care_ends_where_the_next_episode_starts_later(period: str) -> None:
    asked(f"""exists (select 1 from episode_periods p where p.episode_id = this.episode_id and p.period = {period})""",
          "period", period)  # fmt: skip


@pytest.mark.parametrize("days", ["31", "9", "293", "5", "330", "1"])
def test_a_run_of_one_legal_status_is_counted_over_its_episodes(days: str) -> None:
    asked(f"""exists (select 1 from legal_status_steps s join legal_status_runs r
                      on r.child_id = s.child_id and r.run = s.run
                      where s.episode_id = this.episode_id and r.days = {days})""", "days", days)  # fmt: skip


def test_a_legal_status_that_may_last_for_years_has_no_run() -> None:
    asked("""not exists (select 1 from legal_status_steps s join legal_status_runs r
                          on r.child_id = s.child_id and r.run = s.run
                          where s.episode_id = this.episode_id)""", "days", "")  # fmt: skip


TWELVE_MONTHS = """
child_id | decom          | dec            | rne | rec | ls | ?
A        | $year_start    |                | S   |     | C2 | fails
B        | $year_start+1d |                | S   |     | C2 | ok
C        | 2020-01-01     | $year_end      | S   | E4A | C2 | fails
D        | 2020-01-01     | $year_end-1d   | S   | E4A | C2 | ok
E        | 2020-01-01     | $year_end-1d   | S   | X1  | C2 | fails
F        | 2020-01-01     | $year_start-1d | S   | E4A | C2 | ok
G        | 2020-01-01     | $year_start    | S   | E4A | C2 | ok
H        | 2020-01-01     |                | S   |     | V3 | ok
I        | 2020-01-01     |                | P   |     |    | fails
J        |                |                | S   |     | C2 | ok
"""


def test_looked_after_for_twelve_months_is_without_a_start_an_end_or_short_breaks_in_the_year() -> None:
    children = "\n".join(["child_id", *"ABCDEFGHIJ"])
    question = "exists (select 1 from looked_after_12_months k where k.child_id = this.child_id)"
    assert_true_of_the_rows_that_fail(
        LOOKED_AFTER, question, {"episodes": TWELVE_MONTHS, "children": children}, year=YEAR
    )


CLOSING = """
child_id | decom      | dec        | ?
A        | 2023-05-01 | 2023-06-01 | ok
A        | 2023-06-01 |            | fails
B        | 2023-06-01 |            | fails
B        | 2023-05-01 |            | ok
C        |            |            | ok
D        | 2023-05-01 | 2023-06-01 | ok
D        | 2023-05-01 |            | fails
"""


def test_the_closing_episode_of_last_year_is_the_latest() -> None:
    question = "exists (select 1 from closing_episodes_last c where c.episode_last_id = this.episode_last_id)"
    assert_true_of_the_rows_that_fail(LOOKED_AFTER, question, {"episodes_last": CLOSING}, year=YEAR)


@pytest.mark.parametrize(
    ("dob", "age"), [("2014-04-01", 10), ("2014-04-02", 9), ("2008-02-29", 16), ("2013-04-01", 11)]
)
def test_an_age_is_in_complete_years_on_the_first_day_of_the_year(dob: str, age: int) -> None:
    start = LOOKED_AFTER.facts[YEAR].constants["year_start"]
    assert start == date(2024, 4, 1)
    question = (
        f"exists (select 1 from child_details d where d.child_id = this.child_id and d.age_at_start = {age})"
    )
    table = f"child_id | dob | ?\nA | {dob} | fails\nB | 1999-01-01 | ok\nC | | ok"
    assert_true_of_the_rows_that_fail(LOOKED_AFTER, question, {"header": table}, year=YEAR)


@pytest.mark.parametrize("sex", ["M", "F", "U"])
def test_sex_is_a_letter_in_every_year(sex: str) -> None:
    question = f"exists (select 1 from child_details d where d.child_id = this.child_id and d.sex = '{sex}')"
    rows = [("1", "M"), ("2", "F"), ("M", "M"), ("F", "F"), ("U", "U"), ("", "")]
    table = "\n".join(
        ["sex | ?", *(f"{given} | {'fails' if meant == sex else 'ok'}" for given, meant in rows)]
    )
    assert_true_of_the_rows_that_fail(LOOKED_AFTER, question, {"header": table}, year=YEAR)
