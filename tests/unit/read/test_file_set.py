"""A return that comes as a set of tables: told by headings, joined by child, its dates in one form."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from tests.looked_after_files import (
    EPISODES,
    HEADER,
    LOOKED_AFTER,
    MISSING,
    ONE_EPISODE,
    read_set,
    table,
)
from tests.xml_returns import column, of_code

from muster.model import MusterError, SourceFile
from muster.read import Told, read_file_set


def test_a_table_is_known_by_its_headings_and_not_by_its_name(tmp_path: Path) -> None:
    read = read_set(table(tmp_path, "b.csv", HEADER, "C1,F,01/02/2010,WBRI,UN1,0,"),
                    table(tmp_path, "a.csv", EPISODES, ONE_EPISODE))  # fmt: skip
    assert column(read, "header", "ethnic") == ["WBRI"]
    assert column(read, "episodes", "place") == ["U6"]


def test_headings_may_be_in_any_case_and_order(tmp_path: Path) -> None:
    read = read_set(
        table(tmp_path, "a.csv", "dob,Child,Ethnic,sex,mother,mc_dob,upn", "01/02/2010,C1,WBRI,F,,,")
    )
    assert column(read, "header", "sex") == ["F"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("01/04/2024", "2024-04-01"),
        ("1/4/2024", "2024-04-01"),
        ("29/02/2024", "2024-02-29"),
        ("2024-04-01", "2024-04-01"),
        ("29/02/2023", "29/02/2023"),
        ("04/13/2024", "04/13/2024"),
        ("01/04/24", "01/04/24"),
        ("01/04/1066", "1066-04-01"),
        ("31/12/2999", "2999-12-31"),
        ("soon", "soon"),
    ],
)
def test_a_date_is_read_day_first_and_kept_as_written_where_it_is_none(
    tmp_path: Path, written: str, kept: str
) -> None:
    read = read_set(table(tmp_path, "a.csv", MISSING, f"C1,01/02/2010,M,{written},"))
    assert column(read, "missing", "mis_start") == [kept]


def test_records_of_one_child_lie_below_one_child_in_every_table(tmp_path: Path) -> None:
    read = read_set(table(tmp_path, "a.csv", HEADER, "C1,F,,,,,", "C2,M,,,,,", "C1,F,,,,,"),
                    table(tmp_path, "b.csv", EPISODES, ONE_EPISODE.replace("C1", "C2"), ONE_EPISODE))  # fmt: skip
    assert column(read, "children", "child") == ["C1", "C2"]
    assert read.tables["header"].keys["child_id"] == [1, 2, 1]
    assert read.tables["episodes"].keys["child_id"] == [2, 1]


def test_records_without_an_identifier_are_each_a_child_of_their_own(tmp_path: Path) -> None:
    read = read_set(table(tmp_path, "a.csv", HEADER, ",F,,,,,", ",M,,,,,"))
    assert read.tables["header"].keys["child_id"] == [1, 2]
    assert column(read, "children", "child") == [None, None]


def test_a_table_that_did_not_come_is_absent_and_one_without_rows_is_not(tmp_path: Path) -> None:
    read = read_set(table(tmp_path, "a.csv", HEADER))
    assert "header" not in read.absent
    assert read.absent["episodes"] == "the set has no file of episodes"
    assert read.absent["episodes_last"] == "no previous return"


def test_a_column_that_did_not_come_is_named_and_absent(tmp_path: Path) -> None:
    read = read_set(table(tmp_path, "a.csv", HEADER.replace(",MC_DOB", ""), "C1,F,,,,0"))
    assert read.absent["header.mc_dob"] == "a.csv has no column MC_DOB"
    assert [n.message for n in of_code(read, "read.column_missing")] == ["a.csv has no column MC_DOB."]


def test_two_files_of_one_table_are_both_read_and_said(tmp_path: Path) -> None:
    read = read_set(
        table(tmp_path, "a.csv", MISSING, "C1,,M,01/05/2024,"), table(tmp_path, "b.csv", MISSING, "C2,,A,,")
    )
    assert [read.tables["missing"].file_of(row) for row in (0, 1)] == ["a.csv", "b.csv"]
    assert "as a.csv does" in of_code(read, "read.two_files")[0].message


def test_a_table_of_another_year_is_not_read_and_said(tmp_path: Path) -> None:
    orders = table(tmp_path, "d.csv", "CHILD,DOB,DOLO_START,DOLO_END", "C1,,01/01/2026,")
    assert [len(read_set(orders, year=year).tables["dolo"]) for year in (2026, 2027)] == [0, 1]
    assert (
        "not part of the return of 2026" in of_code(read_set(orders, year=2026), "read.other_year")[0].message
    )


def test_what_is_no_table_of_the_return_is_named(tmp_path: Path) -> None:
    read = read_set(table(tmp_path, "shopping.csv", "Item,Price", "Bread,1"))
    assert "shopping.csv is no table" in of_code(read, "read.not_a_table")[0].message


def test_a_workbook_is_a_set_of_its_sheets_and_its_dates_are_days(tmp_path: Path) -> None:
    path = tmp_path / "set.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, lines in (
            ("one", [HEADER.split(","), ["C1", "F"]]),
            ("two", [MISSING.split(","), ["C1", "", "M"]]),
        ):
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(lines):
                sheet.write_row(row, 0, cells)
    read = read_set(SourceFile(path, path.name, "", path.stat().st_size))
    assert (len(read.tables["header"]), len(read.tables["missing"])) == (1, 1)
    assert read.tables["missing"].file_of(0) == "set.xlsx (two)"


def test_the_settings_give_the_year_and_the_authority(tmp_path: Path) -> None:
    read = read_set(table(tmp_path, "a.csv", HEADER))
    assert (read.ref, read.header["year"], "returns" in read.absent) == ("999", "2025", False)
    assert (
        "authority is not known" in read_set(table(tmp_path, "a.csv", HEADER), authority="").absent["returns"]
    )


@pytest.mark.parametrize(
    ("told", "said"), [(Told(2019), "known for 2023 to 2027"), (Told(2025, "E0"), "three digits")]
)
def test_a_year_or_authority_that_cannot_be_is_refused(told: Told, said: str) -> None:
    with pytest.raises(MusterError, match=said):
        read_file_set(LOOKED_AFTER, [], told)
