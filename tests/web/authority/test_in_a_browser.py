"""The pages over many returns as Chromium shows them: accessible on wide and narrow screens."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from muster_web.returns.actions import comparing
from muster_web.returns.actions.explaining import say
from muster_web.returns.models import Case
from tests.web.browser import INSIDE, axe_violations, show_pages_of, violations_of_pages
from tests.web.files import return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)
BOARDS = ("board", "board_rules", "send_many")


@pytest.mark.parametrize("who", ["anyshire.la_officer", "anyshire.la_approver", "department.collector"])
def test_every_page_over_many_returns_is_accessible(page: Page, sign_in, viewers, returns, who: str) -> None:
    sent = world.send(viewers, returns["ashcombe"], return_of())
    allowed = BOARDS if who.startswith("anyshire") else BOARDS[:2]
    boards = [reverse(name, args=[sent.round_id]) for name in allowed]
    show_pages_of(page, sign_in(who))
    for width in (1280, 400):
        assert violations_of_pages(page, [reverse("home"), *boards], width=width) == {}


def test_every_page_of_an_officers_week_is_accessible(page: Page, sign_in, viewers, returns, rounds) -> None:
    sent = world.send(viewers, returns["ashcombe"], return_of())
    other = return_of(("1975-02-03", "1976-02-03"), estab="2001")
    world.send(viewers, returns["birchfield"], other, school="birchfield")
    comparing.ask_to_compare(viewer=viewers["anyshire.la_officer"], round=rounds["statutory"])
    note = sent.notes.order_by("pk")[0]
    say(viewer=viewers["ashcombe.preparer"], subject=sent, text="The hours are right now.")
    over_many = ("at_risk", "cases", "chase_log", "phone_list", "deadline", "exports", "chase")
    addresses = [
        *(reverse(name, args=[sent.round_id]) + "?work=to_approve" for name in over_many),
        reverse("explanations", args=[sent.round_id, note.rule]),
        reverse("same_explanation", args=[sent.round_id, note.rule, note.pk]),
        reverse("case", args=[Case.objects.get().pk]),
        *(
            reverse(name, args=[sent.pk])
            for name in ("return_page", "thread", "not_required", "withdraw_return")
        ),
    ]
    show_pages_of(page, sign_in("anyshire.la_officer", proved=True))
    for width in (1280, 400):
        assert violations_of_pages(page, addresses, width=width) == {}


def test_a_letter_is_previewed_by_keyboard_alone(page: Page, sign_in, returns) -> None:
    show_pages_of(page, sign_in("anyshire.la_officer"))
    page.goto(f"{INSIDE}{reverse('chase', args=[returns['ashcombe'].round_id])}?work=not_loaded")
    page.get_by_role("button", name="See what would be sent").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="2 letters would be sent").wait_for()
    assert axe_violations(page) == []
