"""The keyed form as Chromium shows it, with what is wrong on it: accessible on wide and narrow screens."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.web.browser import show_pages_of, violations_of_pages
from tests.web.provider.test_key_form import OFFICER, form, run_checks, typed

__all__ = ["form"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_form_is_accessible_with_what_is_wrong_on_it(page, sign_in, form, width) -> None:
    client = sign_in(OFFICER)
    show_pages_of(page, client)
    wrong = typed(reason_pn_late="83", pn_unresolved="x")
    client.post(reverse("key_form", args=[form.pk]), {**wrong, "save": "1"})
    run_checks()
    pages = [reverse("key_form", args=[form.pk]), reverse("return_page", args=[form.pk])]
    assert violations_of_pages(page, pages, width=width) == {}
