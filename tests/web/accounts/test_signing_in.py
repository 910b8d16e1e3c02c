"""Signing in: one answer for everybody who may not, a limit to tries and to time, proof before what matters."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from muster_web.accounts.models import User
from muster_web.accounts.roles import Role
from muster_web.audit.models import AuditEvent
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/sign-in/login/"


@pytest.fixture(autouse=True)
def forget_tries() -> None:
    """Each test begins with no tries counted."""
    cache.clear()


def sign_in_with(client: Client, email: str, password: str = PASSWORD, following: str = ""):
    return client.post(LOGIN, {"login": email, "password": password, "next": following})


def text_of(answer) -> str:
    """The page without what differs from request to request."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def code_of(secret: str) -> str:
    """The code that an app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_an_address_and_a_password_let_in(client, people) -> None:
    answer = sign_in_with(client, "Preparer@ashcombe.example")
    assert answer.status_code == 302 and answer["Location"] == "/"
    assert (
        AuditEvent.objects.filter(name="signed_in", actor=f"user:{people['ashcombe.preparer'].pk}").count()
        == 1
    )


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, people) -> None:
    wrong = sign_in_with(client, "preparer@ashcombe.example", "not the password")
    unknown = sign_in_with(Client(), "nobody@ashcombe.example", "not the password")
    assert wrong.status_code == unknown.status_code == 200
    assert text_of(wrong).replace("preparer@", "x@") == text_of(unknown).replace("nobody@", "x@")


def test_asking_for_a_new_password_says_the_same_to_everybody(people) -> None:
    known = Client().post(reverse("account_reset_password"), {"email": "preparer@ashcombe.example"})
    unknown = Client().post(reverse("account_reset_password"), {"email": "nobody@ashcombe.example"})
    assert known["Location"] == unknown["Location"] == reverse("account_reset_password_done")
    assert [one.to for one in mail.outbox] == [["preparer@ashcombe.example"]]


def test_the_link_of_the_letter_sets_a_password_and_rules_hold(people) -> None:
    client = Client()
    client.post(reverse("account_reset_password"), {"email": "preparer@ashcombe.example"})
    link = re.search(r"http://testserver(/sign-in/password/reset/key/\S+)", mail.outbox[-1].body)[1]
    page = client.get(link, follow=True)
    here = page.request["PATH_INFO"]
    weak = client.post(here, {"password1": "password1234", "password2": "password1234"})
    assert weak.status_code == 200 and "easily guessed" in weak.content.decode()
    words = "otter lantern gravel seventy"
    client.post(here, {"password1": words, "password2": words})
    assert sign_in_with(Client(), "preparer@ashcombe.example", words).status_code == 302


def test_somebody_suspended_is_told_so_only_with_the_right_password(people) -> None:
    User.objects.filter(email="preparer@ashcombe.example").update(status="suspended", is_active=False)
    right = Client().post(LOGIN, {"login": "preparer@ashcombe.example", "password": PASSWORD}, follow=True)
    assert "This account is closed" in right.content.decode()
    wrong = sign_in_with(Client(), "preparer@ashcombe.example", "not the password")
    assert "closed" not in wrong.content.decode()


@pytest.mark.parametrize(
    "evil", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_off_the_site(client, people, evil) -> None:
    assert sign_in_with(client, "preparer@ashcombe.example", following=evil)["Location"] == "/"
    assert client.post(reverse("account_logout"), {"next": evil})["Location"] in ("/", LOGIN)


def test_a_page_asked_for_is_reached_after_signing_in(client, people) -> None:
    asked = client.get("/people/me/")
    answer = client.post(asked["Location"], {"login": "preparer@ashcombe.example", "password": PASSWORD,
                                             "next": "/people/me/"})  # fmt: skip
    assert answer["Location"] == "/people/me/"


def test_after_ten_wrong_tries_even_the_right_password_has_to_wait(settings, people) -> None:
    settings.AXES_ENABLED = True
    for _ in range(10):
        answer = sign_in_with(Client(), "Preparer@ashcombe.example", "not the password")
    assert answer.status_code == 429 and "Wait 15 minutes" in answer.content.decode()
    assert sign_in_with(Client(), "preparer@ashcombe.example").status_code == 429
    assert sign_in_with(Client(), "head@ashcombe.example").status_code == 302


def test_an_address_without_an_account_is_made_to_wait_as_well(settings, people) -> None:
    settings.AXES_ENABLED = True
    answers = [sign_in_with(Client(), "nobody@ashcombe.example", "x" * 12).status_code for _ in range(10)]
    assert answers[-1] == 429


def test_a_wrong_try_is_audited_without_the_address_of_nobody(client, people) -> None:
    sign_in_with(client, "preparer@ashcombe.example", "not the password")
    sign_in_with(client, "nobody@ashcombe.example", "not the password")
    (event,) = AuditEvent.objects.filter(name="sign_in_failed")
    assert event.subject == f"user:{people['ashcombe.preparer'].pk}" and "nobody@" not in json.dumps(
        event.data
    )


def test_a_session_ends_after_twenty_idle_minutes(client, people) -> None:
    sign_in_with(client, "preparer@ashcombe.example")
    left = Session.objects.get().expire_date - timezone.now()
    assert timedelta(minutes=19) < left <= timedelta(minutes=20)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/people/me/").status_code == 302


def test_a_session_ends_after_twelve_hours_however_busy(client, people) -> None:
    sign_in_with(client, "preparer@ashcombe.example")
    session = client.session
    session["signed_in_at"] = (timezone.now() - timedelta(hours=12, seconds=1)).isoformat()
    session.save()
    assert client.get("/people/me/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_changed_password_signs_out_every_other_device(people) -> None:
    here, there = Client(), Client()
    for one in (here, there):
        sign_in_with(one, "preparer@ashcombe.example")
    words = "otter lantern gravel seventy"
    url = reverse("account_change_password")
    if here.get(url).status_code == 302:
        here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    here.post(url, {"oldpassword": PASSWORD, "password1": words, "password2": words})
    assert here.get("/people/me/").status_code == 200
    assert there.get("/people/me/").status_code == 302


def test_what_matters_wants_the_password_again_and_then_goes_on(client, people) -> None:
    sign_in_with(client, "approver@ashcombe.example")
    answer = client.get(reverse("review"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    wrong = client.post(answer["Location"], {"password": "not the password"})
    assert wrong.status_code == 200
    right = client.post(answer["Location"], {"password": PASSWORD, "next": reverse("review")}, follow=True)
    assert right.status_code == 200 and "Who should still get in?" in right.content.decode()


def test_proof_holds_for_five_minutes_only(sign_in, people) -> None:
    client = sign_in("ashcombe.approver", proved=True)
    assert client.get(reverse("review")).status_code == 200
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": timezone.now().timestamp() - 301, "reauthenticated": True}
    ]
    session.save()
    assert client.get(reverse("review")).status_code == 302


def test_an_app_is_set_up_and_its_code_is_then_wanted(client, people) -> None:
    sign_in_with(client, "approver@ashcombe.example")
    again = client.get(reverse("mfa_activate_totp"))
    client.post(again["Location"], {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    assert secret in page.content.decode() and "data:image/svg" in page.content.decode()
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert Authenticator.objects.filter(user=people["ashcombe.approver"], type="totp").exists()
    fresh = Client()
    cache.clear()
    assert sign_in_with(fresh, "approver@ashcombe.example")["Location"].startswith(
        reverse("mfa_authenticate")
    )
    assert fresh.get("/people/me/").status_code == 302
    assert fresh.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    cache.clear()
    assert fresh.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 302
    assert fresh.get("/people/me/").status_code == 200


def with_app(user: User) -> str:
    """An app for codes, set up; its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


@pytest.mark.parametrize("role", ["approver", "la_approver", "collector"])
def test_a_role_that_needs_a_second_factor_has_to_set_one_up_first(settings, sign_in, people, role) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({Role.APPROVER, Role.LA_APPROVER, Role.COLLECTOR})
    place = {"approver": "ashcombe", "la_approver": "anyshire", "collector": "department"}[role]
    client = sign_in(f"{place}.{role}")
    assert client.get("/")["Location"] == reverse("second_factor")
    for open_page in ("second_factor", "account", "mfa_index"):
        assert client.get(reverse(open_page)).status_code == 200
    with_app(people[f"{place}.{role}"])
    assert client.get("/").status_code == 200


def test_other_roles_need_none(settings, sign_in, people) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({Role.APPROVER})
    assert sign_in("ashcombe.preparer").get("/").status_code == 200


@pytest.mark.parametrize(
    "closed",
    ["signup/", "email/", "confirm-email/", "3rdparty/", "3rdparty/signup/", "sessions/", "oidc/x/login/"],
)
def test_what_the_packages_offer_and_we_do_not_is_not_there(sign_in, people, closed) -> None:
    assert Client().get(f"/sign-in/{closed}").status_code == 404
    assert sign_in("ashcombe.preparer").get(f"/sign-in/{closed}").status_code == 404


OWN_LOOK = (
    "account_change_password", "mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_deactivate_totp", "account_reauthenticate", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn", "account_logout",
)  # fmt: skip


@pytest.mark.parametrize("name", OWN_LOOK)
def test_a_page_of_the_packages_looks_like_ours(sign_in, people, name) -> None:
    user = people["ashcombe.approver"]
    with_app(user)
    RecoveryCodes.activate(user)
    answer = sign_in("ashcombe.approver", proved=True).get(reverse(name), follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200 and "govuk-template" in page and "govuk-heading-l" in page


@pytest.mark.parametrize(
    "name", ["account_login", "account_reset_password", "account_reset_password_done", "account_inactive",
             "account_reset_password_from_key_done"],
)  # fmt: skip
def test_a_page_before_signing_in_looks_like_ours(client, db, name) -> None:
    page = client.get(reverse(name)).content.decode()
    assert "govuk-template" in page and "govuk-heading-l" in page and "<style" not in page


def test_a_passkey_alone_can_be_set_up_only_soon_after_signing_in(client, people) -> None:
    user = people["ashcombe.preparer"]
    user.set_unusable_password()
    user.save()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200
    session = client.session
    session["signed_in_at"] = (timezone.now() - timedelta(minutes=6)).isoformat()
    session.save()
    assert client.get(reverse("mfa_add_webauthn")).status_code == 403
