"""Terms of a termly collection: how they are written, what is in force in which, and the days they have."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from muster.catalogue import catalogue_folders, collection_called, collection_names, load_collection
from muster.engines import start_engine
from muster.model import TERMS, MusterError, Terms
from muster.sample._census_shape import PHASES

CENSUS = load_collection("school_census")


@pytest.mark.parametrize(
    ("text", "spring", "summer", "autumn"),
    [
        ("", "every year", "every year", "every year"),
        ("spring", "every year", "no year", "no year"),
        ("spring summer", "every year", "every year", "no year"),
        ("from autumn 2014", "2015-", "2015-", "2014-"),
        ("from spring 2014", "2014-", "2014-", "2014-"),
        ("from summer 2014", "2015-", "2014-", "2014-"),
        ("to summer 2018", "-2018", "-2018", "-2017"),
        ("autumn to autumn 2016", "no year", "no year", "-2016"),
        ("spring to spring 2018, from autumn 2018", "every year", "2019-", "2018-"),
        ("spring from autumn 2014 to summer 2015", "2015", "no year", "no year"),
        ("spring from autumn 2014 to autumn 2014", "no year", "no year", "no year"),
    ],
)
def test_terms_say_the_calendar_years_of_each_term(text: str, spring: str, summer: str, autumn: str) -> None:
    terms = Terms.parse(text)
    assert [str(terms.years(term)) for term in TERMS] == [spring, summer, autumn]
    assert Terms.parse("" if str(terms) == "every term" else str(terms)) == terms


@pytest.mark.parametrize("text", ["winter", "spring 2014", "from 2014", "from autumn", "spring; summer"])
def test_what_names_no_term_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no term"):
        Terms.parse(text)


def test_returns_are_of_the_collection_of_a_term() -> None:
    assert "school_census" in catalogue_folders()
    assert [name for name in collection_names() if name.startswith("school_census")] == [
        f"school_census_{term}" for term in TERMS
    ]
    assert collection_called("SC", "SPR") == "school_census_spring"
    assert collection_called("SC", "XXX") == "school_census"


def test_a_census_of_no_term_is_not_checked() -> None:
    with pytest.raises(MusterError, match="name one of school_census_spring"):
        start_engine("sqlite", CENSUS, 2014)


def test_an_item_is_collected_in_its_terms_and_stays_a_column_in_the_others() -> None:
    years = {term: load_collection(f"school_census_{term}").tables["pupils"].items for term in TERMS}
    assert 2014 in years["spring"]["ethnicity"].years
    assert 2014 not in years["autumn"]["ethnicity"].years
    assert [2014 in years[term]["top_up"].years for term in TERMS] == [True, True, True]
    assert 2013 not in years["autumn"]["top_up"].years


def test_an_element_is_written_where_its_item_is_collected() -> None:
    def years(term: str, *path: str) -> list[str]:
        message = load_collection(f"school_census_{term}").message
        return [str(one.years) for at, one in message.walk() if at[-len(path) :] == path]

    assert years("spring", "PupilCharacteristics", "Ethnicity") == ["every year"] * 2
    assert years("summer", "PupilCharacteristics", "Ethnicity") == ["no year"] * 2
    assert years("spring", "PupilCharacteristics", "AdoptedFromCare") == ["2014"] * 2
    assert years("autumn", "PupilCharacteristics", "PLAA") == ["2014-"] * 2
    assert years("summer", "School", "Classes") == ["no year"]


def test_the_offer_rounds_of_preferences_are_parts_of_a_year_too() -> None:
    whole, primary = load_collection("school_preferences"), load_collection("school_preferences_primary")
    assert (whole.is_of_no_term, CENSUS.is_of_no_term) == (False, True)
    assert [whole.facts_by_term[part][2014].census_day for part in whole.terms] == [
        date(2014, 3, 3),
        date(2014, 4, 16),
    ]
    assert [rule.id for rule in primary.rules_in(2014)] == [rule.id for rule in whole.rules_in(2014)]
    assert collection_called("Preferences", "S") == "school_preferences_secondary"


def easter(year: int) -> date:
    """Easter Sunday by the Gauss rule for the Gregorian calendar."""
    a, b, c = year % 19, year % 4, year % 7
    k = year // 100
    p, q = (13 + 8 * k) // 25, k // 4
    m, n = (15 - p + k - q) % 30, (4 + k - q) % 7
    d = (19 * a + m) % 30
    e = (2 * b + 4 * c + 6 * d + n) % 7
    day = date(year, 3, 22) + timedelta(days=d + e)
    return (
        day - timedelta(days=7) if day == date(year, 4, 26) or (day == date(year, 4, 25) and d == 28) else day
    )


def thursday(year: int, month: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 7 * (number - 1))


def test_the_days_kept_are_those_of_the_pattern_and_of_easter() -> None:
    assert (easter(2013), easter(2014), easter(2024)) == (
        date(2013, 3, 31),
        date(2014, 4, 20),
        date(2024, 3, 31),
    )
    for year in CENSUS.years:
        autumn, spring, summer = (CENSUS.facts_by_term[term][year] for term in ("autumn", "spring", "summer"))
        assert autumn.census_day == thursday(year, 10, 1)
        assert spring.census_day == thursday(year, 1, 3)
        assert summer.census_day == thursday(year, 5, 3)
        assert summer.constants["term_from"] == easter(year) + timedelta(days=1)
        assert summer.constants["attendance_to"] == easter(year)
        assert autumn.constants["attendance_from"] == summer.constants["term_from"]
        assert spring.constants["attendance_to"] == date(year - 1, 12, 31)
        assert spring.constants["fsm_from"] == thursday(year - 1, 10, 1) + timedelta(days=1)
        assert autumn.constants["age_day"] == date(year, 8, 31)
        assert spring.constants["age_day"] == date(year - 1, 8, 31)


def test_windows_of_exclusions_are_those_seen() -> None:
    def window(term: str, year: int) -> tuple[object, object]:
        constants = CENSUS.facts_by_term[term][year].constants
        return constants["exclusions_from"], constants["exclusions_to"]

    assert window("autumn", 2013) == (date(2013, 1, 1), date(2013, 3, 31))
    assert window("spring", 2014) == (date(2013, 4, 1), date(2013, 8, 31))
    assert window("summer", 2014) == (date(2013, 8, 1), date(2013, 12, 31))
    assert window("autumn", 2025) == (date(2025, 1, 1), date(2025, 7, 31))


def test_early_years_windows_are_those_published_for_2023_24() -> None:
    constants = CENSUS.facts_by_term["autumn"][2023].constants
    assert (constants["threes_from"], constants["threes_to"]) == (date(2019, 9, 1), date(2020, 8, 31))
    constants = CENSUS.facts_by_term["summer"][2024].constants
    assert (constants["threes_to"], constants["fours_from"]) == (date(2021, 3, 31), date(2019, 4, 1))


def test_phases_named_anywhere_are_phases() -> None:
    known = {code.code for code in CENSUS.code_sets["phase"].codes}
    named = {phase for rule in CENSUS.rules for phase in rule.phases}
    named |= {p for table in CENSUS.tables.values() for item in table.items.values() for p in item.phases}
    assert named <= known == set(PHASES)
