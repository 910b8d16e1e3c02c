"""The pages of the file of a school in a real browser: the accessibility checker finds nothing on any of them."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from muster_web.accounts.models import Organisation
from muster_web.returns.actions import deciding
from muster_web.schools.actions import asking
from muster_web.schools.actions.indexing import index_schools
from muster_web.schools.actions.listing import take_sent_list
from muster_web.schools.actions.noting import challenge, review_concern, write_note
from muster_web.schools.actions.planning import take_plan
from muster_web.schools.models import Note, Ticket
from tests.web.browser import show_pages_of, violations_of_pages
from tests.web.files import return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = 375, 1280
LISTS = {
    "governors.csv": "URN,Name,Role,Public,From,Until,Appointed by,E-mail,Telephone\n"
    "99940011,Ada Larch,Chair,yes,2023-09-01,,The board,chair@ashcombe.example,01632 960001\n"
    "99940011,Nell Rowan,Clerk,no,2020-09-01,2025-08-31,,clerk@ashcombe.example,\n",
    "survey.csv": "URN,Block,Element,Condition,Surveyed,Built,Remark\n99940011,Main,Roof,C,2024-03-12,1936,Leaks\n",
}


@pytest.fixture
def file(load, organisations, viewers, returns):
    """Ashcombe with figures published and returned, a note and something it says is wrong."""
    school = organisations["ashcombe"]
    subject = world.send(viewers, returns["ashcombe"], return_of())
    deciding.approve(viewer=viewers["anyshire.la_approver"], subject=subject)
    deciding.authorise(viewer=viewers["department.collector"], subject=world.now(subject))
    school.urn = "99940011"
    school.save()
    load()
    index_schools()
    officer = viewers["anyshire.la_officer"]
    write_note(
        viewer=officer, note=Note(school=school, kind="visit", title="A visit", text="Seen.", shared=True)
    )
    concern = Note(
        school=school, kind="concern", title="Roll", text="Falls.", shared=True, on=date(2025, 1, 6)
    )
    write_note(viewer=officer, note=concern)
    review_concern(viewer=officer, note=concern, on=date(2025, 2, 3), text="It falls still.")
    for name, text in LISTS.items():
        take_sent_list(viewer=officer, chunks=[text.encode()], name=name)
    asking.ask(viewer=viewers["ashcombe.head"], school=school, title="Places", text="Two more?")
    take_plan(
        viewer=officer, school=school, plan="2026/27", text="Phonics for all\nFewer absences\nA new hall"
    )
    return challenge(
        viewer=viewers["ashcombe.head"],
        school=school,
        about="Pupils on roll",
        place="pupils.csv row 2",
        text="801",
    )


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_pages_have_no_fault_for_the_accessibility_checker(page, sign_in, file, width) -> None:
    school = file.school_id
    other = Organisation.objects.get(urn="99940022").pk
    pages = {
        "anyshire.la_officer": [
            reverse("schools"), reverse("school", args=[school]), reverse("school_note", args=[school]),
            reverse("answer_challenge", args=[file.pk]),
            reverse("concerns"), reverse("review_concern", args=[Note.objects.get(kind="concern").pk]),
            reverse("send_list"), reverse("tickets"), reverse("ticket", args=[Ticket.objects.get().pk]),
            reverse("school_plan", args=[school]), reverse("school_plan_themes", args=[school]),
            reverse("school_document", args=[school]), reverse("demand") + "?theme=attendance",
            reverse("compare_schools") + f"?school={school}&school={other}",
        ],
        "ashcombe.head": [
            reverse("school", args=[school]), reverse("ask", args=[school]),
            reverse("challenge", args=[school]) + "?about=x&place=y",
        ],
    }  # fmt: skip
    for who, addresses in pages.items():
        show_pages_of(page, sign_in(who))
        assert not violations_of_pages(page, addresses, width=width)
