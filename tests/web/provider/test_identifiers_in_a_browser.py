"""The page that checks identifiers as Chromium shows it, accessible on wide and narrow screens."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.web.browser import INSIDE, axe_violations, picture, show_pages_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [1280, 400])
def test_identifiers_are_pasted_and_judged_on_an_accessible_page(page: Page, sign_in, width: int) -> None:
    show_pages_of(page, sign_in("ashcombe.preparer"))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{INSIDE}{reverse('identifiers')}")
    assert axe_violations(page) == []
    page.get_by_label("What are they?").select_option("upn")
    page.get_by_label("Identifiers, one on each line").fill("M99920000001A\nL99920000001\nl999200000017")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("heading", name="3 wrong of 3 checked")).to_be_visible()
    assert axe_violations(page) == []
    picture(page, f"identifiers-{width}")
