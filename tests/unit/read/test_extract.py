"""A staff export under a mapping becomes people with their contracts, pay, absences and teaching."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.table_files import ANYSHIRE, book_source, cell, csv_source, only, texts

from muster.model import Collection, Extract, UnreadableFile
from muster.model.authority import SourceSetting
from muster.read import load_mappings, read_extract, read_extracts

OWN = """
Payroll No | School   | Surname | First name | DOB        | NINO          | Start      | End | Weekly hours | Full-time hours | Weeks | Annual Pay | Job     | TLR   | Teacher ref
7          | 999/2001 | Smith   | Ann        | 31/12/1980 | QQ 12 34 56 C | 01/09/2015 |     | 32.5         | 32.5            | 52    | £45,421    | Teacher | 3,000 | 12345
"""  # noqa: E501
ABSENCES = """
Payroll No | School | From       | To         | Reason | Days
{}
"""


@pytest.fixture
def read(collection: Collection, tmp_path: Path):
    def of(text: str, mapping: str = "own_provider_payroll", year: int = 2025, school: str = "") -> Extract:
        source = csv_source(tmp_path / "payroll.csv", text)
        setting = SourceSetting("*", "payroll", school=school)
        found = load_mappings(collection)[mapping]
        return read_extract(
            collection, year, source=source, mapping=found, setting=setting, authority=ANYSHIRE
        )

    return of


def codes(extract: Extract) -> list[str]:
    return [notice.code for notice in extract.notices]


def test_a_row_becomes_a_person_with_contract_pay_and_hours(read) -> None:
    (person,) = read(OWN).people
    assert (person.school, person.reference) == ("999/2001", "7")
    assert texts(person.record)["ni_number"] == "QQ123456C"
    assert texts(only(person.record, "payments")) == {"base_pay": "45421.00"}
    assert texts(only(person.record, "hours"))["hours_per_week"] == "32.50"
    assert texts(only(person.record, "additional_payments")) == {
        "payment_amount": "3000.00",
        "payment_type": "TLE",
    }


def test_a_value_keeps_the_text_received_and_where_it_stood(read) -> None:
    extract = read(OWN)
    pay = cell(only(extract.people[0].record, "payments"), "base_pay")
    assert (pay.raw, pay.row, pay.column) == ("£45,421", 2, "Annual Pay")
    assert extract.provenance(pay).mapping == "own_provider_payroll 1"


def test_lost_zeros_are_put_back_and_said_so(read) -> None:
    extract = read(OWN)
    assert extract.people[0].record.text("teacher_number") == "0012345"
    assert codes(extract) == ["zeros_restored"]


@pytest.mark.parametrize("word", ["SUPP", "NA", "x", "c", "z", ":"])
def test_suppressed_pay_is_no_value_and_not_zero(read, word: str) -> None:
    pay = cell(only(read(OWN.replace("£45,421", word)).people[0].record, "payments"), "base_pay")
    assert (pay.text, pay.raw, pay.suppressed) == (None, word, True)


def test_what_cannot_be_read_is_kept_as_it_came(read) -> None:
    person = read(OWN.replace("£45,421", "about 45k").replace("31/12/1980", "12/31/1980")).people[0]
    assert person.record.text("birth_date") == "12/31/1980"
    assert only(person.record, "payments").text("base_pay") == "about 45k"


@pytest.mark.parametrize(("year", "post"), [(2013, "TCH"), (2014, "TCM"), (2025, "TCM")])
def test_a_suppliers_word_means_the_code_of_the_year(read, year: int, post: str) -> None:
    assert only(read(OWN, year=year).people[0].record, "contracts").text("post") == post


def test_a_spine_point_is_read_in_years_that_collect_only_the_pay_worked_out_from_it(read) -> None:
    text = OWN.replace("| TLR  ", "| Point").replace("| 3,000", "| M6   ")
    for year in (2013, 2025):
        assert only(read(text, year=year).people[0].record, "payments").text("spine_point") == "M6"


def test_items_that_are_not_collected_in_the_year_are_not_read(read) -> None:
    text = OWN.replace("| TLR  ", "| Pay reviewed").replace("| 3,000", "| 01/09/2010")
    contract = only(read(text, year=2010).people[0].record, "contracts")
    assert "pay_review_date" not in contract.values


@pytest.mark.parametrize(
    "school", ["999/2001", "9992001", "999 2001", "2001", "Abbey Primary School", "900001"]
)
def test_a_school_is_known_by_number_urn_or_name(read, school: str) -> None:
    assert read(OWN.replace("999/2001", school)).people[0].school == "999/2001"


def test_rows_of_no_school_are_left_out_and_counted(read) -> None:
    extract = read(OWN.replace("999/2001", "Highways"))
    assert extract.people == [] and "1 row(s) are of 'Highways'" in extract.notices[0].message


def test_another_schools_file_is_named_with_both_schools(read) -> None:
    extract = read(OWN, school="999/4001")
    both = "999/4001 (Borough High School) but names 999/2001 (Abbey Primary School)"
    assert both in next(n.message for n in extract.notices if n.code == "other_school")


def test_a_row_with_too_many_cells_is_not_read_under_the_wrong_headings(read) -> None:
    extract = read(OWN.replace("Smith   |", "Smith | Smith |", 2).replace("Surname | Smith", "Surname"))
    assert extract.people == [] and codes(extract) == ["shifted_row"]
    assert extract.notices[0].line == 2 and extract.notices[0].severity == "error"


def test_a_column_none_of_whose_values_fit_is_said_to_have_shifted(read) -> None:
    rows = "\n".join(f"{n} | 999/2001 | Sick | 01/09/2024 | 02/09/2024 | 1" for n in range(3))
    extract = read(ABSENCES.format(rows))
    about = [
        notice.message.split("'")[1] for notice in extract.notices if notice.code == "column_does_not_fit"
    ]
    assert about == ["From", "Reason"]


def test_a_file_of_headings_alone_gives_nobody_and_says_so(read) -> None:
    extract = read(OWN.strip().splitlines()[0] + "\n")
    assert (extract.people, codes(extract)) == ([], ["blank_file"])


def test_a_total_at_the_foot_is_no_person(read) -> None:
    extract = read(OWN + "Total 1" + " | " * 14)
    assert len(extract.people) == 1 and "lone_cell" in codes(extract)


def test_a_missing_column_is_named_with_the_nearest_heading(read) -> None:
    with pytest.raises(UnreadableFile, match=r"payroll\.csv.*'Annual Pay' \(did you mean 'Anual Pay'\?\)"):
        read(OWN.replace("Annual Pay", "Anual Pay"))


def test_a_file_with_no_known_column_is_refused_with_what_was_looked_for(read) -> None:
    with pytest.raises(UnreadableFile, match=r"No sheet fits.*'Colour'.*'Payroll No'"):
        read("Colour,Size,Price\nred,1,2\n")


def test_two_rows_that_differ_are_one_person_with_a_notice(read) -> None:
    row = OWN.strip().splitlines()[1]
    extract = read(OWN + row.replace("Smith", "Jones"))
    assert extract.people[0].record.text("family_name") == "Smith"
    assert [n.message for n in extract.notices if n.code == "values_differ"] == [
        "payroll.csv: 'Surname' has another value on 1 row(s) than on an earlier row of the same record; "
        "the earlier was kept: row 3."
    ]


def test_a_person_at_two_schools_is_told_of_at_each(read) -> None:
    row = OWN.strip().splitlines()[1]
    people = read(OWN + row.replace("999/2001", "999/4001")).people
    assert [(person.school, len(person.record.of("contracts"))) for person in people] == [
        ("999/2001", 1),
        ("999/4001", 1),
    ]


BROMCOM_HEADINGS = [
    *("Staff ID", "Estab", "Last Name", "First Name", "DOB", "Start Date", "End Date", "Contract Type"),
    *("Post (SWF)", "Roles", "Do not include in Census"),
]
BROMCOM_ROW = [
    *("A1", "2001", "Smith", "Ann", "31 Dec 1980", "1 Sep 2015", "", "Permanent", "Teacher MPR", "TCHR;SENC"),
    "No",
]


def test_equal_lessons_are_two_lessons_and_equal_contracts_one(
    collection: Collection, tmp_path: Path
) -> None:
    lesson = ["A1", "2001", "MAT", "7", "1"]
    sheets = {
        "Staff Contracts": [BROMCOM_HEADINGS, BROMCOM_ROW, BROMCOM_ROW, [*BROMCOM_ROW[:-1], "Yes"]],
        "Staff Timetable": [["Staff ID", "Estab", "Subject (SWF)", "Year", "Hours"], lesson, lesson],
    }
    extract = read_extract(
        collection,
        2025,
        source=book_source(tmp_path / "b.xlsx", sheets),
        mapping=load_mappings(collection)["bromcom_contracts"],
        setting=SourceSetting("*", "mis"),
        authority=ANYSHIRE,
    )
    (person,) = extract.people
    assert [role.text("role") for role in person.record.of("contracts")[0].of("roles")] == ["TCHR", "SENC"]
    assert (len(person.record.of("contracts")), len(person.record.of("curriculum"))) == (1, 2)


ASSIGNMENTS = """
EMPLOYEE_REF | ASSIGNMENT_NUMBER | COST_CODE | SURNAME | FORENAME | BIRTH_DATE | NI_NUMBER | START_DATE | END_DATE | CONTRACT_TYPE | CONTRACT_HOURS | FULL_TIME_HOURS | WEEKS_PER_YEAR | ANNUAL_SALARY
1            | 1                 | 9992001   | SMITH   | ANN      | 31-12-1980 | QQ123456C | 01-09-2015 |          | P             | 20             | 32.5            | 52             | 30000
1            | 2                 | 9992001   | SMITH   | ANN      | 31-12-1980 | QQ123456C | 01-09-2016 |          | P             | 10             | 32.5            | 52             | 15000
"""  # noqa: E501
ELEMENTS = """
EMPLOYEE_REF | ASSIGNMENT_NUMBER | COST_CODE | ELEMENT_CODE | ANNUAL_VALUE
1            | 2                 | 9992001   | TLR2         | 3000
1            | 2                 | 9992001   | BASIC        | 15000
1            | 9                 | 9992001   | SENA         | 500
"""


def test_files_of_one_export_are_joined_by_the_contracts_number(
    collection: Collection, tmp_path: Path
) -> None:
    files = [
        csv_source(tmp_path / "county_elements.csv", ELEMENTS),
        csv_source(tmp_path / "county_assignments.csv", ASSIGNMENTS),
    ]
    mapping = load_mappings(collection)["itrent_payroll"]
    setting = SourceSetting("*", "payroll")
    (extract,) = read_extracts(
        collection, 2025, sources=files, mapping=mapping, setting=setting, authority=ANYSHIRE
    )
    first, second = extract.people[0].record.of("contracts")
    assert extract.file.name == "county_assignments.csv" and first.of("additional_payments") == []
    paid = cell(only(second, "additional_payments"), "payment_amount")
    assert (paid.text, paid.column) == ("3000.00", "county_elements.csv: ANNUAL_VALUE")
    assert codes(extract) == ["contract_unknown"]


def test_hundredths_of_hours_become_hours(read) -> None:
    text = """
Employee reference number | Employee post number | Department | Surname | Forename(s) | Sex | Date of birth | National insurance number | Date started | Date left | Standard hours per week
1                         | 1                    | 2001       | Smith   | Ann         | F   | 31/12/1980    | QQ123456C                 | 01/09/2015   |           | 1600
"""  # noqa: E501
    (person,) = read(text, mapping="nfi_payroll").people
    assert only(person.record, "hours").text("hours_per_week") == "16.00"
    assert person.record.text("sex") == "F"
    assert read(text, mapping="nfi_payroll", year=2013).people[0].record.text("sex") == "2"


def test_a_sheet_without_schools_goes_where_the_others_place_the_person(
    collection: Collection, tmp_path: Path
) -> None:
    staff = ["Staff Code", "DfE Number", "Teacher Number", "Family Name", "Given Name", "National Insurance Number",
             "Gender", "Date of birth", "Contract/Agreement Type", "Start Date", "End Date", "Post"]  # fmt: skip
    person = ["9999990", "Smith", "Ann", "QQ123456C", "F", "31/12/1980", "Permanent", "01/09/2015", "", "TCM"]
    held = [["Staff Code", "Qualification", "Qualification Subject 1"], ["S1", "PGCE", "G100"]]
    away = [["Staff Code", "First Day of Absence", "Last Day of Absence", "Absence Category", "Working Days Lost"],
            ["S1", "01/10/2024", "02/10/2024", "Sickness", "2"]]  # fmt: skip
    book = book_source(
        tmp_path / "b.xlsx",
        {"Staff and Contracts": [staff, ["S1", "9992001", *person], ["S1", "9994001", *person]],
         "Qualifications": held, "Absences": away},
    )  # fmt: skip
    mapping, setting = load_mappings(collection)["sims_personnel"], SourceSetting("*", "mis")
    extract = read_extract(
        collection, 2025, source=book, mapping=mapping, setting=setting, authority=ANYSHIRE
    )
    tables = {p.school: [child.table for child in p.record.children] for p in extract.people}
    assert tables == {
        "999/2001": ["contracts", "absences", "qualifications"],
        "999/4001": ["contracts", "qualifications"],
    }
    assert codes(extract) == ["school_of_several"]
