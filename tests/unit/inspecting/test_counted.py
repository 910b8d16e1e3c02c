"""Figures over several returns: the sums, what each return adds, the records behind, and what cannot be read."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.looked_after_files import write_set
from tests.web.files import return_of

from muster.inspecting import Given, counted_figures, counted_records, counts_figures
from muster.model import MusterError, SourceFile
from muster.resolve import Edit

QUALIFIED = ("<QTS>true</QTS>", "<QTS>false</QTS>")
FOSTERED = "in_foster_or_for_adoption"


@pytest.fixture
def given(tmp_path: Path):
    """The data of a return, from the bytes of its file."""

    def made(name: str, content: bytes, *edits: Edit) -> Given:
        path = tmp_path / name
        path.write_bytes(content)
        return Given(SourceFile(path, name, sha256(content).hexdigest(), len(content)), edits)

    return made


def test_a_figure_is_the_ratio_of_the_sums_of_its_returns(given) -> None:
    returns = {
        "999/4001": given("a.xml", return_of()),
        "999/2001": given("b.xml", return_of(QUALIFIED, estab="2001")),
    }
    figures = {one.indicator.name: one for one in counted_figures("school_workforce", 2025, returns)}
    one = figures["teachers_qualified"]
    assert (one.value, one.numerator, one.denominator) == (Decimal("50.0"), 1, 2)
    assert [(part.ref, part.numerator, part.value) for part in one.parts] == [
        ("999/2001", 0, Decimal("0.0")), ("999/4001", 1, Decimal("100.0")),
    ]  # fmt: skip
    assert one.made_by["query"]["sha256"] and one.made_by["year"] == 2025
    assert figures["teachers"].denominator is None


def test_the_records_that_add_to_a_figure_have_a_mark_and_a_line(given) -> None:
    one = {"999/4001": given("a.xml", return_of())}
    [found] = counted_records("school_workforce", 2025, one, "teachers_qualified")
    assert found.line and found.identity and found.label
    with pytest.raises(MusterError, match="no figure"):
        counted_records("school_workforce", 2025, one, "teachers_qualfied")


def test_nothing_is_computed_of_nothing_and_what_cannot_be_read_is_named(given) -> None:
    assert counted_figures("school_workforce", 2025, {}) == []
    with pytest.raises(MusterError, match=r"the return of 999/4001 cannot be read"):
        counted_figures("school_workforce", 2025, {"999/4001": given("a.xml", b"<Message>")})


def test_the_tables_of_a_set_are_counted_from_their_zip(tmp_path) -> None:
    assert counts_figures("looked_after") and not counts_figures("common_transfer_file")
    path = tmp_path / "ssda903.zip"
    with ZipFile(path, "w") as packed:
        for file in write_set(tmp_path / "set").iterdir():
            packed.write(file, file.name)
    one = {"999": Given(SourceFile(path, path.name, "", path.stat().st_size))}
    fostered = {one.indicator.name: one for one in counted_figures("looked_after", 2026, one)}[FOSTERED]
    assert (fostered.numerator, fostered.denominator) == (1, 1)
    [record] = counted_records("looked_after", 2026, one, FOSTERED)
    assert record.line == 2
