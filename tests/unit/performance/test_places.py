"""Unfilled places: counted school by school, so that an overfull school hides nobody's empty places."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.performance import Part, ratio_of_sums
from muster.performance.places import PlacesOfSchool, places_by_phase, read_places


def school(capacity: int, pupils: int, ref: str = "919/2001") -> PlacesOfSchool:
    return PlacesOfSchool(ref, "primary", capacity, pupils)


def test_an_overfull_school_does_not_fill_the_places_of_another() -> None:
    [primary] = places_by_phase([school(200, 150), school(200, 250)])
    assert primary.places == Part(Decimal(50), Decimal(400))
    assert ratio_of_sums([primary.places]) == Decimal("12.5")


@pytest.mark.parametrize(
    ("capacity", "pupils", "many"),
    [
        (120, 90, True),
        (120, 91, False),
        (100, 71, False),
        (400, 300, True),
        (400, 301, False),
        (400, 500, False),
    ],
)
def test_many_are_a_quarter_and_at_least_thirty(capacity: int, pupils: int, many: bool) -> None:
    assert school(capacity, pupils).has_many_unfilled is many


places = st.tuples(st.integers(1, 2000), st.integers(0, 2500))


@given(st.lists(places, min_size=1, max_size=30))
def test_unfilled_places_are_never_fewer_than_places_less_pupils(numbers: list[tuple[int, int]]) -> None:
    [primary] = places_by_phase([school(*one) for one in numbers])
    capacity, pupils = (sum(column) for column in zip(*numbers, strict=True))
    assert max(0, capacity - pupils) <= primary.places.numerator <= capacity
    assert primary.schools.denominator == len(numbers)


def test_rows_that_cannot_be_counted_are_named_and_the_rest_is(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    rows = "919/2001,primary,210,180\n919/2002,primary,0,10\n919/2003,primary,many,10\n919/2001,primary,1,1\n"
    path.write_text(f"School,Phase,Capacity,Pupils\n{rows}919/4001,secondary,900,600.5\n", encoding="utf-8")
    schools, remarks = read_places(path)
    assert [one.ref for one in schools] == ["919/2001"]
    assert [(one.place.line, one.place.column) for one in remarks] == [
        (3, "capacity"), (4, "capacity"), (5, "school"), (6, "pupils")
    ]  # fmt: skip
