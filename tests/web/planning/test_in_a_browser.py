"""The pages for planning in a real browser: the accessibility checker finds nothing on any of them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from muster_web.planning.actions.consulting import open_consultation, reply
from muster_web.planning.actions.training import book, offer_course
from muster_web.planning.models import Consultation, Course
from tests.web.browser import show_pages_of, violations_of_pages

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = 375, 1280


@pytest.fixture
def course(viewers) -> Course:
    """A course with two bookings, one of them waiting."""
    made = Course(
        title="Phonics for all", about="Teachers of Year 1.", on=timezone.localdate() + timedelta(days=30), places=10,
        fixed=Decimal(450), each=Decimal("12.50"), price=Decimal(75),
    )  # fmt: skip
    offer_course(viewer=viewers["anyshire.la_officer"], course=made)
    for who, seats in (("ashcombe.head", 8), ("birchfield.head", 3)):
        book(viewer=viewers[who], course=made, seats=seats)
    return made


@pytest.fixture
def survey(viewers) -> Consultation:
    """A survey that one school answered."""
    made = Consultation(
        title="Help with data", about="How good?", closes=timezone.localdate(), rated=True, major=True
    )
    open_consultation(viewer=viewers["anyshire.la_officer"], consultation=made)
    reply(viewer=viewers["ashcombe.head"], consultation=made, rating=2, text="Quick and kind.")
    return made


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_pages_have_no_fault_for_the_accessibility_checker(
    page, sign_in, rolls, course, survey, width
) -> None:
    pages = {
        "anyshire.la_officer": [
            reverse("places"), reverse("places") + "?births=2019/20+80%0A2020/21+82%0A2021/22+60&homes=2027+200+3.5",
            reverse("funding") + "?total=185000&lump=40&other=100", reverse("funding"),
            reverse("courses"), reverse("new_course"), reverse("course", args=[course.pk]),
            reverse("course_attendance", args=[course.pk]),
            reverse("consultations"), reverse("new_consultation"), reverse("consultation", args=[survey.pk]),
            reverse("training_tracker") + "?title=Phonics+for+all",
        ],
        "ashcombe.head": [
            reverse("courses"), reverse("course", args=[course.pk]), reverse("consultation", args=[survey.pk]),
        ],
    }  # fmt: skip
    for who, addresses in pages.items():
        show_pages_of(page, sign_in(who))
        assert not violations_of_pages(page, addresses, width=width)
