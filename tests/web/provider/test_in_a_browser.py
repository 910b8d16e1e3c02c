"""The pages of a school's return as Chromium shows them: accessible on wide and narrow screens."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.web.browser import show_pages_of, violations_of_pages

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def addresses(loaded, error) -> list[str]:
    """The pages of the loaded return."""
    names = ("return_page", "upload", "findings", "changes", "compare", "summary")
    return [
        reverse("home"),
        *(reverse(name, args=[loaded.pk]) for name in names),
        reverse("explain", args=[loaded.pk, "rule", error.rule]),
        reverse("record", args=[loaded.pk, error.record_mark]),
        reverse("edit_item", args=[loaded.pk, error.record_mark, "ethnicity"]),
    ]


@pytest.mark.parametrize("width", [1280, 400])
def test_every_page_of_a_return_is_accessible(page: Page, sign_in, addresses, width: int) -> None:
    show_pages_of(page, sign_in("ashcombe.preparer"))
    assert violations_of_pages(page, addresses, width=width) == {}
