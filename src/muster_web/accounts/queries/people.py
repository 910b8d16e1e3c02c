"""Who is in an organisation and what they hold there: for the approver's grid, and for one person's page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from muster_web.accounts.models import Claim, Grant, Invitation, Membership, Organisation, User
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer

NOT_SEEN_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Person:
    """A member of an organisation with the roles they hold there, now or from a later day."""

    membership: Membership
    grants: tuple[Grant, ...]

    @property
    def user(self) -> User:
        """Who it is."""
        return self.membership.user

    @property
    def not_seen(self) -> bool:
        """Whether they have not been here for 90 days, or never since they joined as long ago."""
        since = self.user.last_seen or self.user.created
        return timezone.now() - since > NOT_SEEN_FOR

    @property
    def is_approver(self) -> bool:
        """Whether they give and take access today."""
        return self.user.is_active and any(one.role == Role.APPROVER and one.holds for one in self.grants)


def people_of(organisation: Organisation) -> list[Person]:
    """The members of an organisation by name; three questions to the database however many they are."""
    members = Membership.objects.filter(Membership.in_force(), organisation=organisation)
    held = _grants(organisation)
    ordered = members.select_related("user").order_by("user__name", "user__email")
    return [Person(one, tuple(held.get(one.pk, ()))) for one in ordered]


def _grants(organisation: Organisation) -> dict[int, list[Grant]]:
    found = Grant.objects.filter(membership__organisation=organisation, ended=None)
    found = found.filter(Q(ends=None) | Q(ends__gte=timezone.localdate()))
    held: dict[int, list[Grant]] = defaultdict(list)
    for one in found.select_related("membership", "delegated_from__membership__user").order_by(
        "role", "starts"
    ):
        held[one.membership_id].append(one)
    return held


def person_in(organisation: Organisation, user_id: int) -> Person | None:
    """One member of an organisation; None for somebody who is none."""
    return next((one for one in people_of(organisation) if one.user.pk == user_id), None)


def past_grants(organisation: Organisation, user_id: int) -> list[Grant]:
    """The roles somebody held in an organisation and does not hold any more, the last first."""
    over = Q(ended__isnull=False) | Q(ends__lt=timezone.localdate())
    found = Grant.objects.filter(over, membership__organisation=organisation, membership__user=user_id)
    return list(found.select_related("ended_by").order_by("-pk"))


def waiting_invitations(organisation: Organisation) -> list[Invitation]:
    """The invitations nobody has accepted yet, with those that have expired."""
    found = Invitation.objects.filter(organisation=organisation, accepted=None, withdrawn=None)
    return list(found.select_related("user", "given_by").order_by("user__name"))


def running_claim(organisation: Organisation) -> Claim | None:
    """The claim of an organisation whose days for objecting are running."""
    found = Claim.objects.filter(organisation=organisation, confirmed=None, objected=None)
    claims = found.filter(grant__ended=None).select_related("grant", "by", "organisation")
    return next((one for one in claims if one.may_be_objected), None)


def claims_overseen(viewer: Viewer) -> list[Claim]:
    """The running claims of the organisations that the viewer's oversees."""
    from muster_web.accounts.queries.standing import overseen_by

    if viewer.organisation is None:
        return []
    found = Claim.objects.filter(confirmed=None, objected=None, grant__ended=None)
    found = found.filter(organisation__in=overseen_by(viewer.organisation))
    return [one for one in found.select_related("grant", "by", "organisation") if one.may_be_objected]
