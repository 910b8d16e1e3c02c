"""The pages about people in Chromium: a passkey from its own authenticator, the keyboard alone, and axe."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from muster_web.accounts.models import AccessRequest, Grant, User
from muster_web.accounts.roles import Role
from muster_web.design.build_assets import build
from tests.web.browser import axe_violations
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("MUSTER_PICTURES", "")


@pytest.fixture(scope="module", autouse=True)
def assets() -> None:
    """The styles and scripts as they are now."""
    build()


@pytest.fixture
def site(live_server) -> str:
    """The address of the service by a name: a passkey belongs to a name, never to a number."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def device(page: Page) -> None:
    """An authenticator in the computer, that knows its person."""
    channel = page.context.new_cdp_session(page)
    channel.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    channel.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(page: Page, site: str, email: str) -> None:
    page.goto(f"{site}/sign-in/login/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"people-{name}.png", full_page=True)


def test_a_passkey_is_added_signs_in_and_proves_again(page: Page, site: str, device, people) -> None:
    sign_in(page, site, "approver@ashcombe.example")
    page.goto(f"{site}{reverse('mfa_add_webauthn')}")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name of the key").fill("This computer")
    page.get_by_role("button", name="Add the key").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert Authenticator.objects.get(type="webauthn").user == people["ashcombe.approver"]
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site}/sign-in/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.goto(f"{site}{reverse('review')}")
    page.get_by_role("link", name="Use a passkey or security key").click()
    page.get_by_role("button", name="Use a passkey or security key").click()
    expect(page.get_by_role("heading", name="Who should still get in?")).to_be_visible()


def test_an_invited_person_comes_in_with_a_passkey_and_no_password(
    page: Page, site: str, device, viewers, organisations
) -> None:
    from muster_web.accounts.actions.granting import Terms
    from muster_web.accounts.actions.inviting import invite

    invite(viewer=viewers["ashcombe.approver"], organisation=organisations["ashcombe"], email="sam@ashcombe.example",
           name="Sam", roles=[Role.PREPARER], terms=Terms())  # fmt: skip
    page.goto(site + re.search(r"(/people/accept/[\w-]+/)", mail.outbox[-1].body)[1])
    assert axe_violations(page) == []
    page.get_by_label("I will use a passkey and no password").check()
    page.get_by_role("button", name="Accept and come in").click()
    # Without its script, which comes last, the button would only send the form.
    page.wait_for_url("**/webauthn/add/")
    page.get_by_role("button", name="Add the key").click()
    page.get_by_role("button", name="Use a passkey or security key").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site}/sign-in/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("link", name="Sam")).to_be_visible()
    assert not User.objects.get(email="sam@ashcombe.example").has_usable_password()


def test_a_device_that_refuses_is_said_on_the_page(page: Page, site: str, people) -> None:
    page.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('refused'))")
    page.goto(f"{site}/sign-in/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("did not give a key")


PAGES = (
    "people", "invite", "requests", "ask_access", "claim", "claims", "delegate", "access_given", "readiness",
    "account", "second_factor", "mfa_index", "choose_organisation",
)  # fmt: skip


def test_the_pages_are_accessible_and_fit_a_phone(
    page: Page, site: str, people, rounds, organisations
) -> None:
    AccessRequest.objects.create(
        what="role",
        organisation=organisations["ashcombe"],
        by=people["ashcombe.head"],
        role="preparer",
        purpose="x",
    )
    sign_in(page, site, "approver@ashcombe.example")
    faults = {}
    for name in (*PAGES, "person", "answer_request"):
        number = {"person": people["ashcombe.head"].pk, "answer_request": AccessRequest.objects.get().pk}
        page.goto(site + reverse(name, args=[number[name]] if name in number else []))
        faults[name] = axe_violations(page)
        picture(page, name)
        page.set_viewport_size({"width": 320, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            faults[name].append("scrolls sideways at 320")
        page.set_viewport_size({"width": 1280, "height": 900})
    assert not {name: found for name, found in faults.items() if found}


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_reset_password_done"])
def test_the_pages_before_signing_in_are_accessible(page: Page, site: str, people, name: str) -> None:
    page.goto(site + reverse(name))
    assert axe_violations(page) == []
    picture(page, name)


def test_a_request_is_granted_by_keyboard_alone(page: Page, site: str, people, organisations) -> None:
    AccessRequest.objects.create(
        what="role",
        organisation=organisations["ashcombe"],
        by=people["ashcombe.head"],
        role="preparer",
        purpose="x",
    )
    sign_in(page, site, "approver@ashcombe.example")
    page.goto(f"{site}{reverse('requests')}")
    press_until(page, "Head (signs returns off) of Ashcombe School")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="asks for access")).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    page.keyboard.press("Space")
    press_until(page, "Send the answer")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your answer was sent.")).to_be_visible()
    assert Grant.objects.filter(membership__user=people["ashcombe.head"], role=Role.PREPARER).exists()


def press_until(page: Page, text: str) -> None:
    """Press the tabulator until something with this text has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == text:
            return
    raise AssertionError(f"'{text}' is not reached by keyboard")


@pytest.mark.django_db(transaction=True)
def test_what_a_passkey_would_say_is_hidden_until_it_says_it(page: Page, live_server) -> None:
    build()
    page.goto(f"{live_server.url}/sign-in/login/")
    assert not page.locator("#webauthn-refused").is_visible()
    assert page.locator("input[placeholder]").count() == 0
