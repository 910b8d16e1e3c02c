"""The pages about audit and privacy as Chromium shows them: accessible on wide and narrow screens."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from muster_web.audit.record import record
from muster_web.privacy.actions.telling import publish_notice
from muster_web.privacy.models import Notice
from tests.web.browser import show_pages_of, violations_of_pages
from tests.web.governance.test_pages import filled

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = {
    "ashcombe.approver": ("governance", "audit", "agreements", "notices", "processing"),
    "ashcombe.preparer": ("subject_access",),
    "department.collector": ("retention",),
}


@pytest.mark.parametrize("who", PAGES)
def test_every_page_about_audit_and_privacy_is_accessible(
    page: Page, sign_in, viewers, organisations, returns, who: str
) -> None:
    record("thing_done", actor="system", organisations=[organisations["ashcombe"].pk])
    publish_notice(viewer=viewers["ashcombe.approver"], audience="staff", text="What we hold.")
    client = sign_in("ashcombe.approver", proved=True)
    assert client.post(reverse("agreements"), filled(organisations)).status_code == 302
    addresses = [reverse(name) for name in PAGES[who]]
    if who == "ashcombe.approver":
        addresses.append(reverse("note_told", args=[Notice.objects.get().pk]))
    if who == "ashcombe.preparer":
        addresses.append(reverse("unmask", args=[returns["ashcombe"].pk]))
    show_pages_of(page, sign_in(who, proved=True))
    for width in (1280, 400):
        assert violations_of_pages(page, addresses, width=width) == {}
