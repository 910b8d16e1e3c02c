"""What a received file would change is a proposal: what is new is taken, what differs is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.transfer_files import OTHER_UPN, TEMPORARY_UPN, UPN, arrived, file_of, pupil

from muster.model import MusterError
from muster.transferring.comparing import ADDRESS, PupilChange, compare
from muster.transferring.roll import Pupil, pupils_of
from muster.transferring.taking_in import Accepted, proposed, taken_in

ADA = {"upn": UPN, "surname": "Quill", "forename": "Ada", "birth_date": "2004-05-26", "sex": "F"}
ITEMS = ("surname", "forename", "year_group", "postcode", "street", "email", "uln")
VALUES = st.dictionaries(st.sampled_from(ITEMS), st.sampled_from(["A", "B", "C"]))


def contact(forename: str, *, relationship: str = "PAM", phone: str = "07700 900001") -> str:
    """A contact with a telephone."""
    return (
        f"<Contact><Order>1</Order><Surname>Quill</Surname><Forename>{forename}</Forename>"
        f"<Relationship>{relationship}</Relationship><Responsibility>true</Responsibility>"
        f"<Phones><Phone><TelephoneType>M</TelephoneType><PhoneNo>{phone}</PhoneNo></Phone></Phones></Contact>"
    )


def change_of(theirs: dict[str, str], ours: dict[str, str]) -> PupilChange:
    (found,) = compare([Pupil(1, {**ADA, **theirs})], [Pupil(1, {**ADA, **ours})])
    return found


def changed_by(folder: Path, theirs: str, ours: str) -> PupilChange:
    """What a file of one pupil with these blocks changes of the pupil with those."""
    received = pupils_of(arrived(folder, file_of(pupil(theirs))))
    (found,) = compare(received, pupils_of(arrived(folder, file_of(pupil(ours)))))
    return found


def told(change: PupilChange, item: str) -> tuple[str, str]:
    found = next(one for one in change.items if one.item == item)
    return found.kind, found.proposal


@pytest.mark.parametrize(
    ("item", "theirs", "ours", "kind", "proposal"),
    [
        ("year_group", "5", "5", "same", "keep"), ("year_group", "5", "", "new", "take"),
        ("year_group", "5", "6", "differs", "ask"), ("year_group", "", "6", "ours", "keep"),
        ("surname", "QUILL", "Quill", "same", "keep"), ("surname", "Quills", "Quill", "differs", "ask"),
        ("postcode", "ZZ99 9ZZ", "zz999zz", "same", "keep"), ("postcode", "ZZ99 9ZZ", "", "new", "take"),
        ("uln", "9276308686", "1000000000", "differs", "ask"),
    ],
)  # fmt: skip
def test_an_item_is_the_same_new_or_differs(
    item: str, theirs: str, ours: str, kind: str, proposal: str
) -> None:
    given_, held = ({item: text} if text else {} for text in (theirs, ours))
    assert told(change_of(given_, held), item) == (kind, proposal)


@pytest.mark.parametrize("item", ADDRESS)
def test_no_part_of_an_address_changes_without_asking(item: str) -> None:
    other = "town" if item != "town" else "street"
    assert told(change_of({item: "A"}, {other: "B"}), item) == ("new", "ask")
    assert told(change_of({item: "A"}, {item: "B"}), item) == ("differs", "ask")
    assert told(change_of({item: "A"}, {}), item) == ("new", "take")


def test_a_permanent_upn_is_never_replaced_by_a_temporary_one() -> None:
    change = change_of({"upn": TEMPORARY_UPN, "former_upn": UPN}, {"upn": UPN})
    assert told(change, "upn") == ("differs", "never")
    with pytest.raises(MusterError, match="a permanent UPN is never replaced by a temporary one"):
        taken_in(change, Pupil(1, {**ADA, "upn": UPN}), Accepted({"upn"}))


def test_a_temporary_upn_becomes_a_former_one() -> None:
    ours = Pupil(7, {**ADA, "upn": TEMPORARY_UPN})
    change = change_of({"upn": UPN, "former_upn": TEMPORARY_UPN}, {"upn": TEMPORARY_UPN})
    assert told(change, "upn") == ("differs", "take")
    after = taken_in(change, ours, proposed(change))
    assert (after.key, after.get("upn"), after.get("former_upn")) == (7, UPN, TEMPORARY_UPN)


def test_contacts_beside_others_are_asked_about(tmp_path: Path) -> None:
    mother, father = contact("May"), contact("Tom", relationship="PAF")
    first = changed_by(tmp_path, f"<Contacts>{mother}</Contacts>", "")
    assert [(one.table, one.kind, one.proposal) for one in first.records] == [
        ("contacts", "new", "take"), ("phones", "new", "take"),
    ]  # fmt: skip
    other = changed_by(tmp_path, f"<Contacts>{father}</Contacts>", f"<Contacts>{mother}</Contacts>")
    assert [(one.table, one.name, one.kind, one.proposal) for one in other.records] == [
        ("contacts", "Quill Tom", "new", "ask"), ("phones", "Quill Tom PAF M", "new", "ask"),
        ("contacts", "Quill May", "ours", "keep"), ("phones", "Quill May PAM M", "ours", "keep"),
    ]  # fmt: skip


def test_a_telephone_that_changed_is_asked_about_and_only_that(tmp_path: Path) -> None:
    before, after = contact("May"), contact("May", phone="07700 900002")
    change = changed_by(tmp_path, f"<Contacts>{after}</Contacts>", f"<Contacts>{before}</Contacts>")
    assert [(one.table, one.kind, one.proposal) for one in change.records] == [
        ("contacts", "same", "keep"), ("phones", "differs", "ask"),
    ]  # fmt: skip
    (number,) = change.records[1].items
    assert (number.ours, number.theirs) == ("07700 900001", "07700 900002")
    assert change.to_decide == 1


def test_what_is_accepted_is_taken_and_nothing_else(tmp_path: Path) -> None:
    before, after = contact("May"), contact("May", phone="07700 900002")
    change = changed_by(tmp_path, f"<Contacts>{after}</Contacts>", f"<Contacts>{before}</Contacts>")
    ours = change.match.candidates[0].pupil
    assert taken_in(change, ours, proposed(change)) == ours
    numbers = [
        r.values["number"]
        for r in taken_in(change, ours, Accepted(records={1})).records
        if r.table == "phones"
    ]
    assert numbers == ["07700 900002"]


def test_a_history_grows_by_what_is_new(tmp_path: Path) -> None:
    def school(estab: str, last: str) -> str:
        return (
            f"<School><LEA>999</LEA><Estab>{estab}</Estab><SchoolName>A</SchoolName><EntryDate>2010-09-01</EntryDate>"
            f"<LastSchool>{last}</LastSchool></School>"
        )

    theirs = f"<SchoolHistory>{school('1111', 'true')}{school('1112', 'false')}</SchoolHistory>"
    change = changed_by(tmp_path, theirs, f"<SchoolHistory>{school('1112', 'true')}</SchoolHistory>")
    assert [(one.kind, one.proposal) for one in change.records] == [("new", "take"), ("differs", "ask")]


def test_a_possible_match_is_not_taken_in_before_a_person_has_said_who_it_is() -> None:
    (change,) = compare([Pupil(1, {**ADA, "upn": OTHER_UPN})], [Pupil(1, ADA)])
    assert change.match.standing == "possible"
    assert change.to_decide >= 1
    with pytest.raises(MusterError, match="Say first which pupil of the school this is"):
        taken_in(change, None, proposed(change))


def test_a_new_pupil_comes_whole(tmp_path: Path) -> None:
    received = pupils_of(arrived(tmp_path, file_of(pupil(f"<Contacts>{contact('May')}</Contacts>"))))
    (change,) = compare(received, [])
    after = taken_in(change, None, proposed(change))
    assert (after.values, after.records) == (received[0].values, received[0].records)


@given(VALUES, VALUES)
def test_what_is_proposed_never_overwrites_and_never_loses(
    theirs: dict[str, str], ours: dict[str, str]
) -> None:
    change = change_of(theirs, ours)
    before = Pupil(1, {**ADA, **ours})
    after = taken_in(change, before, proposed(change))
    assert {item: after.get(item) for item in before.values} == before.values


@given(VALUES, VALUES)
def test_a_file_taken_in_whole_changes_nothing_a_second_time(
    theirs: dict[str, str], ours: dict[str, str]
) -> None:
    change = change_of(theirs, ours)
    after = taken_in(change, Pupil(1, {**ADA, **ours}), Accepted({one.item for one in change.items}))
    again = change_of(
        theirs, {item: text for item, text in after.values.items() if item not in ADA or item in theirs}
    )
    assert not [one for one in again.items if one.kind in ("new", "differs")]
