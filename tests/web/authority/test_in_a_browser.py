"""The pages over many returns as Chromium shows them: accessible on wide and narrow screens."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.web.browser import show_pages_of, violations_of_pages
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
