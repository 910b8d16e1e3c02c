"""Bank holidays are days off, in order, for every year a collection can ask about."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import tomli

from muster.catalogue import CATALOGUE
from muster.model import Collection


@pytest.fixture(scope="module")
def holidays() -> dict[date, tuple[str, str]]:
    """Title and source of each day."""
    data = tomli.loads((CATALOGUE / "bank_holidays.toml").read_text(encoding="utf-8"))
    rows = ([cell.strip() for cell in line.split("|")] for line in data["days"].strip().splitlines()[1:])
    return {date.fromisoformat(day): (title, source) for day, title, source, _confidence in rows}


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian rule, to check Good Friday and Easter Monday independently."""
    century, within = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (within // 4) - moon - within % 4) % 7
    shift = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@pytest.mark.real_data
def test_the_days_from_2012_are_those_published(
    shared_data: Path, holidays: dict[date, tuple[str, str]]
) -> None:
    published = json.loads((shared_data / "data" / "ref" / "bank-holidays.json").read_text(encoding="utf-8"))
    days = {date.fromisoformat(event["date"]) for event in published["england-and-wales"]["events"]}
    assert {day for day, (_, source) in holidays.items() if source == "published"} == days


def test_the_days_are_in_order_and_none_falls_on_a_weekend(holidays: dict[date, tuple[str, str]]) -> None:
    assert list(holidays) == sorted(holidays)
    assert [day for day in holidays if day.isoweekday() > 5] == []


def test_every_year_of_the_collection_and_the_year_before_it_has_its_eight_days(
    holidays: dict[date, tuple[str, str]], collection: Collection
) -> None:
    for year in (min(collection.years) - 1, *collection.years):
        assert sum(day.year == year for day in holidays) >= 8, year


def test_good_friday_and_easter_monday_follow_the_moon(holidays: dict[date, tuple[str, str]]) -> None:
    for year in sorted({day.year for day in holidays}):
        days = {title: day for day, (title, _) in holidays.items() if day.year == year}
        assert (easter(year) - days["Good Friday"]).days == 2
        assert (days["Easter Monday"] - easter(year)).days == 1


def test_what_was_not_published_is_before_2012(holidays: dict[date, tuple[str, str]]) -> None:
    assert {day.year for day, (_, source) in holidays.items() if source == "own"} == {2009, 2010, 2011}
