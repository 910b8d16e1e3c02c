"""A table of identifiers is judged cell by cell, each column as its heading says."""

from __future__ import annotations

import pytest

from muster.identifiers import check_table, kind_of_column
from muster.model import MusterError

HEADINGS = ("Name", "UPN", "Home post-code")
ROWS = [(2, ("Ada", "L999200000017", "sw1a 1aa")), (3, ("Ben", "", "XX1 1AA")), (4, ("Cy",))]


def test_columns_are_told_by_their_headings() -> None:
    told = [
        (line.row, line.column, line.verdict.kind, line.verdict.value) for line in check_table(HEADINGS, ROWS)
    ]
    assert told == [
        (2, "UPN", "upn", ""), (2, "Home post-code", "postcode", "SW1A 1AA"), (3, "Home post-code", "postcode", ""),
    ]  # fmt: skip


def test_a_kind_that_is_named_is_looked_for_alone() -> None:
    only = [line.verdict.given for line in check_table(HEADINGS, ROWS, kind="upn")]
    assert only == ["L999200000017", "", ""]
    first = [line.column for line in check_table(("Number", "Name"), [(2, ("1", "Ada"))], kind="uln")]
    assert first == ["Number"]


def test_headings_that_say_nothing_are_refused() -> None:
    with pytest.raises(MusterError, match=r"no column says by its heading what it holds \(Number, Name\)"):
        list(check_table(("Number", "Name"), []))


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Unique Pupil Number", "upn"), ("former UPN", "upn"), ("ULN", "uln"), ("NI number", "ni_number"),
        ("LA/Estab", "la_estab"), ("PostCode", "postcode"), ("Surname", None),
        ("Teacher reference number", "teacher_number"),
    ],
)  # fmt: skip
def test_a_heading_says_its_kind(heading: str, kind: str | None) -> None:
    assert kind_of_column(heading) == kind
