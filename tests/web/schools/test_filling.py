"""What people put into the file of a school: visits, plans, documents, good practice; and the brief made of it."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from muster_web.accounts.models import Organisation
from muster_web.audit.models import AuditEvent
from muster_web.schools.actions.noting import write_note
from muster_web.schools.actions.planning import take_plan
from muster_web.schools.models import Document, Figures, Loading, Note, Priority
from muster_web.schools.themes import suggested_theme

SCHOOL, OFFICER, STRANGER = "ashcombe.head", "anyshire.la_officer", "otherby.la_officer"
PLAN = {"plan": "2026/27", "text": "Every pupil reads with phonics\n\nFewer absences in Year 9\nA new hall\n"}


@pytest.fixture
def school(organisations) -> Organisation:
    """Ashcombe, of which the register says who leads it and how many places it has."""
    one = organisations["ashcombe"]
    one.register = {
        "HeadTitle (name)": "Ms", "HeadFirstName": "Ada", "HeadLastName": "Larch", "SchoolCapacity": "410",
        "OfstedRating (name)": "Good", "OfstedLastInsp": "09-02-2024",
        "StatutoryLowAge": "11", "StatutoryHighAge": "16",
    }  # fmt: skip
    one.register_date = timezone.localdate().replace(year=2025, month=7, day=10)
    one.save()
    loading = Loading.objects.create(dataset="school_pupils", name="p.csv", sha256="p")
    Figures.objects.create(
        organisation=one, loading=loading, dataset="school_pupils", period="2018/19", row=1,
        values={"pupils": [398, "398", ""]},
    )  # fmt: skip
    return one


@pytest.fixture
def address(school):
    """The address of a page of the school."""
    return lambda name: reverse(name, args=[school.pk])


def text_of(answer) -> str:
    return answer.content.decode()


def a_file(name: str = "visit.pdf", content: bytes = b"%PDF-1.7 seen") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


# -- facts -------------------------------------------------------------------------------------------------


def test_the_file_says_who_leads_the_school_and_how_many_places_are_left(sign_in, address) -> None:
    said = text_of(sign_in("dunmere.head").get(address("school")))
    for text in (
        "Ms Ada Larch",
        "11 to 16",
        "410 places",
        "12 places",
        "Good, 09-02-2024",
        "register, 10 July 2025",
    ):
        assert text in said
    assert "roll of 2018/19 (p.csv row 1)" in said and "This is wrong" not in said
    assert "about=Head&amp;place=register%2C%2010%20July%202025" in text_of(
        sign_in(SCHOOL).get(address("school"))
    )


def test_whom_to_write_to_is_for_the_school_its_authority_and_the_department(
    sign_in, address, school
) -> None:
    school.local_contact, school.local_email = "Nell Rowan", "office@ashcombe.example"
    school.save()
    for who, seen in (
        (SCHOOL, True), (OFFICER, True), ("department.collector", True), (STRANGER, False), ("dunmere.head", False),
    ):  # fmt: skip
        said = text_of(sign_in(who).get(address("school")))
        assert ("office@ashcombe.example" in said) is seen, who


def test_a_full_school_has_no_places_less_than_none(sign_in, address, school) -> None:
    school.register["SchoolCapacity"] = "390"
    school.save()
    assert "8 pupils more than places" in text_of(sign_in(SCHOOL).get(address("school")))


# -- visits and concerns -----------------------------------------------------------------------------------


def test_a_visit_has_a_judgement_actions_and_its_time_and_the_school_can_challenge_it(
    sign_in, address
) -> None:
    sent = {
        "kind": "visit", "title": "Autumn visit", "text": "Seen.", "theme": "attendance", "judgement": "secure",
        "actions": "The office rings by ten.", "on_day": "3", "on_month": "11", "on_year": "2025", "minutes": "45",
        "shared": "on",
    }  # fmt: skip
    assert sign_in(OFFICER).post(address("school_note"), sent).status_code == 302
    said = text_of(sign_in(SCHOOL).get(address("school")))
    assert "Secure: as it should be" in said and "The office rings by ten." in said and "45 minutes" in said
    assert "place=note%20" in said


@pytest.fixture
def concern(school, viewers) -> Note:
    """A concern the authority noted."""
    note = Note(school=school, kind="concern", title="Falling roll", text="Two years.", shared=True)
    return write_note(viewer=viewers[OFFICER], note=note)


def test_a_concern_stands_until_its_authority_ends_it_once(sign_in, address, concern) -> None:
    assert "Causing concern" in text_of(sign_in(SCHOOL).get(address("school")))
    end = reverse("end_concern", args=[concern.pk])
    assert sign_in(STRANGER).post(end).status_code == 404
    assert sign_in(SCHOOL).post(end).status_code == 403
    assert sign_in(OFFICER).get(end).status_code == 405
    assert [sign_in(OFFICER).post(end).status_code for _ in range(2)] == [302, 403]
    assert "Causing concern" not in text_of(sign_in(SCHOOL).get(address("school")))


def test_a_link_that_is_no_page_is_refused_and_words_stay_words(sign_in, address) -> None:
    sent = {
        "kind": "good_practice", "title": "<script>alert(1)</script>", "text": "How.", "link": "javascript:alert(1)",
        "on_day": "3", "on_month": "11", "on_year": "2025", "minutes": "0", "shared": "on",
    }  # fmt: skip
    assert sign_in(OFFICER).post(address("school_note"), sent).status_code == 400
    sent["link"] = "https://practice.example/"
    assert sign_in(OFFICER).post(address("school_note"), sent).status_code == 302
    assert "<script>alert" not in text_of(sign_in(SCHOOL).get(address("school")))


# -- plans -------------------------------------------------------------------------------------------------


def test_a_plan_comes_line_by_line_and_its_themes_are_suggested_then_confirmed(sign_in, address) -> None:
    assert sign_in(SCHOOL).get(address("school_plan")).status_code == 200
    assert sign_in(SCHOOL).post(address("school_plan"), PLAN).status_code == 302
    found = list(Priority.objects.values_list("place", "theme", "confirmed"))
    assert found == [(1, "reading and writing", False), (2, "attendance", False), (3, "", False)]
    hall = Priority.objects.get(place=3)
    themes = address("school_plan_themes")
    assert "A new hall" in text_of(sign_in(OFFICER).get(themes))
    assert sign_in(OFFICER).post(themes, {f"theme-{hall.pk}": "finance and buildings"}).status_code == 302
    hall.refresh_from_db()
    assert (hall.theme, hall.confirmed) == ("finance and buildings", True)
    sign_in(SCHOOL).post(address("school_plan"), PLAN)  # the same again: what was confirmed stays
    assert Priority.objects.get(place=3).confirmed and Priority.objects.count() == 3


def test_demand_counts_schools_by_theme_for_their_authority_alone(sign_in, school, viewers) -> None:
    take_plan(viewer=viewers[SCHOOL], school=school, plan="2026/27", text="Phonics for all\nReading at home")
    said = text_of(sign_in(OFFICER).get(reverse("demand") + "?theme=reading+and+writing"))
    assert "Phonics for all" in said and "suggested, not confirmed" in said
    assert "Phonics" not in text_of(sign_in(STRANGER).get(reverse("demand") + "?theme=reading+and+writing"))
    assert sign_in(SCHOOL).get(reverse("demand")).status_code == 403


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "There is a problem"), ("a\n" + "b" * 501, "Line 2 has 501 letters"),
     ("\n".join(map(str, range(31))), "31 lines"),
     ("x " * 10_001, "at most 20000")],
)  # fmt: skip
def test_a_plan_that_cannot_be_one_is_refused_with_the_line(sign_in, address, text, why) -> None:
    answer = sign_in(SCHOOL).post(address("school_plan"), {"plan": "2026/27", "text": text})
    assert answer.status_code == 400 and why in text_of(answer)
    assert not Priority.objects.exists()


def test_ten_megabytes_pasted_are_refused_and_nothing_is_kept(sign_in, address) -> None:
    answer = sign_in(SCHOOL).post(address("school_plan"), {"plan": "2026/27", "text": "x" * (10 << 20)})
    assert answer.status_code in (400, 413) and not Priority.objects.exists()


def test_a_theme_that_is_not_in_the_list_is_refused(sign_in, address, school, viewers) -> None:
    [one] = take_plan(viewer=viewers[SCHOOL], school=school, plan="p", text="Phonics")
    answer = sign_in(OFFICER).post(address("school_plan_themes"), {f"theme-{one.pk}": "astrology"})
    assert answer.status_code == 400 and "is no theme" in text_of(answer)


@pytest.mark.parametrize(
    ("text", "theme"), [("Improve SEND provision", "special needs"), ("A new clock", ""), ("", "")]
)
def test_a_theme_is_suggested_by_words(text, theme) -> None:
    assert suggested_theme(text) == theme


# -- documents ---------------------------------------------------------------------------------------------


def test_a_document_is_kept_as_it_came_found_by_its_title_and_read_by_those_who_may(sign_in, address) -> None:
    assert sign_in(OFFICER).get(address("school_document")).status_code == 200
    sent = {"title": "Report of the autumn visit", "file": a_file(), "shared": "on"}
    assert sign_in(OFFICER).post(address("school_document"), sent).status_code == 302
    one = Document.objects.get()
    read = reverse("read_document", args=[one.pk])
    answer = sign_in(SCHOOL).get(read)
    assert answer.content == b"%PDF-1.7 seen" and "attachment" in answer["Content-Disposition"]
    assert AuditEvent.objects.filter(name="school_document_read").count() == 1
    for who, found in ((SCHOOL, 1), (OFFICER, 1), (STRANGER, 0)):
        said = text_of(sign_in(who).get(reverse("schools") + "?words=autumn+report"))
        assert f"{found} school" in said, who
    assert sign_in(STRANGER).get(read).status_code == 404


def test_what_a_school_files_its_authority_reads_and_what_is_not_shared_the_school_does_not(
    sign_in, address
) -> None:
    sign_in(SCHOOL).post(address("school_document"), {"title": "Our plan", "file": a_file("plan.txt")})
    sign_in(OFFICER).post(address("school_document"), {"title": "Between us", "file": a_file("us.txt", b"x")})
    assert "about=Our%20plan" not in text_of(sign_in(SCHOOL).get(address("school")))
    assert "Our plan" in text_of(sign_in(OFFICER).get(address("school")))
    assert "Between us" not in text_of(sign_in(SCHOOL).get(address("school")))


@pytest.mark.parametrize(
    ("file", "why"),
    [(None, "Choose a file"), (a_file(content=b""), "The file is empty"),
     (a_file("big.pdf", b"x" * ((10 << 20) + 1)), "larger than 10 MB")],
)  # fmt: skip
def test_a_document_that_cannot_be_kept_is_refused(sign_in, address, file, why) -> None:
    sent = {"title": "It", **({"file": file} if file else {})}
    answer = sign_in(SCHOOL).post(address("school_document"), sent)
    assert answer.status_code == 400 and why in text_of(answer) and not Document.objects.exists()


@pytest.mark.parametrize("name", ["school_plan", "school_document", "school_plan_themes"])
def test_only_the_school_and_its_authority_fill_its_file(sign_in, address, client, name) -> None:
    assert client.get(address(name)).status_code == 302
    assert sign_in(STRANGER).get(address(name)).status_code == 404
    assert sign_in("birchfield.head").get(address(name)).status_code in (403, 404)
    assert sign_in("department.collector").post(address(name)).status_code == 403


# -- good practice and the brief ---------------------------------------------------------------------------


@pytest.fixture
def practice(organisations, viewers) -> Note:
    """Birchfield agreed to be named for its attendance."""
    note = Note(
        school=organisations["birchfield"], kind="good_practice", title="First-day calls", text="How.",
        theme="attendance", shared=True, agreed=True, link="https://practice.example/calls",
    )  # fmt: skip
    return write_note(viewer=viewers[OFFICER], note=note)


def test_good_practice_is_named_to_schools_of_the_authority_where_the_school_agreed(
    sign_in, address, practice
) -> None:
    for who, seen in ((SCHOOL, True), (OFFICER, True), ("dunmere.head", False)):
        assert ("First-day calls" in text_of(sign_in(who).get(address("school")))) is seen, who
    Note.objects.update(agreed=False)
    assert "First-day calls" not in text_of(sign_in(SCHOOL).get(address("school")))


def test_the_brief_is_one_page_with_the_numbers_of_the_file(sign_in, address, concern, practice) -> None:
    answer = sign_in(OFFICER).get(address("school_brief"))
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    said = pages[0].extract_text()
    assert len(pages) == 1
    for text in ("Ashcombe School", "398", "2018/19", "12 places", "Falling roll", "First-day calls"):
        assert text in said
    assert AuditEvent.objects.filter(name="school_brief_taken").count() == 1


def test_the_brief_tells_a_stranger_no_more_than_the_file(sign_in, address, concern, client) -> None:
    assert client.get(address("school_brief")).status_code == 302
    said = (
        PdfReader(io.BytesIO(sign_in(STRANGER).get(address("school_brief")).content)).pages[0].extract_text()
    )
    assert "398" in said and "Falling roll" not in said
    assert sign_in("ashcombe.auditor").get(address("school_brief")).status_code == 403
    assert sign_in(SCHOOL).get(reverse("school_brief", args=[987654321])).status_code == 404
