"""What the exact reader takes from a file: values, rows, keys and lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.xml_returns import column, contract, details, elements, message, received, with_members

from muster.model import Collection
from muster.read.xml_reader import read_xml

PAY = "<Payments><BasePay>30000.00</BasePay></Payments>"


def test_the_header_names_the_return(collection: Collection, tmp_path: Path) -> None:
    read = read_xml(collection, received(tmp_path, message()))
    assert (read.ref, read.year, read.collection) == ("919/4001", 2013, "school_workforce")
    assert read.tables["returns"].keys["return_id"] == [1]
    assert set(read.tables) == set(collection.tables)


def test_a_value_is_kept_as_it_is_written(collection: Collection, tmp_path: Path) -> None:
    person = details(
        TeacherNumber="007", Ethnicity="wbri", PersonBirthDate="31/12/1980", NINumber="QQ 12 34 56 A"
    )
    read = read_xml(collection, received(tmp_path, with_members(person)))
    row = next(read.tables["members"].rows())
    kept = [row[item] for item in ("teacher_number", "ethnicity", "birth_date", "ni_number")]
    assert kept == ["007", "wbri", "31/12/1980", "QQ 12 34 56 A"]


@pytest.mark.parametrize("written", ["", " ", "\n\t "])
def test_an_empty_element_is_not_given(collection: Collection, tmp_path: Path, written: str) -> None:
    read = read_xml(collection, received(tmp_path, with_members(details(TeacherNumber=written))))
    assert column(read, "members", "teacher_number") == [None]
    assert read.notices == []


def test_surrounding_blanks_are_dropped(collection: Collection, tmp_path: Path) -> None:
    read = read_xml(collection, received(tmp_path, with_members(details(TeacherNumber="\n  0000001\t"))))
    assert column(read, "members", "teacher_number") == ["0000001"]


def test_entities_comments_and_character_data_are_read_as_text(
    collection: Collection, tmp_path: Path
) -> None:
    odd = "<Post>A&amp;<!-- no -->&#66;<?no no?><![CDATA[<C>]]></Post>"
    read = read_xml(collection, received(tmp_path, with_members(contract(odd))))
    assert column(read, "contracts", "post") == ["A&B<C>"]
    assert read.notices == []


def test_old_line_ends_are_read_as_new_ones(collection: Collection, tmp_path: Path) -> None:
    file = with_members(details(TeacherNumber="a\nb")).replace("\n", "\r\n")
    read = read_xml(collection, received(tmp_path, file))
    assert column(read, "members", "teacher_number") == ["a\nb"]
    assert read.tables["members"].lines == [3]


def test_the_same_name_means_different_things_in_different_places(
    collection: Collection, tmp_path: Path
) -> None:
    lesson = "<Curriculums><Curriculum><Hours>5</Hours></Curriculum></Curriculums>"
    hours = "<PostLevelDetails><Hours><HoursPerWeek>32.5</HoursPerWeek></Hours></PostLevelDetails>"
    read = read_xml(collection, received(tmp_path, with_members(contract(hours) + lesson)))
    assert column(read, "hours", "hours_per_week") == ["32.5"]
    assert column(read, "curriculum", "hours") == ["5"]


def test_pay_lies_within_the_role_it_is_given_for_or_within_none(
    collection: Collection, tmp_path: Path
) -> None:
    post = f"<PostLevelDetails>{PAY}</PostLevelDetails>"
    role = f"<Role><RoleIdentifier>TCHR</RoleIdentifier><RoleLevelDetails>{PAY}</RoleLevelDetails></Role>"
    file = with_members(contract(post), contract(f"<Roles><Role/>{role}</Roles>"))
    keys = read_xml(collection, received(tmp_path, file)).tables["payments"].keys
    assert keys == {
        "payment_id": [1, 2], "role_id": [None, 2], "contract_id": [1, 2], "member_id": [1, 2], "return_id": [1, 1],
    }  # fmt: skip


def test_former_names_are_rows_of_their_own(collection: Collection, tmp_path: Path) -> None:
    names = (
        "<FormerFamilyNames><PersonFamilyName>Ax</PersonFamilyName><PersonFamilyName>Bex</PersonFamilyName>"
    )
    file = with_members(f"<StaffDetails>{names}</FormerFamilyNames></StaffDetails>")
    read = read_xml(collection, received(tmp_path, file))
    assert column(read, "former_names", "family_name") == ["Ax", "Bex"]
    assert column(read, "members", "family_name") == [None]


def test_a_second_subject_fills_the_second_item(collection: Collection, tmp_path: Path) -> None:
    subjects = "<QualificationSubject>1</QualificationSubject><QualificationSubject>2</QualificationSubject>"
    both = f"<Qualification><Subjects>{subjects}</Subjects></Qualification>"
    one = f"<Qualification><Subjects>{subjects[:46]}</Subjects></Qualification>"
    file = with_members(f"<Qualifications>{both}{one}</Qualifications>")
    read = read_xml(collection, received(tmp_path, file))
    assert column(read, "qualifications", "subject_1") == ["1", "1"]
    assert column(read, "qualifications", "subject_2") == ["2", None]


def test_subjects_repeated_whole_fill_both_items(collection: Collection, tmp_path: Path) -> None:
    subject = "<Subjects><QualificationSubject>{}</QualificationSubject></Subjects>"
    inside = f"<Qualification>{subject.format(1)}{subject.format(2)}</Qualification>"
    read = read_xml(
        collection, received(tmp_path, with_members(f"<Qualifications>{inside}</Qualifications>"))
    )
    assert column(read, "qualifications", "subject_2") == ["2"]


def test_an_empty_block_is_a_row(collection: Collection, tmp_path: Path) -> None:
    read = read_xml(collection, received(tmp_path, with_members("<Absences><Absence/></Absences>", "")))
    assert len(read.tables["members"]) == 2
    assert read.tables["absences"].keys["member_id"] == [1]


def test_what_is_about_the_school_hangs_on_the_return(collection: Collection, tmp_path: Path) -> None:
    body = f"<School><Vacancies><Vacancy>{elements(Post='TCH')}</Vacancy></Vacancies></School>"
    read = read_xml(collection, received(tmp_path, message(body)))
    assert read.tables["vacancies"].keys == {"vacancy_id": [1], "return_id": [1]}
    assert column(read, "vacancies", "post") == ["TCH"]


@pytest.mark.parametrize("between", ["\n", "", "<!-- x -->\n"])
def test_lines_are_right_far_down_a_file(collection: Collection, tmp_path: Path, between: str) -> None:
    absences = f"<Absence>{between}<FirstDayOfAbsence>{between}2013-01-01</FirstDayOfAbsence></Absence>\n"
    body = f"<Absences>{between}{absences}<Absence/>\n<Absence></Absence></Absences>\n"
    file = with_members(*["\n" * 21_000 + body] * 4)
    read = read_xml(collection, received(tmp_path, file))
    lines = file.split("\n")
    for table, start in (("members", "<SchoolWorkforceMember>"), ("absences", "<Absence")):
        there = [
            at for at, line in enumerate(lines, 1) for _ in range(line.replace("<Absences", "").count(start))
        ]
        assert read.tables[table].lines == there


def test_rows_are_read_from_any_years_shape(collection: Collection, tmp_path: Path) -> None:
    for year, pay, sex in (("2013", "Scale", "GenderCurrent"), ("2025", "PayRange", "Sex")):
        post = f"<PostLevelDetails><Payments>{elements(**{pay: 'TM'})}</Payments></PostLevelDetails>"
        file = with_members(details(**{sex: "1"}) + contract(post), year=year)
        read = read_xml(collection, received(tmp_path, file))
        assert column(read, "payments", "pay_range") == ["TM"]
        assert column(read, "members", "sex") == ["1"]
        assert read.notices == []
