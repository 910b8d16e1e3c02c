"""CSV files and workbooks as sheets: encodings, separators, titles above headings, and what cannot be read."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.table_files import book_source, csv_source, source_file

from muster.model import SourceFile, UnreadableFile
from muster.read import Sheet, read_sheets

STAFF = "Staff Code,Surname,Date of birth\nA1,Müller,31/12/1980\nA2,O’Neill,01/02/1990\n"
CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\0", exclude_categories=("Cs",)), max_size=12
)


def one_sheet(source: SourceFile, known: tuple[str, ...] = ()) -> Sheet:
    (sheet,) = read_sheets(source, known)
    return sheet


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_of_a_csv_file_is_found(tmp_path: Path, encoding: str) -> None:
    sheet = one_sheet(csv_source(tmp_path / "staff.csv", STAFF, encoding))
    assert sheet.headings == ("Staff Code", "Surname", "Date of birth")
    assert [row.cells[1] for row in sheet.rows] == ["Müller", "O’Neill"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_of_a_csv_file_is_found(tmp_path: Path, separator: str) -> None:
    sheet = one_sheet(csv_source(tmp_path / "staff.csv", STAFF.replace(",", separator)))
    assert [row.cells[0] for row in sheet.rows] == ["A1", "A2"]


def test_titles_above_the_headings_are_skipped_and_rows_keep_their_line(tmp_path: Path) -> None:
    text = f"Abbey Primary School,,\nStaff on 6 November 2025,,\n,,\n{STAFF}"
    sheet = one_sheet(csv_source(tmp_path / "staff.csv", text))
    assert (sheet.heading_row, [row.number for row in sheet.rows]) == (4, [5, 6])


def test_known_headings_are_found_even_below_a_row_of_words(tmp_path: Path) -> None:
    text = "Report,Author,Office\nStaff Code,Surname,DOB\nA1,Smith,01/02/1990\n"
    assert one_sheet(csv_source(tmp_path / "s.csv", text), ("staffcode", "surname")).heading_row == 2


def test_a_line_break_within_quotes_does_not_shift_the_line_numbers(tmp_path: Path) -> None:
    sheet = one_sheet(csv_source(tmp_path / "s.csv", 'Code,Note\nA1,"two\nlines"\nA2,one\n'))
    assert [row.number for row in sheet.rows] == [2, 4]


def test_repeated_and_empty_headings_each_get_a_name(tmp_path: Path) -> None:
    sheet = one_sheet(csv_source(tmp_path / "s.csv", "Role,Role,,Name\nTCHR,HDTR,x,Ann\n"))
    assert sheet.headings == ("Role", "Role (2)", "column C", "Name")


def test_a_file_with_one_row_has_headings_and_no_rows(tmp_path: Path) -> None:
    sheet = one_sheet(csv_source(tmp_path / "s.csv", "Staff Code,Surname\n"))
    assert (sheet.headings, list(sheet.rows)) == (("Staff Code", "Surname"), [])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\n\n  \n", "holds no text"),
        (b"<?xml version='1.0'?><a/>", "not a table"),
        (b"\xef\xbb\xbfCode\n\xff\xfe\n", "line 2"),
        (b"Code,Name\n1,\x00\x01\x02abcdefg\n", "not a text file"),
        (b'Code,Name\n1,"open\n2,b\n', "never closed"),
        (b"PK\x03\x04 cut short", "cannot be read as a workbook"),
        (b"\xd0\xcf\x11\xe0 cut short", "cannot be read as a workbook"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "staff.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=says) as refused:
        [list(sheet.rows) for sheet in read_sheets(source_file(path))]
    assert "staff.csv" in str(refused.value)


def test_dates_numbers_and_truths_of_a_workbook_become_text(tmp_path: Path) -> None:
    path = tmp_path / "staff.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, day = book.add_worksheet("Staff"), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["Born", "Serial", "Hours", "Pay", "QTS", "Code"])
        sheet.write_datetime(1, 0, date(1980, 12, 31), day)
        sheet.write_row(1, 1, [29586, 32.5, 45421.0, True, "007"])
    assert next(one_sheet(source_file(path)).rows).cells == (
        "1980-12-31",
        "29586",
        "32.5",
        "45421",
        "TRUE",
        "007",
    )


def test_merged_headings_are_taken_apart(tmp_path: Path) -> None:
    path = tmp_path / "staff.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Staff")
        sheet.merge_range("A1:E1", "Staff of the school")
        sheet.merge_range("A2:A3", "Name")
        sheet.merge_range("B2:C2", "Contract")
        sheet.merge_range("D2:E2", "Absence")
        sheet.write_row("B3", ["Start", "End", "Start", "End"])
        sheet.write_row("A4", ["Ann", "a", "b", "c", "d"])
    found = one_sheet(source_file(path), ("start", "end"))
    assert found.headings == ("Name", "Contract Start", "Contract End", "Absence Start", "Absence End")
    assert [row.number for row in found.rows] == [4]


def test_every_sheet_with_anything_in_it_is_read(tmp_path: Path) -> None:
    book = book_source(
        tmp_path / "b.xlsx", {"Staff": [["Code", "Name"], ["1", "Ann"]], "Nothing": [], "More": [["Aa"]]}
    )
    assert [sheet.name for sheet in read_sheets(book)] == ["Staff", "More"]


ODS_ROW = "<table:table-row>{}</table:table-row>"
ODS_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Staff">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def test_an_opendocument_sheet_is_read(tmp_path: Path) -> None:
    table = (("Staff Code", "Surname"), ("A1", "Smith"))
    rows = "".join(ODS_ROW.format("".join(map(ODS_CELL.format, row))) for row in table)
    with zipfile.ZipFile(tmp_path / "staff.ods", "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("META-INF/manifest.xml", "<manifest/>")
        book.writestr("content.xml", ODS.format(rows))
    sheet = one_sheet(source_file(tmp_path / "staff.ods"))
    assert (sheet.headings, next(sheet.rows).cells) == (("Staff Code", "Surname"), ("A1", "Smith"))


def test_a_million_rows_cost_no_more_each_than_a_thousand(tmp_path: Path) -> None:
    lines = "".join(f"{n},Ann,01/02/1990\n" for n in range(1_048_575))
    sheet = one_sheet(csv_source(tmp_path / "big.csv", "Code,Name,Born\n" + lines))
    number = 0
    for row in sheet.rows:
        number = row.number
    assert number == 1_048_576


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=8), separator=st.sampled_from(",;\t|"))
def test_what_is_written_as_csv_is_read_the_same(
    tmp_path: Path, rows: list[tuple[str, str]], separator: str
) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=separator)
    writer.writerows([("Staff Code", "Surname", "Post"), *((a, b, "end") for a, b in rows)])
    sheet = one_sheet(csv_source(tmp_path / "rt.csv", written.getvalue()), ("staffcode", "surname", "post"))
    assert [row.cells for row in sheet.rows] == [(a.strip(), b.strip(), "end") for a, b in rows]


@pytest.mark.real_data
def test_the_published_workforce_figures_are_read(shared_data: Path) -> None:
    sheet = one_sheet(source_file(shared_data / "data/spt/england_swf.csv"))
    rows = list(sheet.rows)
    assert sheet.headings[2] == "URN" and len(rows) == 8178 and rows[0].cells[-1] == "£45,421"


@pytest.mark.real_data
def test_headings_below_rows_of_letters_and_numbers_are_found(shared_data: Path) -> None:
    sheet = one_sheet(source_file(shared_data / "data/la/sn_may_2025.xlsx"))
    assert (sheet.heading_row, sheet.headings[:3]) == (3, ("LA num", "LA Name", "LA number"))


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["gias_open_schools_2025-07-10.csv", "links_edubasealldata20250422.csv"])
def test_the_school_register_is_read_plain_and_quoted(shared_data: Path, name: str) -> None:
    sheet = one_sheet(source_file(shared_data / "data/gias" / name))
    assert sheet.headings[0] == "URN" or sheet.headings[0] == "urn"
    assert next(sheet.rows).cells[0].isdigit()
