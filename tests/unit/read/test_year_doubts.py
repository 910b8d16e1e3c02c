"""Files that say no year can be of another, or last year's in the place of this year's."""

from __future__ import annotations

from pathlib import Path

from tests.looked_after_files import EPISODES, HEADER, LOOKED_AFTER, ONE_EPISODE, read_set, table

from muster.read import People, Told, read_file_set, with_previous, year_doubts


def doubts(folder: Path, now: str, last: str = "") -> list[str]:
    """What is said of episodes that begin on these days."""
    people = People(LOOKED_AFTER)
    returns = [
        read_file_set(
            LOOKED_AFTER,
            [table(folder, f"{n}.csv", EPISODES, ONE_EPISODE.replace("01/06/2024", day))],
            Told(2025, "999"),
            people=people,
        )
        for n, day in enumerate((now, last))
        if day
    ]
    if last:
        with_previous(LOOKED_AFTER, *returns)
    return [notice.code for notice in year_doubts(LOOKED_AFTER, returns[0])]


def test_episodes_of_the_year_raise_no_doubt(tmp_path: Path) -> None:
    assert doubts(tmp_path, "01/04/2024") == []
    assert doubts(tmp_path, "31/03/2025", "31/03/2024") == []


def test_episodes_of_another_year_raise_one(tmp_path: Path) -> None:
    assert doubts(tmp_path, "31/03/2024") == ["read.no_date_in_year"]
    assert doubts(tmp_path, "01/04/2025") == ["read.no_date_in_year"]


def test_years_that_changed_places_are_said(tmp_path: Path) -> None:
    assert doubts(tmp_path, "01/06/2023", "01/06/2024") == ["read.years_swapped"]


def test_dates_that_are_none_and_headers_alone_raise_no_doubt(tmp_path: Path) -> None:
    assert doubts(tmp_path, "soon") == []
    assert year_doubts(LOOKED_AFTER, read_set(table(tmp_path, "h.csv", HEADER, "C1,F,,,,,"))) == []
