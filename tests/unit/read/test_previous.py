"""Last year's return stands beside this year's, under the same children."""

from __future__ import annotations

from pathlib import Path

from tests.looked_after_files import EPISODES, HEADER, LOOKED_AFTER, ONE_EPISODE, table
from tests.xml_returns import column

from muster.model import Return
from muster.read import People, Told, read_file_set, tables_compared, with_previous


def both(folder: Path, now: list[str], last: list[str]) -> Return:
    """This year's return of episodes, with last year's beside it."""
    people = People(LOOKED_AFTER)
    one = read_file_set(
        LOOKED_AFTER, [table(folder, "now.csv", EPISODES, *now)], Told(2025, "999"), people=people
    )
    before = read_file_set(
        LOOKED_AFTER, [table(folder, "last.csv", EPISODES, *last)], Told(2025, "999"), people=people
    )
    with_previous(LOOKED_AFTER, one, before)
    return one


def test_a_child_of_both_years_has_one_key(tmp_path: Path) -> None:
    other = ONE_EPISODE.replace("C1", "C2")
    one = both(tmp_path, [ONE_EPISODE], [other, ONE_EPISODE])
    assert column(one, "children", "child") == ["C1", "C2"]
    assert one.tables["episodes"].keys["child_id"] == [1]
    assert one.tables["episodes_last"].keys["child_id"] == [2, 1]


def test_what_last_year_did_not_bring_stays_absent(tmp_path: Path) -> None:
    one = both(tmp_path, [ONE_EPISODE], [ONE_EPISODE])
    assert "episodes_last" not in one.absent
    assert one.absent["header_last"] == "last year's return: the set has no file of header"


def test_a_table_of_last_year_that_nothing_is_compared_with_is_not_read(tmp_path: Path) -> None:
    reviews = table(tmp_path, "reviews.csv", "CHILD,DOB,REVIEW,REVIEW_CODE", "C9,,01/06/2023,PN1")
    episodes = table(tmp_path, "episodes.csv", EPISODES, ONE_EPISODE)
    only = tables_compared(LOOKED_AFTER)
    last = read_file_set(LOOKED_AFTER, [reviews, episodes], Told(2025, "999"), only=only)
    assert "episodes" in only and "reviews" not in only
    assert column(last, "children", "child") == ["C1"] and len(last.tables["reviews"]) == 0


def test_a_finding_in_last_years_rows_names_their_file(tmp_path: Path) -> None:
    assert both(tmp_path, [ONE_EPISODE], [ONE_EPISODE]).tables["episodes_last"].file_of(0) == "last.csv"


def test_a_table_of_one_year_is_not_mixed_with_the_other(tmp_path: Path) -> None:
    people = People(LOOKED_AFTER)
    read_file_set(LOOKED_AFTER, [table(tmp_path, "h.csv", HEADER, "C9,F,,,,,")], Told(2025), people=people)
    assert len(both(tmp_path, [ONE_EPISODE], []).tables["episodes_last"]) == 0
