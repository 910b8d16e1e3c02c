"""A published value is a number or a reason, and never a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.published import Measure
from muster.published.values import NoSuchValue, read_value, signs


def measure(kind: str) -> Measure:
    return Measure("figure", "FIGURE", kind, "A figure")


@pytest.mark.parametrize(
    ("kind", "printed", "number"),
    [
        ("count", "285", 285), ("count", "1,503", 1503), ("number", "-0.41", -0.41), ("number", "15.0", 15),
        ("money", "£45,421", 45421), ("percent", "94%", 94), ("percent", "100", 100), ("percent", "0", 0),
        ("share", "0.125", 12.5), ("number", "8.27354E-04", 0.000827354), ("number", ".5", 0.5),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_printed(kind: str, printed: str, number: float) -> None:
    value = read_value(printed, measure(kind))
    assert (value.number, value.missing, value.printed) == (pytest.approx(number), "", printed)


@pytest.mark.parametrize(
    "printed", ["SUPP", "c", "x", "z", "NA", "NE", "LOWCOV", "low", "Low", "u", "SP", "NaN"]
)
def test_a_sign_says_why_there_is_no_figure(printed: str) -> None:
    value = read_value(printed, measure("percent"))
    assert value.number is None
    assert value.missing in signs().values()


def test_an_empty_cell_says_that_nothing_was_published() -> None:
    assert read_value("", measure("count")).missing == "nothing was published"


@pytest.mark.parametrize(
    ("kind", "printed", "why"),
    [
        ("percent", "101", "between 0 and 100"), ("percent", "-1", "between 0 and 100"),
        ("count", "-3", "not below 0"), ("share", "1.5e", "no number"), ("number", "about 20", "no number"),
        ("number", "-", "no number"), ("number", "1,23", "no number"), ("money", "£", "no number"),
        ("count", "9e999", "beyond all measure"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_says_why(kind: str, printed: str, why: str) -> None:
    with pytest.raises(NoSuchValue, match=why):
        read_value(printed, measure(kind))


def test_a_text_is_kept_as_it_is() -> None:
    assert read_value("State-funded primary", measure("text")).printed == "State-funded primary"


@given(st.integers(min_value=0, max_value=10**12))
def test_a_number_written_with_commas_is_the_same_number(number: int) -> None:
    assert read_value(f"{number:,}", measure("count")).number == number


@given(st.text(max_size=12))
def test_any_text_is_a_value_or_is_refused_in_words(printed: str) -> None:
    try:
        value = read_value(printed, measure("percent"))
    except NoSuchValue as refusal:
        assert str(refusal)
    else:
        assert (value.number is None) == bool(value.missing)
