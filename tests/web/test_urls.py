"""Every address says who may come in, the page of roles says the same, and the site does what both say.

Each address is called as nobody and as each role, with numbers that lead nowhere where it needs some.  Whoever may come
in is not refused: 200, a form's 400, 404 for what is not there, 405 for what is only posted, 410 for a link that is
over, or on to prove again who it is.
"""

from __future__ import annotations

import re
import uuid

import pytest

from muster_web.accounts.access import EVERYBODY, SIGNED_IN, access_of
from muster_web.accounts.roles import Role
from muster_web.commands.roles_page import Address, addresses, roles_page, roles_path
from tests.web.conftest import add_person

ADDRESSES = list(addresses())
NOWHERE = {
    "int": "987654321",
    "uuid": str(uuid.UUID(int=7)),
    "str": "nowhere",
    "slug": "nowhere",
    "path": "nowhere",
}
ORGANISATION = {
    Role.PREPARER: "ashcombe", Role.HEAD: "ashcombe", Role.LA_OFFICER: "anyshire", Role.LA_APPROVER: "anyshire",
    Role.COLLECTOR: "department", Role.APPROVER: "ashcombe", Role.SUPPLIER: "supplier", Role.AUDITOR: "ashcombe",
    Role.PLAN_OWNER: "anyshire",
}  # fmt: skip


def url_of(one: Address) -> str:
    """An address with numbers that lead nowhere."""
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda part: NOWHERE[part[1] or "str"], one.route)


@pytest.fixture
def as_role(client, organisations, db):
    """Signs in as a new person with one role, or as nobody; answers the client."""

    def signed_in(role: Role | None):
        client.logout()
        if role is not None:
            user = add_person(organisations[ORGANISATION[role]], role, f"{role}@urls.example")
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def test_there_are_addresses_and_each_has_a_name_of_its_own() -> None:
    names = [one.name for one in ADDRESSES]
    assert len(names) > 25 and all(names)
    assert len(set(names)) == len(names), sorted(name for name in names if names.count(name) > 1)


@pytest.mark.parametrize("one", ADDRESSES, ids=lambda one: one.route)
def test_every_address_declares_who_may_come_in(one: Address) -> None:
    assert access_of(one.view) is not None


def test_the_page_of_roles_is_current() -> None:
    path = roles_path()
    assert path is not None
    assert path.read_text(encoding="utf-8") == roles_page(), "run 'make generate' and commit docs/reference"


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role or "nobody")
def test_the_site_does_what_the_addresses_say(as_role, role: Role | None) -> None:
    client = as_role(role)
    client.raise_request_exception = True
    found = {
        one.route: outcome(client.get(url_of(one), headers={"accept": "text/html"})) for one in ADDRESSES
    }
    assert found == {one.route: expected(one, role) for one in ADDRESSES}


def outcome(answer) -> str:
    """Whether somebody came in, was asked to sign in, or was refused at the door."""
    if answer.status_code == 302 and "/sign-in/login/" in answer["Location"]:
        return "asked to sign in"
    refused = answer.status_code == 403 and "design/cannot.html" not in [t.name for t in answer.templates]
    assert refused or answer.status_code in (200, 302, 400, 403, 404, 405, 410), answer.status_code
    return "refused" if refused else "came in"


def expected(one: Address, role: Role | None) -> str:
    """What an address declares for a role."""
    access = access_of(one.view)
    assert access is not None
    if access.who == EVERYBODY:
        return "came in"
    if role is None:
        return "asked to sign in"
    return "came in" if access.who == SIGNED_IN or role in access.who else "refused"
