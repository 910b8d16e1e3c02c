"""Pupils as a school's system exports them become returns of the census, one for each school in the files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from tests.table_files import book_source, csv_source, source_file

from muster.catalogue import load_collection
from muster.exchange import xml_text
from muster.model import Collection, MusterError, Return, SourceFile
from muster.model.authority import School
from muster.read import Export, load_mappings, read_export, read_sheets, recognise
from muster.sample._pupil_exports import write_pupil_reports
from muster.sample._schools import invent_schools
from muster.sample.pupils import CensusSettings, census_returns, census_shape

CENSUS = "school_census_spring"
NOON = datetime(2026, 1, 15, 12)
PUPILS: list[list[object]] = [
    ["Adno", "UPN", "Surname", "Forename", "DOB", "Sex", "Year Group", "Leaving Date", "Post Code"],
    ["000001", "H820200115001", "Smith", "Ann", "29/12/2017", "Girl", "Year 3", "", "ZZ99 1AA"],
    ["000002", "T820200115002", "Jones", "Bo", "01/02/2018", "Boy", "Year  3", "19/12/2025", "ZZ99 1AB"],
]
ATTENDANCE: list[list[object]] = [
    ["Admission No", "Sessions Possible", "Authorised Absences", "I", "M", "O"],
    ["000001", 140, 5, 4, 1, 0],
]


@pytest.fixture(scope="module")
def spring() -> Collection:
    return load_collection(CENSUS)


def export(
    collection: Collection, *, school: str = "999/2001", name: str = "sims_pupils", **more: object
) -> Export:
    return Export(load_mappings(collection)[name], 2026, NOON, school, **more)  # type: ignore[arg-type]


def rows(one: Return, table: str) -> list[dict[str, str]]:
    return [{k: v for k, v in row.items() if v is not None} for row in one.tables[table].rows()]


@pytest.fixture
def book(tmp_path: Path) -> SourceFile:
    return book_source(tmp_path / "pupils.xlsx", {"Pupils": PUPILS, "Attendance": ATTENDANCE})


def test_a_workbook_of_reports_becomes_the_return_of_the_school(spring: Collection, book: SourceFile) -> None:
    (one,), notices = read_export(spring, [book], export(spring))
    assert (one.ref, one.notices, notices) == ("999/2001", [], [])
    assert (one.header["term"], one.header["reference_date"]) == ("SPR", "2026-01-15")
    ann, bo = rows(one, "pupils")
    assert (ann["upn"], ann["birth_date"], ann["sex"], ann["year_group"]) == (
        "H820200115001",
        "2017-12-29",
        "F",
        "3",
    )
    assert [row["post_code"] for row in rows(one, "addresses")] == ["ZZ99 1AA", "ZZ99 1AB"]
    assert bo["leaving_date"] == "2025-12-19"


def test_who_has_a_date_of_leaving_is_not_on_roll(spring: Collection, book: SourceFile) -> None:
    (one,), _ = read_export(spring, [book], export(spring))
    assert [row["on_roll"] for row in rows(one, "pupils")] == ["true", "false"]


def test_a_column_for_each_mark_becomes_absences_by_reason(spring: Collection, book: SourceFile) -> None:
    (one,), _ = read_export(spring, [book], export(spring))
    assert rows(one, "attendance") == [{"period": "termly", "possible": "140", "authorised": "5"}]
    assert rows(one, "absences") == [{"reason": "I", "sessions": "4"}, {"reason": "M", "sessions": "1"}]


def test_a_value_keeps_the_row_and_the_heading_it_came_from(spring: Collection, book: SourceFile) -> None:
    (one,), _ = read_export(spring, [book], export(spring))
    came = one.provenance["pupils", 2, "sex"]
    assert (came.file, came.row, came.column, came.mapping) == ("pupils.xlsx", 3, "Sex", "sims_pupils 1")


def test_one_list_of_several_schools_becomes_a_return_of_each(spring: Collection, tmp_path: Path) -> None:
    source = csv_source(
        tmp_path / "trust.csv",
        """
        Arbor Student ID | School               | UPN           | Legal Last Name | Legal First Name | Date of Birth | SEN status  | Primary SEN Need
        7                | Abbey Primary School | H820200115001 | Smith           | Ann              | 29/12/2017    | SEN Support | SLCN
        7                | 999/4001             | T820200115002 | Jones           | Bo               | 01/02/2010    | No SEN      |
        """,  # noqa: E501
    )
    register = {
        "999/2001": School("999/2001", "Abbey Primary School", phase="Primary"),
        "999/4001": School("999/4001", "Borough High School", phase="Secondary"),
    }
    returns, _ = read_export(
        spring, [source], export(spring, school="", name="arbor_students", schools=register)
    )
    assert [(one.ref, one.header["school_name"], one.header["phase"]) for one in returns] == [
        ("999/2001", "Abbey Primary School", "PS"),
        ("999/4001", "Borough High School", "SS"),
    ]
    assert rows(returns[0], "sen_needs") == [{"need": "SLCN", "rank": "1"}]


def test_pupils_of_no_school_are_refused(spring: Collection, book: SourceFile) -> None:
    with pytest.raises(MusterError, match=r"does not say of which school it is.*--school 919/4001"):
        read_export(spring, [book], export(spring, school=""))


@pytest.mark.parametrize("name", ["sims_pupils", "arbor_students"])
def test_every_word_of_a_mapping_means_a_code_in_force(spring: Collection, name: str) -> None:
    wrong = [
        (place, word, code)
        for place, words in load_mappings(spring)[name].codes.items()
        for word, versions in words.items()
        for years, code in versions
        if not any(code in spring.code_sets[place].in_force(year) for year in spring.years if year in years)
    ]
    assert wrong == []


# -- there and back ----------------------------------------------------------------------------------


def _lines(collection: Collection, one: Return) -> Iterator[str]:
    """The lines of a return in an order of their own: reports by mark say nothing of the order of marks."""
    ours = ("<SoftwareCode>", "<Release>", "<DateTime>")
    lines = (
        line.strip().replace(".00<", "<").replace(".50<", ".5<")
        for line in xml_text(collection, one).splitlines()
    )
    return iter(sorted(line for line in lines if not line.startswith(ours)))


@pytest.mark.parametrize(("term", "year"), [("autumn", 2013), ("spring", 2026)])
def test_reports_written_from_a_return_make_that_return_again(term: str, year: int, tmp_path: Path) -> None:
    settings = CensusSettings(term=term, year=year, schools=6, defects=False)
    shape = census_shape(settings)
    collection = shape.collection
    schools = [
        school for school in invent_schools(Random(1), 6) if school.phase in ("Primary", "PRU", "Special")
    ]
    written = list(islice(census_returns(shape, schools, settings), 3))
    mapping = load_mappings(collection)["sims_pupils"]
    write_pupil_reports(collection, written, mapping, tmp_path)
    sources = [source_file(path) for path in sorted(tmp_path.iterdir())]
    found = recognise(
        [sheet for source in sources for sheet in read_sheets(source)], load_mappings(collection)
    )
    again, notices = read_export(collection, sources, Export(found.mapping, year, NOON))
    assert notices == []
    assert [list(_lines(collection, one)) for one in again] == [
        list(_lines(collection, one)) for one in sorted(written, key=lambda one: one.ref)
    ]
