"""The pages about programs as Chromium shows them: accessible on wide and narrow screens."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from muster_web.machines.actions.webhooks import send_test, subscribe
from tests.web.browser import show_pages_of, violations_of_pages

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_page_about_machines_is_accessible(page: Page, sign_in, services, viewers, settings) -> None:
    settings.WEBHOOKS_TO_LOOPBACK = True
    account, viewer = services["ashcombe"].account, viewers["ashcombe.approver"]
    told = subscribe(viewer=viewer, account=account, url="http://127.0.0.1:9/told", events=["return_loaded"])
    send_test(viewer=viewer, subscription=told)
    addresses = [
        reverse("machines"), reverse("new_machine"), reverse("machine_webhooks", args=[account.pk]),
        reverse("webhook_log", args=[account.pk, told.pk]), reverse("developers"),
    ]  # fmt: skip
    show_pages_of(page, sign_in("ashcombe.approver", proved=True))
    for width in (1280, 400):
        assert violations_of_pages(page, addresses, width=width) == {}
