"""Staff exports that are not what they should be, as a person meets them in ``muster build``.

The universe, ``sent``: an authority of two schools, a primary (999/2001) and a secondary (999/4001), that sends
one staff export of Anne Smith's contract at the primary.
"""

from __future__ import annotations

import zipfile

import pytest
import xlsxwriter
from tests.command import muster
from tests.journeys.conftest import ANNE, GOOD, HEADINGS, SETTINGS, Sent


def test_one_row_makes_one_person(sent: Sent) -> None:
    sent.file("staff.csv", GOOD)
    assert sent.build().code == 1 and sent.people == 1


def test_nothing_sent_is_refused_with_what_was_looked_for(sent: Sent) -> None:
    assert "There is no file 'mis/*' of Staff export" in sent.refused()
    assert not sent.out.exists()


@pytest.mark.parametrize(
    ("content", "says"), [("", "is empty"), (f"{HEADINGS}\n", "has headings and no rows")]
)
def test_an_export_of_nobody_is_refused(content: str, says: str, sent: Sent) -> None:
    sent.file("staff.csv", content)
    told = sent.refused()
    assert "mis/staff.csv" in told and says in told


def test_an_export_with_no_known_column_is_refused_with_its_headings_and_those_looked_for(sent: Sent) -> None:
    sent.file("staff.csv", "a,b,c\n1,2,3\n")
    told = sent.refused()
    assert "mis/staff.csv, row 1, has 'a', 'b', 'c'" in told and "'Staff Code', 'Teacher Number'" in told
    sent.setting("")
    assert "No mapping fits these headings. mis/staff.csv, row 1: 'a', 'b', 'c'." in sent.refused()


def test_an_export_that_cannot_be_read_does_not_stop_the_others(sent: Sent) -> None:
    sent.file("staff.csv", GOOD)
    sent.file("list.csv", "a,b,c\n1,2,3\n")
    sent.file("nothing.csv", "")
    said = sent.build()
    assert said.code == 2 and sent.people == 1
    assert ", 2 files refused: 1 return, 0 ready" in said.first_line
    told = [line for line in said.err.splitlines() if line.startswith("muster: ")]
    assert len(told) == 2 and "mis/list.csv" in "".join(told) and "mis/nothing.csv" in "".join(told)


def test_rows_with_a_cell_too_many_are_refused_by_their_numbers(sent: Sent) -> None:
    row = ANNE.format(1).replace("Smith,", "Smith,,")
    sent.file("staff.csv", "\n".join([HEADINGS, row, row, ""]))
    told = sent.refused()
    assert "2 row(s) have more cells than there are headings" in told and "row 2, 3" in told


def test_columns_that_shifted_under_the_headings_are_told_of(sent: Sent) -> None:
    rows = [",".join(ANNE.format(n).replace(",Smith", "").split(",")) + "," for n in range(10)]
    sent.file("staff.csv", "\n".join([HEADINGS, *rows, ""]))
    assert sent.build().code == 1
    assert "None of the 10 values under 'Date of birth' can be read" in sent.notes
    assert "The columns may have shifted" in sent.notes


def test_a_mapping_that_names_a_missing_column_says_which_and_the_nearest(sent: Sent) -> None:
    sent.file("staff.csv", GOOD.replace("Family Name", "Familiy Nam"))
    told = sent.refused()
    assert "needs headings that are not there: 'Family Name' (did you mean 'Familiy Nam'?)" in told


def test_a_mapping_nobody_knows_is_refused_with_the_nearest_name(sent: Sent) -> None:
    sent.file("staff.csv", GOOD)
    sent.setting('mapping = "sims_personel"\n')
    assert "'sims_personel', which is not known; did you mean 'sims_personnel'?" in sent.refused()


def test_an_own_mapping_with_a_fault_is_refused_with_its_line(sent: Sent) -> None:
    sent.file("staff.csv", GOOD)
    (sent.folder / "mappings").mkdir()
    (sent.folder / "mappings" / "own.toml").write_text('name = "own"\nversoin = "1"\n', encoding="utf-8")
    told = sent.refused()
    assert "own.toml:2" in told and "version" in told


def test_another_schools_export_is_told_of_with_both_numbers_and_names(sent: Sent) -> None:
    sent.file("staff.csv", GOOD)
    sent.setting('mapping = "sims_personnel"\nschool = "999/4001"\n')
    assert sent.build().code == 1
    both = "999/4001 (Borough High School) but names 999/2001 (Abbey Primary School) in 1 row(s)"
    assert both in sent.notes


def test_two_returns_of_last_year_for_one_school_and_one_of_this_year_are_refused(sent: Sent) -> None:
    sent.file("staff.csv", GOOD)
    sent.build()
    (written,) = sent.out.glob("returns/*.xml")
    text = written.read_text(encoding="utf-8")
    (sent.folder / "last_year").mkdir()
    for name, year in (("a.xml", "2024"), ("b.xml", "2024"), ("c.xml", "2025")):
        path = sent.folder / "last_year" / name
        path.write_text(f"{text.replace('<Year>2025', f'<Year>{year}')}\n<!-- {name} -->", encoding="utf-8")
    said = sent.build()
    assert said.code == 2 and "2 files refused" in said.first_line
    assert "last_year/b.xml and last_year/a.xml are both the return of 999/2001" in said.err
    assert "last_year/c.xml is a return of 2025; this build is for 2025" in said.err


def test_a_sheet_saved_with_all_its_1_048_576_rows_is_read_for_those_that_hold_anything(sent: Sent) -> None:
    # As a spreadsheet program saves it; a million rows of data are measured in tests/unit/read/test_sheets.py.
    blank = "," * HEADINGS.count(",") + "\n"
    sent.file("staff.csv", GOOD + blank * (1_048_576 - 2))
    assert sent.build().code == 1 and sent.people == 1


@pytest.mark.parametrize("merged", ["a title above the headings", "each heading over two rows"])
def test_a_workbook_with_merged_headings_is_read(merged: str, sent: Sent) -> None:
    with xlsxwriter.Workbook(str(sent.folder / "mis" / "staff.xlsx")) as book:
        sheet = book.add_worksheet("Staff and Contracts")
        if merged.startswith("a title"):
            sheet.merge_range(0, 0, 0, 7, "Person")
            sheet.merge_range(0, 8, 0, 12, "Contract")
            sheet.write_row(1, 0, HEADINGS.split(","))
        else:
            for column, heading in enumerate(HEADINGS.split(",")):
                sheet.merge_range(0, column, 1, column, heading)
        sheet.write_row(2, 0, ANNE.format(1).split(","))
    assert sent.build().code == 1 and sent.people == 1


def test_a_pattern_that_takes_in_everything_does_not_read_what_was_built(sent: Sent) -> None:
    sent.file("staff.csv", GOOD)
    settings = SETTINGS.replace('"mis/*"', '"*.csv"') + 'mapping = "sims_personnel"\n'
    (sent.folder / "muster.toml").write_text(settings, encoding="utf-8")
    for _ in range(2):
        said = muster("build", sent.folder)
        assert "out/" not in said.err and sent.folder.joinpath("out").is_dir(), said.err


def test_exports_in_a_zip_are_read_and_a_bad_one_is_named_by_the_zip(sent: Sent) -> None:
    with zipfile.ZipFile(sent.folder / "sent.zip", "w") as packed:
        packed.writestr("mis/staff.csv", GOOD)
        packed.writestr("mis/empty.csv", "")
    said = sent.build()
    assert said.code == 2 and sent.people == 1
    assert "muster: sent.zip/mis/empty.csv is empty." in said.err and "muster-" not in said.err + sent.notes
