"""Who stands where: the approvers of an organisation, who oversees it, and who may manage its people."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from muster_web.accounts.models import Grant, Membership, Organisation, User
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer


def grants_in_force(organisation: Organisation) -> QuerySet[Grant]:
    """The roles held in an organisation today by people whose accounts are not suspended."""
    found = Grant.objects.filter(Grant.in_force(), Membership.in_force(prefix="membership__"))
    return found.filter(
        membership__organisation=organisation, membership__user__is_active=True
    ).select_related("membership__user", "delegated_from")


def holders(organisation: Organisation, *roles: Role, collection: str | None = None) -> list[User]:
    """The people who hold one of these roles in an organisation today, each once; where named, for one collection."""
    found = grants_in_force(organisation).filter(role__in=roles)
    found = found if collection is None else found.filter(collection__in=("", collection))
    return list({grant.membership.user_id: grant.membership.user for grant in found}.values())


def approvers_of(organisation: Organisation) -> list[User]:
    """The people who give and take access in an organisation today."""
    return holders(organisation, Role.APPROVER)


def overseers_of(organisation: Organisation) -> list[Organisation]:
    """Who helps where an organisation has no approver: its authority or its trust, and the department."""
    above = organisation.trust if organisation.is_academy else organisation.authority
    department = Organisation.objects.filter(kind=Organisation.Kind.DEPARTMENT).exclude(pk=organisation.pk)
    return [one for one in (above, *department) if one is not None]


def overseen_by(overseer: Organisation) -> QuerySet[Organisation]:
    """The open organisations whose people somebody else may look after while they have no approver."""
    found = Organisation.objects.filter(closed=None).exclude(pk=overseer.pk).defer("register")
    if overseer.kind == Organisation.Kind.DEPARTMENT:
        return found
    return found.filter(Q(authority=overseer, is_academy=False) | Q(trust=overseer, is_academy=True))


def oversees(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether the viewer is an approver of an organisation that oversees this one."""
    if viewer.organisation is None or Role.APPROVER not in viewer.roles:
        return False
    return viewer.organisation in overseers_of(organisation)


def manages(viewer: Viewer, organisation: Organisation, *, about: User | None = None) -> bool:
    """Whether the viewer may give and take access in an organisation: to others, never to themselves.

    Its own approvers may.  An approver of its authority, its trust or the department may while it has no approver
    apart from the person it is about.
    """
    if viewer.user is None or viewer.organisation is None or Role.APPROVER not in viewer.roles:
        return False
    if about is not None and about.pk == viewer.user.pk:
        return False
    if viewer.organisation.pk == organisation.pk:
        return True
    return oversees(viewer, organisation) and not _others(approvers_of(organisation), about)


def _others(people: Iterable[User], about: User | None) -> list[User]:
    return [one for one in people if about is None or one.pk != about.pk]


def who_can_help(organisation: Organisation) -> str:
    """Who to ask about access, as the end of a sentence: the approver's name, or the organisation that oversees."""
    names = [str(one) for one in approvers_of(organisation)]
    if names:
        return " or ".join(names)
    above = [one.name for one in overseers_of(organisation)]
    return f"an approver of {' or '.join(above)}" if above else "whoever runs this service"
