"""What a cell says, given the item of its column: codes, units, suppressed text and what does not fit."""

from __future__ import annotations

import pytest

from muster.model import Collection
from muster.read._cells import CellReader, Reading
from muster.read.mapping import Column


def reading(collection: Collection, place: str, text: str, *, year: int = 2025, **options: object) -> Reading:
    table, _, name = place.partition(".")
    item = collection.tables[table].items[name]
    words = options.pop("words", {})
    column = Column("Heading", table, item, **options)  # type: ignore[arg-type]
    code_set = collection.code_sets.get(item.codes) if item.codes else None
    return CellReader(column, item, year, code_set, words).read(text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["TCHR", "tchr", "Classroom Teacher", "TCHR - Classroom Teacher", "Classroom teacher (TCHR)"]
)
def test_a_code_is_known_by_itself_by_its_title_and_by_both(collection: Collection, text: str) -> None:
    assert reading(collection, "roles.role", text) == Reading("TCHR")


def test_the_suppliers_word_wins_over_a_title_and_a_code_over_the_word(collection: Collection) -> None:
    words = {"female": "U", "f": "U"}
    assert reading(collection, "members.sex", "Female", words=words).text == "U"
    assert reading(collection, "members.sex", "F", words=words).text == "F"


@pytest.mark.parametrize(("year", "code"), [(2013, "2"), (2022, "2"), (2023, "F")])
def test_a_title_means_the_code_of_the_year(collection: Collection, year: int, code: str) -> None:
    assert reading(collection, "members.sex", "Female", year=year).text == code


def test_a_letter_that_is_a_code_of_the_item_is_not_suppressed(collection: Collection) -> None:
    assert reading(collection, "curriculum.year_group", "X") == Reading("X")
    assert reading(collection, "members.ethnicity", "x") == Reading(None, suppressed=True)


def test_a_code_with_a_zero_too_many_is_the_code(collection: Collection) -> None:
    assert reading(collection, "qualifications.class_of_degree", "01").text == "1"


def test_a_set_that_is_a_pattern_takes_what_the_pattern_takes(collection: Collection) -> None:
    assert reading(collection, "qualifications.subject_1", "g100") == Reading("G100")
    assert reading(collection, "qualifications.subject_1", "Maths") == Reading("Maths", fits=False)


@pytest.mark.parametrize(
    ("options", "text", "hours"),
    [
        ({"unit": "hundredths"}, "1600", "16.00"),
        ({"unit": "fte", "full_time": "32.5"}, "0.6", "19.50"),
        ({"default": "37"}, "", "37.00"),
        ({"unit": "hundredths"}, "all week", "all week"),
    ],
)
def test_units_are_turned_into_hours(
    collection: Collection, options: dict[str, object], text: str, hours: str
) -> None:
    assert reading(collection, "hours.hours_per_week", text, **options).text == hours


def test_monthly_pay_is_twelve_times_as_much_a_year(collection: Collection) -> None:
    assert reading(collection, "payments.base_pay", "£2,000.50", unit="monthly").text == "24006.00"


@pytest.mark.parametrize("text", ["0", "0.00", ""])
def test_a_text_that_means_nothing_is_no_value(collection: Collection, text: str) -> None:
    place = "additional_payments.payment_amount"
    assert reading(collection, place, text, empty=frozenset({"0", "0.00"})) == Reading(None)


def test_zero_is_zero_where_nothing_says_otherwise(collection: Collection) -> None:
    assert reading(collection, "payments.base_pay", "0").text == "0.00"


def test_a_percentage_is_kept_as_it_is(collection: Collection) -> None:
    assert reading(collection, "hours.hours_per_week", "60%") == Reading("60%", fits=False)


def test_a_name_is_kept_whole(collection: Collection) -> None:
    assert reading(collection, "members.given_name", "Z") == Reading("Z")
    assert reading(collection, "members.family_name", "  van  der  Berg ").text == "van der Berg"
