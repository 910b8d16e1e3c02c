"""Small numbers in what is published: hidden, and not to be worked out again from the totals."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from muster.performance import suppress, suppress_list


def shown(counts: list[int]) -> list[str]:
    return [str(cell) for cell in suppress_list(counts)]


def test_counts_from_one_to_five_are_hidden_and_nought_is_not() -> None:
    assert shown([0, 1, 5, 6, 40]) == ["0", "1 to 5", "1 to 5", "6", "40"]


def test_one_hidden_count_takes_the_next_smallest_with_it() -> None:
    assert shown([3, 20, 50]) == ["1 to 5", "hidden", "50"]


def test_two_small_counts_that_are_small_together_take_a_third() -> None:
    assert shown([2, 1, 30, 70]) == ["1 to 5", "1 to 5", "hidden", "70"]


def test_where_all_else_is_nought_noughts_are_hidden() -> None:
    assert shown([4, 0, 0]) == ["1 to 5", "hidden", "hidden"]


def test_a_table_hides_along_rows_and_columns() -> None:
    table = [[str(cell) for cell in row] for row in suppress([[3, 20, 50], [30, 25, 60], [9, 8, 70]])]
    assert table == [["1 to 5", "hidden", "50"], ["30", "25", "60"], ["hidden", "hidden", "70"]]


counts = st.integers(0, 40)


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(counts, min_size=width, max_size=width), min_size=2, max_size=5)
    )
)
def test_no_row_or_column_gives_a_hidden_count_away(grid: list[list[int]]) -> None:
    published = suppress(grid)
    lines = [list(zip(a, b, strict=True)) for a, b in zip(grid, published, strict=True)]
    lines += [list(line) for line in zip(*lines, strict=True)]
    for line in lines:
        gone = [number for number, cell in line if cell.hidden]
        assert not gone or len(gone) == len(line) or (len(gone) > 1 and sum(gone) >= 6)
    assert all(not 0 < number < 6 or cell.hidden for line in lines for number, cell in line)


@given(st.lists(counts, min_size=1, max_size=8))
def test_what_is_shown_is_the_number(numbers: list[int]) -> None:
    assert all(
        cell.number in (None, number) for cell, number in zip(suppress_list(numbers), numbers, strict=True)
    )
