"""What is unusual in a file and can be read all the same becomes a notice; nothing is dropped in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.xml_returns import column, contract, details, elements, message, of_code, received, with_members

from muster.model import Collection, Return
from muster.read.xml_reader import NOTICES, read_xml


@pytest.fixture
def read(collection: Collection, tmp_path: Path):
    """Reads a message given as text."""
    return lambda text: read_xml(collection, received(tmp_path, text))


def test_the_first_of_two_values_is_kept_and_both_are_told(read) -> None:
    twice = "<StaffDetails><Ethnicity>WBRI</Ethnicity>\n<Ethnicity>REFU</Ethnicity></StaffDetails>"
    got = read(with_members("", twice))
    [notice] = got.notices
    assert column(got, "members", "ethnicity") == [None, "WBRI"]
    assert (notice.code, notice.severity, notice.line) == ("read.duplicate_element", "error", 5)
    assert (notice.table, notice.key, notice.item, notice.value) == ("members", 2, "ethnicity", "REFU")
    assert "'WBRI' was kept and 'REFU', in <Ethnicity>, was not" in notice.message


@pytest.mark.parametrize("values", [("", "WBRI"), ("WBRI", ""), ("WBRI", "WBRI")])
def test_a_value_beats_an_empty_element_and_the_repetition_is_told(read, values) -> None:
    twice = "".join(f"<Ethnicity>{value}</Ethnicity>" for value in values)
    got = read(with_members(f"<StaffDetails>{twice}</StaffDetails>"))
    assert column(got, "members", "ethnicity") == ["WBRI"]
    assert len(of_code(got, "read.duplicate_element")) == 1


def test_a_container_given_twice_gives_its_items_twice(read) -> None:
    got = read(with_members(details(Ethnicity="WBRI") + details(Ethnicity="REFU", TeacherNumber="0000001")))
    assert column(got, "members", "teacher_number") == ["0000001"]
    assert len(of_code(got, "read.duplicate_element")) == 1


def test_a_third_subject_is_one_too_many(read) -> None:
    subjects = "".join(f"<QualificationSubject>{n}</QualificationSubject>" for n in (1, 2, 3))
    inside = (
        f"<Qualifications><Qualification><Subjects>{subjects}</Subjects></Qualification></Qualifications>"
    )
    got = read(with_members(inside))
    assert column(got, "qualifications", "subject_2") == ["2"]
    assert of_code(got, "read.duplicate_element")[0].value == "3"


def test_an_unknown_element_is_told_with_its_place_and_the_nearest_name(read) -> None:
    got = read(with_members("\n<StaffDetails><TeachrNumber>0000001</TeachrNumber></StaffDetails>"))
    [notice] = got.notices
    assert (notice.code, notice.line, notice.value) == ("read.unknown_element", 4, "0000001")
    assert "within Message/SchoolWorkforceMembers/SchoolWorkforceMember/StaffDetails" in notice.message
    assert notice.fix == "Was <TeacherNumber> meant?"


def test_a_known_element_in_the_wrong_place_is_told_where_it_belongs(read) -> None:
    [notice] = read(with_members("<NINumber>QQ123456A</NINumber>")).notices
    assert notice.fix.endswith("SchoolWorkforceMember/StaffDetails.")


def test_an_unknown_block_is_skipped_whole_and_counted(read) -> None:
    block = "<Unheard><Post>TCH</Post><Deeper><Post/></Deeper></Unheard>"
    got = read(with_members(contract(block + elements(Post="TCH"))))
    assert column(got, "contracts", "post") == ["TCH"]
    assert "with the 3 elements inside it" in got.notices[0].message


def test_an_element_of_another_year_is_read_and_told(read) -> None:
    got = read(with_members(details(Sex="F")))
    [notice] = got.notices
    assert column(got, "members", "sex") == ["F"]
    assert notice.code == "read.other_year"
    assert "<Sex> is not part of the 2013 message (it belongs to 2023-)" in notice.message


@pytest.mark.parametrize("order", [("Sex", "GenderCurrent"), ("GenderCurrent", "Sex")])
def test_the_element_of_the_returns_own_year_wins(read, order) -> None:
    values = {"Sex": "F", "GenderCurrent": "2"}
    got = read(with_members(details(**{name: values[name] for name in order})))
    assert column(got, "members", "sex") == ["2"]
    assert of_code(got, "read.duplicate_element")[0].value == "F"


@pytest.mark.parametrize(
    "body",
    [
        "stray<SchoolWorkforceMembers/>",
        "<SchoolWorkforceMembers/>stray",
        "<SchoolWorkforceMembers>stray</SchoolWorkforceMembers>",
        "<SchoolWorkforceMembers><SchoolWorkforceMember>stray</SchoolWorkforceMember></SchoolWorkforceMembers>",
        "<SchoolWorkforceMembers><SchoolWorkforceMember/>stray<SchoolWorkforceMember/></SchoolWorkforceMembers>",
        "<School><Vacancies><Vacancy><Post>TCH</Post>stray</Vacancy></Vacancies></School>",
        "<School><Vacancies>stray<Vacancy/></Vacancies></School>",
    ],
)
def test_text_between_elements_is_told(read, body) -> None:
    [notice] = read(message(body)).notices
    assert (notice.code, notice.severity, notice.line) == ("read.stray_text", "error", 2)
    assert "'stray'" in notice.message


@pytest.mark.parametrize("inside", ["<B>1</B>", "TC<B>1</B>H", "<B/>TCH", "TCH<B/>"])
def test_elements_within_a_value_are_told(read, inside) -> None:
    got = read(with_members(contract(f"<Post>{inside}</Post>")))
    assert {notice.code for notice in got.notices} <= {"read.element_in_value", "read.stray_text"}
    assert "<Post> should hold a plain value but holds <B>" in got.notices[0].message


def test_attributes_are_told_and_not_read(read) -> None:
    file = message('<School id = "7"><Vacancies><Vacancy n="1"><Post/></Vacancy></Vacancies></School>')
    got = read(file.replace("<Message>", "<Message version='1'>"))
    assert [notice.message.split(" was")[0] for notice in got.notices] == [
        "The attribute version of <Message>", "The attribute id of <School>", "The attribute n of <Vacancy>",
    ]  # fmt: skip


def test_a_namespace_is_told_once_a_name_and_read_through(read) -> None:
    file = with_members(details(TeacherNumber="0000001")).replace("<Message>", "<Message xmlns='urn:x'>")
    got = read(file)
    assert column(got, "members", "teacher_number") == ["0000001"]
    assert got.ref == "919/4001"
    assert {notice.code for notice in got.notices} == {"read.namespace"}


def test_ten_thousand_duplicates_are_counted_and_the_first_listed(read) -> None:
    many = "<Ethnicity>WBRI</Ethnicity>\n" * 10_001
    got = read(with_members(f"<StaffDetails>{many}</StaffDetails>"))
    assert len(of_code(got, "read.duplicate_element")) == 20
    [rest] = of_code(got, "read.more")
    assert rest.value == "9980"
    assert "9,980 more than are listed here" in rest.message and "Ethnicity (9,980)" in rest.message


def test_a_thousand_different_unknown_elements_are_counted(read) -> None:
    got = read(with_members("".join(f"<U{n}/>" for n in range(1000))))
    listed = of_code(got, "read.unknown_element")
    assert len(listed) + int(of_code(got, "read.more")[0].value or 0) == 1000


def test_every_kind_of_notice_is_explained(read) -> None:
    got: Return = read(with_members("x<A b='1'/>", details(Sex="F")))
    assert {notice.code for notice in got.notices} <= set(NOTICES)


def test_a_return_that_names_no_collection_is_told(read) -> None:
    file = with_members("").replace("<Collection>School Workforce Census</Collection>", "")
    assert [notice.code for notice in read(file).notices] == ["read.collection_not_named"]
