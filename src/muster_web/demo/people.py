"""The people of the demo: one for each role, with a password everybody is told, and two silent ones in each school."""

from __future__ import annotations

from dataclasses import dataclass

from muster_web.accounts.models import Grant, Membership, Organisation, User
from muster_web.accounts.roles import TITLES, Role
from muster_web.accounts.viewer import Viewer, viewer_for
from muster_web.demo.organisations import Place

PASSWORD = "anyshire census demo"


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in to the demo: in which organisation, as what, and under which address."""

    of: str
    role: Role
    name: str
    email: str


# ``of`` names the organisation: "school" is the one of the journey, "academy" the one that lets the authority help.
PEOPLE = (
    Person("school", Role.PREPARER, "Nadia Fields", "data@school.example"),
    Person("school", Role.HEAD, "Owen Marsh", "head@school.example"),
    Person("school", Role.APPROVER, "Grace Holm", "office@school.example"),
    Person("academy", Role.PREPARER, "Tomas Reed", "data@academy.example"),
    Person("authority", Role.LA_OFFICER, "Ruth Calder", "officer@anyshire.example"),
    Person("authority", Role.LA_APPROVER, "Dev Lindqvist", "approver@anyshire.example"),
    Person("authority", Role.APPROVER, "Moira Stead", "access@anyshire.example"),
    Person("authority", Role.AUDITOR, "Piotr Vale", "auditor@anyshire.example"),
    Person("authority", Role.PLAN_OWNER, "Hana Brook", "people@anyshire.example"),
    Person("trust", Role.PREPARER, "Ines Harbour", "data@trust.example"),
    Person("department", Role.COLLECTOR, "Sam Whitfield", "collector@department.example"),
    Person("department", Role.APPROVER, "Aoife Brand", "access@department.example"),
    Person("supplier", Role.APPROVER, "Kit Sander", "access@supplier.example"),
    Person("supplier", Role.SUPPLIER, "Lena Ostrow", "data@supplier.example"),
)


def make_people(place: Place, school: Organisation) -> dict[str, Viewer]:
    """Make everybody; the viewers by address, and those of a school as ``preparer 999/2001`` and ``head 999/2001``."""
    of = {
        "school": school, "academy": place.academies[0], "authority": place.authority, "trust": place.trust,
        "department": place.department, "supplier": place.supplier,
    }  # fmt: skip
    viewers = {one.email: _person(of[one.of], one.role, one.name, one.email, PASSWORD) for one in PEOPLE}
    for ref, one in place.schools.items():
        short = ref.replace("/", "-")
        for role in (Role.PREPARER, Role.HEAD):
            viewers[f"{role} {ref}"] = _person(
                one, role, f"{TITLES[role].split(' (')[0]} of {one.name}", f"{role}@{short}.example", None
            )
    return viewers


def _person(organisation: Organisation, role: Role, name: str, email: str, password: str | None) -> Viewer:
    user = User.objects.create_user(email, password, name=name)
    membership = Membership.objects.create(user=user, organisation=organisation, reason="Made with the demo")
    Grant.objects.create(membership=membership, role=role, reason="Made with the demo")
    return viewer_for(user, organisation.pk)
