"""Signing in through an organisation's own OpenID Connect provider, against a real one on this machine."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from django.test import Client
from django.urls import reverse

from muster_web.accounts.models import User

pytestmark = pytest.mark.django_db
LOGIN = "/sign-in/oidc/organisation/login/"
PEOPLE = (
    {"sub": "jo", "email": "Preparer@ashcombe.example", "email_verified": True},
    {"sub": "unproved", "email": "head@ashcombe.example", "email_verified": False},
    {"sub": "stranger", "email": "stranger@elsewhere.example", "email_verified": True},
)


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider that knows three people."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    claims = [word for one in PEOPLE for word in ("--user-claims", json.dumps(one))]
    # A process of its own: what it imports warns of its age.
    running = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *claims],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(10)


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the provider did not start")


@pytest.fixture
def configured(provider, settings) -> str:
    """The service knows the provider."""
    app = {
        "provider_id": "organisation", "name": "Anyshire", "client_id": "muster", "secret": "not a secret",
        "settings": {"server_url": provider, "oauth_pkce_enabled": True},
    }  # fmt: skip
    settings.IDENTITY_PROVIDER = app
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return provider


class _Stay(HTTPRedirectHandler):
    """Does not follow: where it leads is what is asked for."""

    def redirect_request(self, *_args: object) -> None:
        """Follow nothing."""
        return


def consent(url: str, who: str) -> str:
    """Say at the provider that one is this person; the way back that it answers with."""
    try:
        build_opener(_Stay).open(Request(url, data=f"sub={who}".encode()), timeout=20)
    except Exception as answer:
        found = getattr(answer, "headers", {}).get("Location")
        if found:
            return str(found)
        raise
    raise AssertionError("the provider led nowhere")


def go(client: Client, who: str):
    """Sign in by way of the provider as one of its people; the answer of the service to the way back."""
    there = client.post(LOGIN, {"process": "login"})["Location"]
    back = urlsplit(consent(there, who))
    return client.get(f"{back.path}?{back.query}")


def test_somebody_with_an_account_comes_in(client, people, configured) -> None:
    answer = go(client, "jo")
    assert answer.status_code == 302 and answer["Location"] == "/"
    page = client.get(reverse("account")).content.decode()
    assert "preparer@ashcombe.example" in page


def test_the_code_is_bound_to_the_browser_that_asked(client, people, configured, monkeypatch) -> None:
    sent: list[str] = []
    exchange = OAuth2Client.get_access_token

    def noted(self, code, pkce_code_verifier=None, **more):
        sent.append(pkce_code_verifier)
        return exchange(self, code, pkce_code_verifier=pkce_code_verifier, **more)

    monkeypatch.setattr(OAuth2Client, "get_access_token", noted)
    there = client.post(LOGIN, {"process": "login"})["Location"]
    asked = parse_qs(urlsplit(there).query)
    back = urlsplit(consent(there, "jo"))
    client.get(f"{back.path}?{back.query}")
    digest = base64.urlsafe_b64encode(hashlib.sha256(sent[0].encode()).digest()).rstrip(b"=").decode()
    assert asked["code_challenge_method"] == ["S256"] and asked["code_challenge"] == [digest]
    assert asked["client_id"] == ["muster"] and asked["state"][0]


@pytest.mark.parametrize("who", ["stranger", "unproved"])
def test_who_has_no_account_or_no_proved_address_stays_out(client, people, configured, who) -> None:
    answer = go(client, who)
    assert answer.status_code == 403 and "There is no account for you here" in answer.content.decode()
    assert client.get(reverse("account")).status_code == 302
    assert User.objects.count() == len(people)


def test_somebody_suspended_stays_out(client, people, configured) -> None:
    User.objects.filter(pk=people["ashcombe.preparer"].pk).update(status="suspended", is_active=False)
    go(client, "jo")
    assert client.get(reverse("account")).status_code == 302


def test_an_answer_meant_for_another_browser_is_not_taken(people, configured) -> None:
    mine, other = Client(), Client()
    there = mine.post(LOGIN, {"process": "login"})["Location"]
    back = urlsplit(consent(there, "jo"))
    other.get(f"{back.path}?{back.query}")
    assert other.get(reverse("account")).status_code == 302


def test_looking_at_the_address_signs_nobody_in(client, people, configured) -> None:
    page = client.get(LOGIN)
    assert page.status_code == 200 and "govuk-template" in page.content.decode()


def test_the_sign_in_page_offers_the_provider_by_its_name(client, db, configured) -> None:
    assert "Sign in with Anyshire" in client.get(reverse("account_login")).content.decode()


def test_without_a_provider_its_addresses_are_not_there(client, db) -> None:
    assert client.post(LOGIN).status_code == 404
