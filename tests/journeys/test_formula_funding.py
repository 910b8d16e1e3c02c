"""A sum shared out to schools from a list in a spreadsheet."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from tests.command import muster, refused

LIST = """Formula funding 2009/10,,,
School,Name,Phase,Pupils
919/2001,Oak,primary,210.5
919/2002,Elm,primary,95
919/4001,Ash High,secondary,900
"""


@pytest.fixture
def schools(tmp_path: Path) -> Path:
    """A list of three schools with a title above its headings."""
    path = tmp_path / "schools.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_the_shares_written_add_up_to_the_sum(schools: Path, tmp_path: Path) -> None:
    said = muster("performance", "share", schools, "--total", "185000", "--csv", tmp_path / "shares.csv")
    assert said.code == 0 and said.first_line.startswith("£185,000.00 shared out to 3 schools")
    with (tmp_path / "shares.csv").open(encoding="utf-8-sig", newline="") as file:
        shares = list(csv.DictReader(file))
    assert sum(Decimal(one["pounds"]) for one in shares) == 185_000


def test_another_split_is_shown_beside_it(schools: Path) -> None:
    answer = muster(
        "performance", "share", schools, "--total", "1000", "--lump", "40", "--what-if", "100", "--json"
    ).json
    assert {one["pounds"] for one in answer["what_if"]} == {"333.33", "333.34"}
    assert sum(Decimal(one["pounds"]) for one in answer["schools"]) == 1000


def test_nothing_is_shared_out_on_a_list_with_mistakes(schools: Path) -> None:
    with schools.open("a", encoding="utf-8") as file:
        file.write("919/2001,Oak again,primary,10\n919/2003,Fir,,many\n")
    told = refused("performance", "share", schools, "--total", "1000")
    assert "line 6, column 'school': the school 919/2001 is in the list already" in told
    assert "line 7, column 'phase': nothing is written here" in told


def test_a_missing_column_and_a_sum_that_is_none_are_told(schools: Path) -> None:
    assert "--total lots is not one number" in refused("performance", "share", schools, "--total", "lots")
    schools.write_text(LIST.replace("Pupils", "Roll"), encoding="utf-8")
    assert "the column 'pupils' is missing" in refused("performance", "share", schools, "--total", "1")
