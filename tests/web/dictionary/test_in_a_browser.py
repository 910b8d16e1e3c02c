"""The dictionary in Chromium, wide and narrow: nothing for the accessibility checker to say."""

from __future__ import annotations

import pytest
from django.urls import reverse

from muster_web.design.build_assets import build
from muster_web.proposals.actions import Wish, propose
from tests.web.browser import show_pages_of, violations_of_pages

pytestmark = pytest.mark.django_db(transaction=True)
WISH = Wish("school_workforce", "members.sex", "A code for not stated", "Schools are asked for it.")


@pytest.fixture(scope="module", autouse=True)
def assets() -> None:
    """The styles and scripts as they are now."""
    build()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_are_accessible(page, sign_in, viewers, width) -> None:
    made = propose(viewer=viewers["ashcombe.preparer"], wish=WISH)
    show_pages_of(page, sign_in("department.collector"))
    pages = [
        reverse("dictionary") + "?q=sex",
        reverse("dictionary_collection", args=["school_preferences"]),
        reverse("dictionary_item", args=["school_workforce", "members", "sex"]),
        reverse("dictionary_rule", args=["children_in_need", "2886Q"]),
        reverse("dictionary_code_set", args=["children_in_need", "sex"]),
        reverse("dictionary_changes", args=["school_workforce"]) + "?from=2022&to=2023",
        reverse("proposals"), reverse("propose"), reverse("proposal", args=[made.pk]),
    ]  # fmt: skip
    assert violations_of_pages(page, pages, width=width) == {}
