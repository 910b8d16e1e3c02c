"""The pages of the file of a school in a real browser: the accessibility checker finds nothing on any of them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from muster_web.accounts.models import Organisation
from muster_web.returns.actions import deciding
from muster_web.schools.actions.indexing import index_schools
from muster_web.schools.actions.noting import challenge, write_note
from muster_web.schools.actions.planning import take_plan
from muster_web.schools.models import Note
from tests.web.browser import show_pages_of, violations_of_pages
from tests.web.files import return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = 375, 1280


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
    write_note(
        viewer=officer, note=Note(school=school, kind="concern", title="Roll", text="Falls.", shared=True)
    )
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
            reverse("school_plan", args=[school]), reverse("school_plan_themes", args=[school]),
            reverse("school_document", args=[school]), reverse("demand") + "?theme=attendance",
            reverse("compare_schools") + f"?school={school}&school={other}",
        ],
        "ashcombe.head": [reverse("school", args=[school]), reverse("challenge", args=[school]) + "?about=x&place=y"],
    }  # fmt: skip
    for who, addresses in pages.items():
        show_pages_of(page, sign_in(who))
        assert not violations_of_pages(page, addresses, width=width)
