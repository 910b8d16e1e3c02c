"""Returns as CSV folders and workbooks and back: nothing lost, no formula, edits refused where unclear."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from muster.catalogue import load_collection
from muster.exchange import from_tables, to_tables
from muster.model import MusterError, Return, UnreadableFile

ReturnsOf = Callable[[int], st.SearchStrategy[Return]]
Contents = Callable[[Return], object]

WORKFORCE = load_collection("school_workforce")
ANY_YEAR = st.sampled_from(WORKFORCE.years)
SOME = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def round_trip(return_: Return, name: str) -> Return:
    with TemporaryDirectory() as folder:
        to_tables(WORKFORCE, return_, Path(folder) / name)
        return from_tables(WORKFORCE, Path(folder) / name)


@SOME
@given(data=st.data(), year=ANY_YEAR)
def test_a_return_comes_back_from_a_folder_of_csv_as_it_was(
    data: st.DataObject, year: int, returns_of: ReturnsOf, contents: Contents
) -> None:
    return_ = data.draw(returns_of(year))
    back = round_trip(return_, "tables")
    assert back.year == return_.year and contents(back) == contents(return_)


@SOME
@given(data=st.data(), year=ANY_YEAR)
def test_a_return_comes_back_from_a_workbook_as_it_was(
    data: st.DataObject, year: int, returns_of: ReturnsOf, contents: Contents
) -> None:
    return_ = data.draw(returns_of(year))
    back = round_trip(return_, "tables.xlsx")
    assert back.year == return_.year and contents(back) == contents(return_)


def a_folder(tmp_path: Path, **tables: str) -> Path:
    """A folder of CSV files written as a person would, with a header row for 2013."""
    for name, text in {"returns": "lea,estab,year\n999,4001,2013\n", **tables}.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    return tmp_path


def test_cells_that_look_like_formulas_are_neutralised_in_the_file_and_restored(tmp_path: Path) -> None:
    dangerous = ["=1+1", "+44", "-5", "@SUM", "'=1", "\t=1", "'plain", "plain"]
    text = "family_name\n" + "".join(f'"{name}"\n' for name in dangerous)
    return_ = from_tables(WORKFORCE, a_folder(tmp_path, members=text))
    return_.tables["members"].text["family_name"] = list(dangerous)
    to_tables(WORKFORCE, return_, tmp_path / "out")
    with (tmp_path / "out" / "members.csv").open(encoding="utf-8-sig", newline="") as file:
        written = [row["family_name"] for row in csv.DictReader(file)]
    assert written == ["'=1+1", "'+44", "'-5", "'@SUM", "''=1", "'\t=1", "'plain", "plain"]
    assert from_tables(WORKFORCE, tmp_path / "out").tables["members"].text["family_name"] == dangerous


def test_rows_added_by_hand_need_only_the_nearest_key(tmp_path: Path) -> None:
    folder = a_folder(
        tmp_path,
        members="member_id,family_name\n5,Invented\n",
        contracts="contract_id,member_id,post\n8,5,TCH\n",
        roles="role_id,contract_id,role\n2,8,TCHR\n",
        payments="role_id,base_pay\n2,100.00\n",
    )
    keys = from_tables(WORKFORCE, folder).tables["payments"].keys
    assert keys == {"payment_id": [1], "role_id": [2], "contract_id": [8], "member_id": [5], "return_id": [1]}


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"member": "member_id\n1\n"}, r"'member' is not a table; did you mean members\?"),
        ({"members": "famly_name\nX\n"}, r"column 'famly_name' .*did you mean family_name\?"),
        ({"members": ""}, "has no row of headings"),
        ({"members": "sex,sex\n1,2\n"}, "has the column sex twice"),
        ({"members": "sex\n1,2\n"}, "row 2 has a value in a column without a heading"),
        ({"members": "member_id\nx\n"}, "row 2: member_id 'x' is not a whole number"),
        ({"members": "member_id\n3\n3\n"}, "member_id 3 twice"),
        ({"contracts": "member_id,post\n9,TCH\n"}, "row 2: there is no member_id 9 in the table members"),
        ({"contracts": "post\nTCH\n"}, "row 2 does not say which members record it belongs to"),
        ({"returns": "lea,year\n999,1066\n"}, "the year as '1066'"),
        ({"returns": "lea,year\n"}, "must have one row"),
        ({"members": 'sex\n"1\n'}, "cannot be read as CSV"),
    ],
)
def test_tables_that_make_no_return_are_refused_with_the_place(
    tmp_path: Path, tables: dict[str, str], message: str
) -> None:
    with pytest.raises(MusterError, match=message):
        from_tables(WORKFORCE, a_folder(tmp_path, **tables))


def test_keys_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    folder = a_folder(
        tmp_path,
        members="member_id\n1\n2\n",
        contracts="contract_id,member_id\n1,1\n",
        hours="contract_id,member_id\n1,2\n",
    )
    with pytest.raises(MusterError, match="row 2: member_id is 2, but contract_id lies in member_id 1"):
        from_tables(WORKFORCE, folder)


def test_numbers_dates_and_booleans_of_a_spreadsheet_become_official_text(tmp_path: Path) -> None:
    path = tmp_path / "typed.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet("returns").write_row(0, 0, ["lea", "year"])
        book.get_worksheet_by_name("returns").write_row(1, 0, [999, 2013])
        sheet = book.add_worksheet("members")
        sheet.write_row(0, 0, ["birth_date", "hlta_status", "sex"])
        sheet.write_number(1, 0, 29221, day)
        sheet.write_row(1, 1, [True, 2])
    member = next(from_tables(WORKFORCE, path).tables["members"].rows())
    assert (member["birth_date"], member["hlta_status"], member["sex"]) == ("1980-01-01", "true", "2")


def test_the_year_asked_for_wins_over_the_header(tmp_path: Path) -> None:
    assert from_tables(WORKFORCE, a_folder(tmp_path), year=2014).year == 2014


def test_csv_saved_by_a_spreadsheet_in_windows_letters_is_read(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / "members.csv").write_bytes("family_name\nBrontë\n".encode("cp1252"))
    assert from_tables(WORKFORCE, folder).tables["members"].text["family_name"] == ["Brontë"]


def test_what_is_no_workbook_or_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.xlsx").write_text("not a workbook")
    for name, message in (("text.xlsx", "cannot be read as a workbook"), ("absent", "no file or folder")):
        with pytest.raises(UnreadableFile, match=message):
            from_tables(WORKFORCE, tmp_path / name)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableFile, match="holds no CSV file"):
        from_tables(WORKFORCE, tmp_path / "empty")


def test_the_workbook_holds_every_table_of_the_year_as_text(tmp_path: Path) -> None:
    return_ = from_tables(WORKFORCE, a_folder(tmp_path, members="teacher_number\n0000012\n"))
    to_tables(WORKFORCE, return_, tmp_path / "tables.xlsx")
    book = CalamineWorkbook.from_path(str(tmp_path / "tables.xlsx"))
    assert book.sheet_names == [name for name, table in WORKFORCE.tables.items() if 2013 in table.years]
    assert book.get_sheet_by_name("members").to_python()[1][2] == "0000012"


def test_a_cell_too_long_for_a_sheet_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    return_ = from_tables(WORKFORCE, a_folder(tmp_path, members="family_name\nX\n"))
    return_.tables["members"].text["family_name"] = ["x" * 40_000]
    with pytest.raises(UnreadableFile, match="Convert to a folder of CSV files"):
        to_tables(WORKFORCE, return_, tmp_path / "out" / "tables.xlsx")
    assert not (tmp_path / "out").exists()
