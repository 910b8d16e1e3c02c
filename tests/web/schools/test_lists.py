"""Lists of governors and buildings come from files: each row that cannot be is named, the rest is taken and shown."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from xlsxwriter import Workbook

from muster.model.days import months_on
from muster_web.accounts.models import Succession
from muster_web.audit.models import AuditEvent
from muster_web.audit.verify import verify
from muster_web.privacy.actions.retaining import apply_schedule, hold
from muster_web.privacy.models import Hold
from muster_web.privacy.queries.due_files import preview
from muster_web.schools.models import Building, Governor

SCHOOL, OFFICER, STRANGER = "ashcombe.head", "anyshire.la_officer", "otherby.la_officer"
GOVERNORS = "URN,Name,Role,Public,From,Until,Appointed by,E-mail,Telephone"
REGISTER = (
    "GID,URN,UID,Role,Title,Forename 1,Forename 2,Surname,Date of appointment,Date term of office ends/ended,"
    "Appointing body"
)
BUILDINGS = ["URN", "Block", "Element", "Condition", "Surveyed", "Built", "Remark"]
CHAIR = "99940011,Ada Larch,Chair,yes,01/09/2023,31/08/2030,The board,chair@ashcombe.example,01632 960001"
CLERK = "99940011,Nell Rowan,Clerk,no,,,,clerk@ashcombe.example,"


@pytest.fixture
def school(organisations):
    """Ashcombe, with the number by which lists name it; Birchfield and Dunmere have theirs too."""
    for number, short in enumerate(("ashcombe", "birchfield", "dunmere"), 1):
        organisations[short].urn = f"999400{number}{number}"
        organisations[short].save()
    return organisations["ashcombe"]


@pytest.fixture
def send(sign_in, school):
    """Send lines as a list, and read the answer."""

    def sent(who: str, *lines: str, name: str = "list.csv", content: bytes = b"") -> tuple[int, str]:
        file = SimpleUploadedFile(name, content or "\n".join(lines).encode())
        answer = sign_in(who).post(reverse("send_list"), {"file": file})
        return answer.status_code, answer.content.decode()

    return sent


@pytest.fixture
def page_for(sign_in, school):
    """The file of the school as somebody sees it."""
    return lambda who: sign_in(who).get(reverse("school", args=[school.pk])).content.decode()


def workbook(*rows: list[object]) -> bytes:
    out = io.BytesIO()
    with Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def test_names_and_roles_that_are_public_everybody_reads_and_contact_details_the_school_and_its_authority(
    send, page_for
) -> None:
    status, said = send(OFFICER, GOVERNORS, CHAIR, CLERK)
    assert status == 200 and "2 entries taken" in said
    for who in (SCHOOL, OFFICER):
        for text in (
            "Ada Larch",
            "chair@ashcombe.example",
            "Nell Rowan",
            "list.csv row 2",
            "sent by Anyshire",
        ):
            assert text in page_for(who), (who, text)
    elsewhere = page_for("dunmere.head") + page_for(STRANGER) + page_for("department.collector")
    assert elsewhere.count("Ada Larch") == 3 and "1 September 2023" in elsewhere
    assert "@ashcombe.example" not in elsewhere and "Nell Rowan" not in elsewhere


def test_the_download_of_the_register_is_read_and_leaves_what_the_school_listed(send, page_for) -> None:
    send(SCHOOL, GOVERNORS, CLERK)
    row = "1,99940011,,Governor,Mr,Tom,,Reed,01-09-2022,31-08-2030,Elected by parents"
    status, said = send(OFFICER, REGISTER, row, "2,,5001,Member,Ms,Una,,Vale,,,")
    assert status == 200 and "1 entry taken" in said and "row 3" in said
    assert "Mr Tom Reed" in page_for(STRANGER) and "Nell Rowan" in page_for(SCHOOL)


def test_the_school_has_the_last_list_it_was_sent_and_says_what_is_wrong_in_it(send, page_for) -> None:
    send(SCHOOL, GOVERNORS, CHAIR, CLERK)
    send(SCHOOL, GOVERNORS, CHAIR.replace("Chair", "Vice chair"))
    assert [one.role for one in Governor.objects.all()] == ["Vice chair"]
    assert "about=Vice%20chair&amp;place=list.csv%20row%202" in page_for(SCHOOL)
    events = AuditEvent.objects.filter(name="school_list_taken")
    assert events.count() == 2 and "Larch" not in str(list(events.values())) and not verify().fault


def test_every_row_that_cannot_be_is_named_with_its_column_and_the_rest_is_taken(send, organisations) -> None:
    Succession.objects.create(
        predecessor=organisations["birchfield"], successor=organisations["dunmere"], kind="Successor"
    )
    organisations["birchfield"].closed = "2019-08-31"
    organisations["birchfield"].save()
    wrong = {
        "99949999,Ed Elm,Parent,yes,,,,,": "row 3, urn 99949999: no such school is known here",
        "99940022,Ed Elm,Parent,yes,,,,,": "closed on 31 August 2019 and was followed by Dunmere School (URN 99940033)",
        "99940033,Ed Elm,Parent,yes,,,,,": "row 5, urn 99940033: this is no school of yours",
        "99940011,,Parent,yes,,,,,": "row 6, Name: it is empty",
        "99940011,Ed Ash,Parent,perhaps,,,,,": "row 7, Public: write yes or no",
        "99940011,Ed Elm,Parent,yes,,,,at home,": "row 8, E-mail: it is no e-mail address",
        f"99940011,{'E' * 121},Parent,yes,,,,,": "row 9, Name: it is too long",
        "99940011,Ed Oak,Parent,yes,01/09/2024,01/09/2023,,,": "row 10, Until: the time in office ends before",
        "99940011,Ada Larch,Chair,yes,,,,,": "stands in row 2 already",
        "99940011,Ivy Fir,Parent,yes,31/02/2024,,,,": "row 12, From &#x27;31/02/2024&#x27;: this is no day",
    }
    _, said = send(OFFICER, GOVERNORS, CHAIR, *wrong)
    for why in wrong.values():
        assert why in said
    assert {one.name for one in Governor.objects.all()} == {"Ada Larch", "Ivy Fir"}
    assert "at home" not in said and "Ed Elm" not in said


def test_a_survey_of_buildings_comes_from_a_workbook_with_titles_above_its_headings(send, page_for) -> None:
    content = workbook(
        ["Survey of Anyshire"], ["Made for the board", None, "in", 2024], [], BUILDINGS,
        [99940011, "Main", "Roof", "c", "12/03/2024", "1936", "Leaks over the hall"],
        [99940011, "Main", "Windows", "A", timezone.localdate().replace(2024, 3, 12), None, None],
        [99940011, "Main", "Boiler", "E", "12/03/2024", None, None],
        [99940011, "Main", "Drains", "B", None, None, None],
    )  # fmt: skip
    status, said = send(OFFICER, name="survey.xlsx", content=content)
    assert status == 200 and "2 entries taken" in said
    assert "row 7, Condition: &#x27;E&#x27; is none of the grades" in said
    assert "row 8, Surveyed: the day of the survey is missing" in said
    for who, seen in ((SCHOOL, True), (OFFICER, True), ("department.collector", True), (STRANGER, False)):
        assert ("C: poor" in page_for(who) and "12 March 2024" in page_for(who)) is seen, who
    assert "1 of 2 elements poor or bad, surveyed in 2024" in page_for(SCHOOL)


def test_a_later_survey_stands_beside_the_earlier_and_counts(send, page_for) -> None:
    for condition, day in (("D", "2019-05-01"), ("A", "2025-05-01"), ("B", "2025-05-01")):
        send(OFFICER, ",".join(BUILDINGS), f"99940011,Main,Roof,{condition},{day},,")
    assert sorted(Building.objects.values_list("condition", flat=True)) == ["B", "D"]
    assert "0 of 1 element poor or bad, surveyed in 2025" in page_for(SCHOOL)


@pytest.mark.parametrize(
    ("lines", "why"),
    [((), "The file is empty"), (("name,colour", "a,b"), "has not the headings"),
     (("LA,ESTAB,URN,PERCTOT,PPERSABS10", "202,4101,99940011,9.5,21.0"), "holds figures")],
)  # fmt: skip
def test_what_is_no_list_is_refused(send, lines, why) -> None:
    status, said = send(OFFICER, *lines)
    assert status == 400 and why in said


def test_a_list_is_sent_by_officers_and_schools_alone(client, sign_in, send) -> None:
    assert client.get(reverse("send_list")).status_code == 302
    assert sign_in("department.collector").get(reverse("send_list")).status_code == 403
    assert sign_in(OFFICER).get(reverse("send_list")).status_code == 200
    send(STRANGER, GOVERNORS, CHAIR)
    send("birchfield.head", GOVERNORS, CHAIR)
    assert not Governor.objects.exists()


@pytest.fixture
def governors(school) -> None:
    """One whose time ends today, one who left over a month ago, and one who left over a year ago."""
    today = timezone.localdate()
    days = {
        "Still Here": today, "Left Lately": months_on(today, -1) - timedelta(days=1),
        "Left Long": months_on(today, -12) - timedelta(days=1),
    }  # fmt: skip
    for name, until in days.items():
        Governor.objects.create(
            school=school, dataset="list_governors", source="l.csv", row=2, name=name, role="Chair", until=until,
            email="x@ashcombe.example", public=True,
        )  # fmt: skip


def test_who_left_is_reached_no_more_and_named_no_more_after_a_year(governors, page_for) -> None:
    said = page_for(SCHOOL)
    assert said.count("x@ashcombe.example") == 1 and "Left Lately" in said and "Left Long" not in said


def test_the_retention_schedule_forgets_them_and_leaves_what_is_held(governors, school, viewers) -> None:
    kept = hold(viewer=viewers["department.collector"], hold=Hold(organisation=school, reason="A complaint"))
    assert not preview() and apply_schedule().certificate is None
    Hold.objects.filter(pk=kept.pk).update(ended=timezone.localdate())
    assert [(one.what, one.versions) for one in preview()] == [("contact details", 2), ("governors", 1)]
    certificate = apply_schedule().certificate
    assert certificate is not None and not preview()
    assert certificate.files[0] == {"what": "contact details", "people": 2}
    left = Governor.objects.order_by("name").values_list("name", "email")
    assert list(left) == [("Left Lately", ""), ("Still Here", "x@ashcombe.example")]
