"""The records of a return on a page: people with their findings counted, each person as a tree, items highlighted."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.inspected import YEAR, edit_of, of_item, school
from tests.xml_returns import contract, elements, received, with_members

from muster.inspecting import Desk, Field, Form, Inspected, RecordView
from muster.model import Collection

DESK = Desk("school_workforce", YEAR)


@pytest.fixture
def inspected(tmp_path: Path) -> Inspected:
    """The school of two people, as received."""
    return DESK.inspect(school(tmp_path))


def field(view: RecordView, name: str) -> Field:
    return next(one for one in view.fields if one.asked.name == name)


def ben(inspected: Inspected) -> RecordView:
    tree = inspected.records.tree(inspected.records.people()[1].identity)
    assert tree is not None
    return tree


def test_people_are_listed_with_the_findings_of_all_their_records(inspected: Inspected) -> None:
    people = inspected.records.people()
    assert [line.label for line in people] == [
        "Ann Smith, born 2 January 1980",
        "Ben Jones, born 3 February 1981",
    ]
    about = [f for f in inspected.result.findings if f.table != "returns"]
    assert sum(line.to_fix + line.to_explain + line.explained for line in people) == len(about)
    assert sum(line.to_fix for line in people) == sum(f.severity == "error" for f in about)


def test_the_kinds_of_record_are_those_directly_below_the_return_people_first(tmp_path: Path) -> None:
    staff = "<School><StaffInformation><Occasionals><OccasionalsQTS>2</OccasionalsQTS></Occasionals>"
    vacancy = "<Vacancies><Vacancy><Post>TCH</Post></Vacancy></Vacancies>"
    rest = staff.replace("<School>", f"<School>{vacancy}") + "</StaffInformation></School></Message>"
    text = with_members("", year="2025").replace("</Message>", rest)
    records = DESK.inspect(received(tmp_path, text)).records
    assert next(iter(records.kinds().items())) == ("members", 1)
    assert records.kinds() == {"members": 1, "vacancies": 1, "occasional_teachers": 1}
    (line,) = records.lines("vacancies")
    view = records.tree(line.identity)
    assert view is not None and view.table == "vacancies" and not view.below


def test_a_person_is_a_tree_of_records(inspected: Inspected) -> None:
    tree = ben(inspected)
    assert [(view.kind, view.came) for view in tree.walk()] == [
        ("staff member", "return.xml, line 4"),
        ("contract", "return.xml, line 4"),
    ]
    assert tree.below[0].label == "TAS contract from 1 September 2020"


def test_a_finding_leads_to_its_record_and_its_items(inspected: Inspected) -> None:
    finding = next(
        f for f in inspected.result.findings if "contract_end" in f.values and f.table == "contracts"
    )
    identity = inspected.records.identity_of(finding)
    tree, own = inspected.records.tree(identity), inspected.records.record(identity)
    assert tree == ben(inspected) and own == tree.below[0]
    assert own is not None and finding in field(own, "contract_end").findings
    assert finding not in field(own, "post").findings
    assert inspected.records.name_in(identity) == finding.record


def test_what_is_found_of_the_return_as_a_whole_stands_with_what_it_says_of_itself(
    inspected: Inspected,
) -> None:
    view = inspected.records.of_return()
    assert field(view, "lea").value == "919" and not view.below
    about = [f for f in inspected.result.findings if f.table == "returns"]
    assert about and {f.fingerprint for f in about} == {
        f.fingerprint for one in view.fields for f in one.findings
    } | {f.fingerprint for f in view.findings}


def test_a_name_no_record_has_leads_nowhere(inspected: Inspected) -> None:
    records = inspected.records
    assert records.tree("0123456789abcdef") is None and records.record("x") is None
    assert records.name_in("x") == ""


def test_an_item_is_shown_with_its_title_its_meaning_and_what_is_permitted(inspected: Inspected) -> None:
    sex = field(ben(inspected), "sex")
    assert (sex.asked.title, sex.asked.element, sex.value, sex.shown) == ("Sex", "Sex", "M", "M: Male")
    assert ("F", "Female") in sex.asked.codes and sex.asked.editable
    born = field(ben(inspected), "birth_date")
    assert (born.shown, born.asked.type, born.asked.codes) == ("3 February 1981", "date", ())
    flag = field(ben(inspected), "qts")
    assert flag.asked.codes == (("true", "yes"), ("false", "no")) and flag.shown == ""
    assert flag.asked.shown("TRUE") == "yes"


def test_an_edited_value_stands_beside_the_one_received(tmp_path: Path, inspected: Inspected) -> None:
    edit = edit_of(inspected, of_item(inspected, "sex")[0], "sex", "F")
    again = DESK.inspect(school(tmp_path), edits=[edit])
    view = again.records.tree(edit.identity)
    assert view is not None
    sex = field(view, "sex")
    assert (sex.received, sex.value, sex.is_edited, sex.came) == (
        "X",
        "F",
        True,
        "edited on screen: return.xml, sex",
    )
    assert not field(view, "birth_date").is_edited


def test_a_record_whose_name_was_edited_is_found_by_the_name_it_was_received_under(
    tmp_path: Path, inspected: Inspected
) -> None:
    line = inspected.records.people()[0]
    view = inspected.records.tree(line.identity)
    assert view is not None
    edit = edit_of(inspected, of_item(inspected, "sex")[0], "sex", "F")
    renamed = type(edit)("members", line.identity, "given_name", "Anne", "Ann")
    again = DESK.inspect(school(tmp_path), edits=[renamed])
    assert again.records.people()[0].identity == line.identity
    assert again.records.people()[0].label == "Anne Smith, born 2 January 1980"


def test_pay_below_a_role_is_not_shown_a_second_time_below_its_contract(tmp_path: Path) -> None:
    pay = f"<Payments>{elements(PayRange='TE')}</Payments>"
    role = f"<Roles><Role>{elements(RoleIdentifier='TCHR')}<RoleLevelDetails>{pay}</RoleLevelDetails></Role></Roles>"
    inside = f"{elements(Post='TCH')}<PostLevelDetails>{pay}</PostLevelDetails>{role}"
    one = DESK.inspect(received(tmp_path, with_members(contract(inside), year="2025")))
    tree = one.records.tree(one.records.people()[0].identity)
    assert tree is not None
    shape = [(view.table, [below.table for below in view.below]) for view in tree.walk() if view.below]
    assert shape == [
        ("members", ["contracts"]),
        ("contracts", ["payments", "roles"]),
        ("roles", ["payments"]),
    ]
    assert len({view.identity for view in tree.walk()}) == len(list(tree.walk()))


@pytest.mark.parametrize(
    ("table", "item", "editable"),
    [("returns", "lea", False), ("returns", "reference_date", True), ("members", "birth_date", True)],
)
def test_what_names_the_return_cannot_be_edited(
    collection: Collection, table: str, item: str, editable: bool
) -> None:
    assert Form(collection, YEAR).items(table)[item].editable is editable


def test_what_is_not_asked_in_the_year_cannot_be_edited(collection: Collection) -> None:
    assert not Form(collection, YEAR).items("returns")["cbds_level"].editable
    assert Form(collection, 2011).items("returns")["cbds_level"].editable


def test_what_puts_records_under_their_child_and_what_other_lists_give_cannot_be_edited() -> None:
    form = Desk("looked_after", YEAR).form
    assert not form.items("header")["child"].editable and form.items("header")["sex"].editable
    assert not any(asked.editable for asked in form.items("episodes_last").values())


def test_every_item_in_the_official_file_of_a_year_has_its_element(collection: Collection) -> None:
    form = Form(collection, YEAR)
    missing = [
        f"{table.name}.{item.name}"
        for table in collection.tables.values()
        if YEAR in table.years
        for item in table.items_in(YEAR)
        if not form.items(table.name)[item.name].element
    ]
    assert missing == []
