"""Muster's own template: written, filled in, and read back as a return."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.table_files import book_source, csv_source, source_file

from muster.model import Collection, MusterError, Return
from muster.read import read_sheets, read_tables, write_template

FILLED: dict[str, list[list[object]]] = {
    "Return": [["Authority number", "Establishment number", "Collection year"], ["999", "2001", 2025]],
    "Staff details": [
        ["Staff reference", "Family name", "Given name", "Sex", "Date of birth", "Teacher number"],
        ["A", "Smith", "Ann", "Female", 29586, 12345],
        ["B", "Jones", "Bo", "M", "01/02/1990", ""],
    ],
    "Contracts": [
        ["Staff reference", "Contract reference", "Contract or agreement type", "Contract start", "Post"],
        ["A", "1", "Permanent", "01/09/2015", "TCM"],
        ["A", "2", "Permanent", "01/09/2016", "AHT"],
    ],
    "Pay": [
        ["Staff reference", "Contract reference", "Role reference", "Base pay"],
        ["A", "1", "", "£45,421"],
        ["A", "2", "r", "SUPP"],
    ],
    "Roles": [
        ["Staff reference", "Contract reference", "Role reference", "Role: role"],
        ["A", "2", "r", "ASHT"],
    ],
    "Vacancies": [["Post of the vacancy", "Advertised"], ["TCM", "yes"]],
}


@pytest.fixture
def filled(collection: Collection, tmp_path: Path) -> Return:
    return read_tables(collection, [book_source(tmp_path / "school.xlsx", FILLED)])


def test_a_filled_template_is_a_return_of_its_school_and_year(filled: Return) -> None:
    assert (filled.ref, filled.year) == ("999/2001", 2025)
    assert [len(filled.tables[name]) for name in ("members", "contracts", "roles", "vacancies")] == [
        2,
        2,
        1,
        1,
    ]
    assert filled.tables["vacancies"].text["advertised"] == ["true"]


def test_values_are_read_as_from_any_other_file(filled: Return) -> None:
    members = filled.tables["members"].text
    assert members["birth_date"] == ["1980-12-31", "1990-02-01"]
    assert (members["sex"], members["teacher_number"]) == (["F", "M"], ["0012345", None])


def test_pay_belongs_to_the_contract_or_to_the_role_it_names(filled: Return) -> None:
    pay = filled.tables["payments"]
    assert pay.text["base_pay"] == ["45421.00", None]
    assert (pay.keys["contract_id"], pay.keys["role_id"]) == ([1, 2], [None, 1])


def test_the_sheets_may_come_as_csv_files(collection: Collection, tmp_path: Path) -> None:
    sources = [
        csv_source(
            tmp_path / f"{name}.csv",
            "".join(",".join(map(str, row)).replace("45,421", "45421") + "\n" for row in rows),
        )
        for name, rows in FILLED.items()
    ]
    assert len(read_tables(collection, sources).tables["contracts"]) == 2


def test_a_template_without_a_year_is_refused(collection: Collection, tmp_path: Path) -> None:
    source = book_source(tmp_path / "school.xlsx", {**FILLED, "Return": [["Authority number"], ["999"]]})
    with pytest.raises(MusterError, match="says nothing as collection year; write a year from 2010 to 2025"):
        read_tables(collection, [source])


def test_a_template_of_two_schools_is_no_return(collection: Collection, tmp_path: Path) -> None:
    vacancies = [["School", "Post of the vacancy", "Advertised"], ["999/4001", "TCM", "yes"]]
    source = book_source(tmp_path / "school.xlsx", {**FILLED, "Vacancies": vacancies})
    with pytest.raises(MusterError, match="holds records of 999/2001, 999/4001"):
        read_tables(collection, [source])


@pytest.mark.parametrize("year", [2010, 2013, 2020, 2025])
def test_the_template_has_a_sheet_for_each_table_and_a_column_for_each_item_of_the_year(
    collection: Collection, tmp_path: Path, year: int
) -> None:
    path = tmp_path / "template.xlsx"
    write_template(collection, year, path)
    sheets = read_sheets(source_file(path))
    tables = [table for table in collection.tables.values() if year in table.years]
    assert len(sheets) == len(tables) + 2
    members = next(sheet for sheet in sheets if sheet.name == "Staff details")
    assert len(members.headings) == 2 + len(collection.tables["members"].items_in(year))


def test_the_template_of_an_unknown_year_is_refused(collection: Collection, tmp_path: Path) -> None:
    with pytest.raises(MusterError, match="choose a year from 2010 to 2025"):
        write_template(collection, 1999, tmp_path / "template.xlsx")


def test_nothing_half_written_is_left_where_the_place_is_not_there(
    collection: Collection, tmp_path: Path
) -> None:
    with pytest.raises(MusterError, match="cannot be written"):
        write_template(collection, 2025, tmp_path / "nowhere" / "template.xlsx")
    assert list(tmp_path.iterdir()) == []
