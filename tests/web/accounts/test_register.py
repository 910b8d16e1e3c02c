"""The official register: taken over with all its columns, in both its date styles and encodings, and refreshed."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from muster.model import MusterError
from muster_web.accounts.actions.registering import Refreshed, refresh, take_links
from muster_web.accounts.models import Membership, Organisation, Succession
from muster_web.accounts.register.files import NEEDED, day_in, day_of_file
from muster_web.accounts.register.links import links_of
from muster_web.accounts.viewer import SYSTEM
from muster_web.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

ON = date(2025, 4, 22)
SCHOOL = {
    "URN": "999001", "LA (code)": "919", "LA (name)": "Anyshire", "EstablishmentNumber": "4001",
    "EstablishmentName": "Ashcombe School", "TypeOfEstablishment (code)": "1", "EstablishmentTypeGroup (code)": "4",
    "EstablishmentStatus (code)": "1", "OpenDate": "", "CloseDate": "", "Trusts (code)": "", "Trusts (name)": "",
    "LastChangedDate": "01-02-2024",
}  # fmt: skip
ACADEMY = {
    **SCHOOL, "URN": "999002", "EstablishmentNumber": "4002", "EstablishmentName": "Coldbrook Academy",
    "EstablishmentTypeGroup (code)": "10", "TypeOfEstablishment (code)": "34",
    "Trusts (code)": "3104", "Trusts (name)": "Coldbrook Trust",
}  # fmt: skip


@pytest.fixture
def take(tmp_path):
    """Write rows as a file of the register and take it over."""

    def taken(*rows: dict[str, str], on: date = ON, encoding: str = "utf-8", codes=None) -> Refreshed:
        path = tmp_path / "register.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return refresh(viewer=SYSTEM, path=path, on=on, la_codes=codes or {})

    return taken


def school(urn: str = "999001") -> Organisation:
    return Organisation.objects.get(urn=urn)


def test_a_row_becomes_a_school_of_its_authority(take) -> None:
    done = take(SCHOOL)
    assert (done.created, done.authorities) == (1, 1)
    assert school().ref == "919/4001" and school().authority.name == "Anyshire"
    assert not school().is_academy and school().owes_returns


def test_an_academy_belongs_to_its_trust_and_a_maintained_schools_foundation_is_none(take) -> None:
    take(ACADEMY, {**SCHOOL, "Trusts (code)": "1579", "Trusts (name)": "Tame Valley Learning Trust"})
    assert school("999002").is_academy and school("999002").trust.name == "Coldbrook Trust"
    assert school().trust is None


def test_an_independent_school_is_known_and_owes_nothing(take) -> None:
    take({**SCHOOL, "EstablishmentTypeGroup (code)": "3", "TypeOfEstablishment (code)": "11"})
    assert not school().owes_returns
    assert not Organisation.objects.filter(kind="authority").exists()


def test_a_refresh_keeps_what_people_here_keep(take, django_user_model) -> None:
    take(SCHOOL)
    Organisation.objects.filter(urn="999001").update(local_contact="Office", local_notes="Rings at noon")
    Membership.objects.create(
        user=django_user_model.objects.create_user("a@b.example", name="A"), organisation=school()
    )
    done = take({**SCHOOL, "EstablishmentName": "Ashcombe High School"}, on=date(2025, 5, 1))
    assert (done.created, done.changed, done.unchanged) == (0, 1, 0)
    assert (school().name, school().local_contact) == ("Ashcombe High School", "Office")
    assert school().local_notes == "Rings at noon" and school().memberships.count() == 1


def test_a_school_entered_by_hand_gets_its_urn_and_is_not_made_twice(take) -> None:
    mine = Organisation.objects.create(
        kind="school", name="Ashcombe", la_code="919", estab="4001", local_notes="x"
    )
    assert take(SCHOOL).created == 0
    assert (school().pk, school().local_notes) == (mine.pk, "x")


def test_a_school_closes_and_opens_again(take) -> None:
    take(SCHOOL)
    gone = {**SCHOOL, "EstablishmentStatus (code)": "2", "CloseDate": "31-08-2024"}
    assert take(gone).closed == 1 and school().closed == date(2024, 8, 31)
    assert Organisation.objects.get(kind="authority").closed == date(2024, 8, 31)
    assert take(SCHOOL).opened == 1 and school().closed is None
    assert Organisation.objects.get(kind="authority").closed is None


def test_a_school_closed_on_an_unknown_day_closed_by_its_last_change(take) -> None:
    take({**SCHOOL, "EstablishmentStatus (code)": "2"})
    assert school().closed == date(2024, 2, 1)


def test_a_school_that_is_only_proposed_owes_nothing_yet(take) -> None:
    take({**SCHOOL, "EstablishmentStatus (code)": "4"})
    assert not school().owes_returns


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("URN", "abc", "this is no such number"),
        ("EstablishmentNumber", "41", "this is no such number"),
        ("EstablishmentName", "", "it has no name"),
        ("CloseDate", "31-02-2024", "this is no date"),
        ("LA (code)", "z", "--authority z=..."),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_what_to_do(take, column, value, said) -> None:
    done = take({**SCHOOL, column: value}, ACADEMY)
    assert (done.rows, done.created, len(done.refused)) == (2, 1, 1)
    (refused,) = done.refused
    assert (refused.row, refused.column, refused.value) == (2, column, value)
    assert said in str(refused)


def test_a_urn_given_twice_is_taken_once(take) -> None:
    done = take(SCHOOL, {**ACADEMY, "URN": SCHOOL["URN"]})
    assert str(done.refused[0]) == "row 3, URN '999001': row 2 has it already. The first is kept."


def test_an_unknown_code_of_an_authority_can_be_said_to_be_another(take) -> None:
    take({**SCHOOL, "LA (code)": "z"}, codes={"z": "370"})
    assert school().la_code == "370" and school().authority.la_code == "370"
    assert school().register["LA (code)"] == "z"


def test_two_names_of_one_authority_are_remarked(take) -> None:
    done = take(SCHOOL, {**ACADEMY, "LA (name)": "Any Shire"})
    assert "is called 'Anyshire' in an earlier row" in str(done.remarks[0])


def test_the_windows_code_page_is_read_as_it_is(take) -> None:
    take({**SCHOOL, "EstablishmentName": "St Chloë’s School"}, encoding="cp1252")
    assert school().name == "St Chloë’s School"


def test_both_styles_of_dates_are_read() -> None:
    assert day_in("x", "31-08-2021") == day_in("x", "31/08/2021") == date(2021, 8, 31)
    assert day_in("x", "") is None


def test_a_file_that_is_no_register_is_refused_whole(tmp_path) -> None:
    (tmp_path / "other.csv").write_text("URN,Name\n1,x\n")
    with pytest.raises(MusterError, match="no column 'LA \\(code\\)'"):
        refresh(viewer=SYSTEM, path=tmp_path / "other.csv", on=ON, la_codes={})


def test_an_older_file_does_not_overwrite_a_newer(take) -> None:
    take(SCHOOL)
    with pytest.raises(MusterError, match="already of 22 April 2025"):
        take(SCHOOL, on=date(2025, 4, 1))


def test_a_refresh_is_audited(take) -> None:
    take(SCHOOL)
    event = AuditEvent.objects.get(name="register_refreshed")
    assert event.data["created"] == 1 and event.data["of"] == "2025-04-22"


def test_a_row_that_is_cut_off_is_refused(tmp_path) -> None:
    path = tmp_path / "cut.csv"
    path.write_text(",".join(f'"{name}"' for name in NEEDED) + "\n999001,919\n")
    done = refresh(viewer=SYSTEM, path=path, on=ON, la_codes={})
    assert "8 cells fewer than the heading" in str(done.refused[0])


def test_the_work_for_many_rows_is_done_in_few_questions(take) -> None:
    rows = [{**SCHOOL, "URN": str(900_000 + n), "EstablishmentNumber": f"{n:04}"} for n in range(500)]
    take(*rows)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert take(*rows).unchanged == 500
    assert len(asked) < 40


def test_the_day_of_a_file_stands_in_its_name() -> None:
    assert day_of_file(Path("edubasealldata20250422.csv")) == ON
    assert day_of_file(Path("register.csv")) is None


def write_links(path: Path, *rows: str) -> Path:
    path.write_text("URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n" + "\n".join(rows) + "\n")
    return path


def test_a_link_is_written_once_whichever_side_says_it(take, tmp_path) -> None:
    take(SCHOOL, ACADEMY)
    path = write_links(
        tmp_path / "links.csv", "999001,999002,Coldbrook,Successor - merged,01-09-2024",
        "999002,999001,Ashcombe,Predecessor - merged,01-09-2024", "999001,777777,Away,Successor,",
        "999001,999002,Coldbrook,Other,",
    )  # fmt: skip
    links = links_of(path)
    done = take_links(viewer=SYSTEM, links=links)
    assert (done.written, done.unknown, sum(links.other.values())) == (1, 1, 1)
    one = Succession.objects.get()
    assert (one.predecessor.urn, one.successor.urn, one.kind) == ("999001", "999002", "merged")
    assert one.on == date(2024, 9, 1)


def test_a_link_that_contradicts_another_is_refused(tmp_path) -> None:
    rows = ("1,2,B,Successor,", "2,1,A,Successor,")
    links = links_of(write_links(tmp_path / "links.csv", *rows))
    assert len(links.found) == 1 and "each said to come before the other" in str(links.refused[0])


@pytest.mark.real_data
def test_the_official_subsets_are_taken_over_with_all_their_columns(shared_data) -> None:
    gias = shared_data / "data" / "gias"
    done = refresh(viewer=SYSTEM, path=gias / "GIASDataSubset_full_columns.csv", on=ON, la_codes={})
    assert (done.rows, done.created, done.refused) == (41, 41, [])
    assert len(school("100000").register) == 140
    other = refresh(viewer=SYSTEM, path=gias / "gias_subset_itt.csv", on=ON, la_codes={})
    assert (other.rows, other.created, other.refused) == (8, 6, [])
    assert school("137666").is_academy and school("137666").opened == date(2011, 11, 1)
    assert school("150516").authority is None and not school("150516").owes_returns


@pytest.mark.real_data
def test_the_official_links_name_each_pair_once(shared_data) -> None:
    gias = shared_data / "data" / "gias"
    links = links_of(gias / "links_edubasealldata20250422.csv")
    assert links.rows == 33_801 and len(links.found) > 16_000
    assert len(links.refused) == 10
