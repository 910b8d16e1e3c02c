"""The small world that tests of the service share.

Anyshire (999) checks two maintained schools, Ashcombe (999/4001) and Birchfield (999/2001), and sees nothing of
the academy Coldbrook (999/4002) unless that lets it.  Otherby (998) has one school, Dunmere (998/4003), that nobody
of Anyshire may see.  There is one department.  Each person holds one role in one organisation and is called by it:
``people["ashcombe.preparer"]``.  Two rounds of the school workforce census 2025 are open: statutory and practice.
"""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.contrib.contenttypes.management import create_contenttypes
from django.db.models.signals import post_migrate
from django.utils import timezone

from muster_web.accounts.models import Grant, Membership, Organisation, User
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer, viewer_for
from muster_web.returns.actions.opening import open_round
from muster_web.returns.models import Return, Round
from tests.web.browser import chromium, page

__all__ = ["chromium", "page"]

# After each test that commits Django would write the rows of its own permissions again; the service has none (ADR 22).
post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
post_migrate.disconnect(create_contenttypes)

PASSWORD = "correct horse battery staple"
_SCHOOLS = (
    ("ashcombe", "Ashcombe School", "999", "4001", False),
    ("birchfield", "Birchfield Primary School", "999", "2001", False),
    ("coldbrook", "Coldbrook Academy", "999", "4002", True),
    ("dunmere", "Dunmere School", "998", "4003", False),
)
_ROLES = {
    "school": (Role.PREPARER, Role.HEAD, Role.APPROVER, Role.AUDITOR),
    "authority": (Role.LA_OFFICER, Role.LA_APPROVER, Role.APPROVER, Role.AUDITOR),
    "department": (Role.COLLECTOR, Role.APPROVER, Role.AUDITOR),
    "supplier": (Role.APPROVER,),
}


@pytest.fixture
def organisations(db) -> dict[str, Organisation]:
    """The organisations by a short name."""
    make = Organisation.objects.create
    found = {
        "department": make(kind="department", name="Department for Education"),
        "anyshire": make(kind="authority", name="Anyshire", la_code="999"),
        "otherby": make(kind="authority", name="Otherby", la_code="998"),
        "supplier": make(kind="supplier", name="Example MIS Limited"),
    }
    for short, name, code, estab, academy in _SCHOOLS:
        over = found["anyshire" if code == "999" else "otherby"]
        found[short] = make(
            kind="school", name=name, la_code=code, estab=estab, is_academy=academy, authority=over,
            urn=f"9{code}{estab}"[:8],
        )  # fmt: skip
    return found


@pytest.fixture
def people(organisations) -> dict[str, User]:
    """A person for each role of each organisation, written in three statements: nearly every test begins with this."""
    held = {
        f"{short}.{role}": (organisation, role, f"{role}@{short}.example")
        for short, organisation in organisations.items()
        for role in _ROLES[organisation.kind]
    }
    users = User.objects.bulk_create(_person(of, role, email) for of, role, email in held.values())
    belong = Membership.objects.bulk_create(
        Membership(user=user, organisation=of) for user, (of, _, _) in zip(users, held.values(), strict=True)
    )
    Grant.objects.bulk_create(
        Grant(membership=one, role=role) for one, (_, role, _) in zip(belong, held.values(), strict=True)
    )
    return dict(zip(held, users, strict=True))


def _person(organisation: Organisation, role: Role, email: str) -> User:
    """A person not yet written, named for what they do."""
    user = User(email=email, name=f"{role.in_words} of {organisation.name}")
    user.set_password(PASSWORD)
    return user


def add_person(organisation: Organisation, role: Role, email: str) -> User:
    """A person with one role in an organisation."""
    user = _person(organisation, role, email)
    user.save()
    membership = Membership.objects.create(user=user, organisation=organisation)
    Grant.objects.create(membership=membership, role=role)
    return user


class Viewers(dict[str, Viewer]):
    """The viewer that each person is, looked up when first asked for: a test needs two or three of thirty."""

    def __init__(self, people: dict[str, User]) -> None:
        super().__init__()
        self._people = people

    def __missing__(self, name: str) -> Viewer:
        return self.setdefault(name, viewer_for(self._people[name], None))


@pytest.fixture
def viewers(people) -> dict[str, Viewer]:
    """The viewer that each person is."""
    return Viewers(people)


@pytest.fixture
def rounds(viewers) -> dict[str, Round]:
    """The statutory round and the practice round, opened by the department."""
    today = timezone.localdate()
    found = {}
    for phase in ("statutory", "practice"):
        found[phase] = Round(
            collection="school_workforce", year=2025, phase=phase, title="School workforce census 2025",
            opens=today - timedelta(days=10), census_day=today - timedelta(days=5), closes=today + timedelta(days=20),
        )  # fmt: skip
        open_round(viewer=viewers["department.collector"], round=found[phase])
    return found


@pytest.fixture
def returns(rounds, organisations) -> dict[str, Return]:
    """The statutory return of each school by its short name."""
    statutory = Return.objects.filter(round=rounds["statutory"])
    return {short: statutory.get(organisation=organisations[short]) for short, *_ in _SCHOOLS}


@pytest.fixture
def sign_in(client, people):
    """Sign a person in by their short name; ``proved`` where they have just shown who they are; answers the client."""

    def signed_in(name: str, *, proved: bool = False):
        client.force_login(people[name], backend="django.contrib.auth.backends.ModelBackend")
        if proved:
            session = client.session
            again = {"method": "password", "at": time.time(), "reauthenticated": True}
            session["account_authentication_methods"] = [again]
            session["account_authentication_methods_user"] = str(people[name].pk)
            session.save()
        return client

    return signed_in
