"""Identifiers are judged in bulk and UPNs given out by the command a user gives."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.command import muster, refused

RIGHT = ("9276308686", "1000000000", "1234567899")


def table(folder: Path, *numbers: str, heading: str = "ULN") -> Path:
    """A table with one column."""
    path = folder / "numbers.csv"
    path.write_text("\n".join((heading, *numbers)) + "\n", encoding="utf-8")
    return path


def test_a_table_is_judged_with_a_reason_for_each(tmp_path: Path) -> None:
    verdicts = tmp_path / "verdicts.csv"
    said = muster("identifiers", "check", table(tmp_path, *RIGHT, "2000000010"), "--out", verdicts)
    assert (said.code, said.first_line) == (1, "1 identifier wrong of 4 checked")
    assert "Row 5, ULN: '2000000010': it can never be issued" in said.out
    with verdicts.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["row"], row["verdict"], row["written"]) for row in rows[2:]] == [
        ("4", "right", "1234567899"), ("5", "wrong", ""),
    ]  # fmt: skip
    assert rows[3]["reason"].startswith("it can never be issued")


def test_a_table_that_is_right_is_clean(tmp_path: Path) -> None:
    assert muster("identifiers", "check", table(tmp_path, *RIGHT)).code == 0
    told = muster("identifiers", "check", table(tmp_path, *RIGHT), "--json").json
    assert (told["checked"], told["right"], told["wrong"]) == (3, 3, 0)


def test_what_a_table_holds_can_be_said(tmp_path: Path) -> None:
    path = table(tmp_path, *RIGHT, heading="Number")
    assert "no column says by its heading what it holds (Number)" in refused("identifiers", "check", path)
    assert muster("identifiers", "check", path, "--kind", "uln").code == 0


def test_a_formula_in_a_table_stays_text(tmp_path: Path) -> None:
    verdicts = tmp_path / "verdicts.csv"
    muster("identifiers", "check", table(tmp_path, "=1+1"), "--out", verdicts)
    assert ",'=1+1,wrong," in verdicts.read_text(encoding="utf-8")


def test_ten_thousand_are_all_judged(tmp_path: Path) -> None:
    path = table(tmp_path, *(f"{number:010d}" for number in range(10**9, 10**9 + 10_000)))
    told = muster("identifiers", "check", path, "--json").json
    assert (told["checked"], told["right"]) == (10_000, 909)


def test_upns_are_given_out_once(tmp_path: Path) -> None:
    state = ("--year", "2013", "--state", tmp_path / "serials.json")
    first = muster("identifiers", "upn", "999/4001", *state, "--count", "2").out.split()
    taken = table(tmp_path, "D999400113003", heading="UPN")
    second = muster("identifiers", "upn", "9994001", *state, "--taken", taken, "--json").json
    assert first == ["A999400113001", "P999400113002"]
    assert second["upns"][0].endswith("004")
    assert "'994001' is not the number of a school" in refused("identifiers", "upn", "99/4001", *state)
    assert "has no column of UPNs" in refused(
        "identifiers", "upn", "9994001", *state, "--taken", table(tmp_path, *RIGHT)
    )


def test_temporary_upns_are_listed_by_age(tmp_path: Path) -> None:
    path = table(tmp_path, "M99920000001A", "L999200000017", heading="UPN")
    said = muster("identifiers", "temporary", path, "--school-year", "2013")
    assert (said.code, said.first_line) == (1, "1 temporary UPN to be replaced by permanent ones")
    assert "13 years" in said.out
    assert muster("identifiers", "temporary", table(tmp_path, "L999200000017", heading="UPN")).code == 0


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "There is no file" in refused("identifiers", "check", tmp_path / "none.csv")
