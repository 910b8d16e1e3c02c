"""A difference between engines is brought down to the least returns, rows and values that show it."""

from __future__ import annotations

from tests.engines.comparing import fewest, smallest
from tests.engines.samples import sample_return

from muster.model import Return


def test_what_is_not_needed_is_left_out() -> None:
    assert fewest(list(range(100)), lambda some: {17, 63} <= set(some)) == [17, 63]
    assert fewest([1, 2, 3], lambda some: len(some) < 9) == []


def differ(returns: list[Return]) -> bool:
    """As if two engines disagreed on a pair of rows in one return."""
    tables = [one.tables["samples"].text for one in returns]
    return any("2012-02-29" in text["d1"] and "x" in text["t1"] for text in tables)


def test_the_first_difference_shrinks_to_a_minimal_row() -> None:
    rows: list[dict[str, str | None]] = [{"d1": "2013-01-01", "t1": "a"} for _ in range(9)]
    guilty: dict[str, str | None] = {"d1": "2012-02-29", "t1": "x", "t2": "beside", "x1": "7"}
    returns = [sample_return(rows), sample_return([*rows, guilty, *rows]), sample_return(rows)]
    (least,) = smallest(returns, differ)
    assert [{k: v for k, v in row.items() if v} for row in least.tables["samples"].rows()] == [
        {"d1": "2012-02-29", "t1": "x"}
    ]
