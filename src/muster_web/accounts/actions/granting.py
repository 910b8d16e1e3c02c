"""Give and take roles; remove, suspend, archive and delegate: all of it in force at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from muster.submit.states import NotAllowed
from muster_web.accounts.actions.sessions import end_sessions
from muster_web.accounts.actions.telling import refuse_unless_managing, tell
from muster_web.accounts.mailing import write_to
from muster_web.accounts.models import AccessRequest, Grant, Invitation, Membership, Organisation, User
from muster_web.accounts.queries.standing import approvers_of
from muster_web.accounts.roles import GIVEN_BY, Role
from muster_web.accounts.viewer import Viewer

LONGEST_DELEGATION = timedelta(days=62)


@dataclass(frozen=True)
class Terms:
    """What a role is given for: one collection or ('') all, until a day or until further notice, and why."""

    collection: str = ""
    ends: date | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.ends is not None and self.ends < timezone.localdate():
            raise NotAllowed("The last day is over already; choose today or a later day.")


@transaction.atomic
def join(*, viewer: Viewer, user: User, organisation: Organisation, terms: Terms) -> Membership:
    """The membership of a person, made where there is none in force."""
    found = Membership.objects.filter(Membership.in_force(), user=user, organisation=organisation).first()
    if found:
        return found
    made = Membership.objects.create(
        user=user, organisation=organisation, given_by=viewer.user, ends=terms.ends, reason=terms.reason
    )
    tell(viewer, "member_joined", organisation, subject=f"user:{user.pk}")
    return made


@transaction.atomic
def grant(*, viewer: Viewer, membership: Membership, role: Role, terms: Terms) -> Grant:
    """Give a role to a member; one they hold already for the same collection is given again with its new end."""
    organisation = membership.organisation
    refuse_unless_managing(viewer, organisation, about=membership.user)
    return write_grant(viewer=viewer, membership=membership, role=role, terms=terms)


def write_grant(*, viewer: Viewer, membership: Membership, role: Role, terms: Terms) -> Grant:
    """Write a role that somebody was found to be allowed to give."""
    organisation = membership.organisation
    if organisation.kind not in GIVEN_BY[role]:
        kind = organisation.get_kind_display().lower()
        raise NotAllowed(f"'{role.in_words}' cannot be held in {organisation.name}: it is a {kind}.")
    held = Grant.objects.filter(
        Grant.in_force(), membership=membership, role=role, collection=terms.collection, delegated_from=None
    )
    for one in held:
        _end(one, viewer)
    made = Grant.objects.create(
        membership=membership, role=role, collection=terms.collection, ends=terms.ends, reason=terms.reason,
        given_by=viewer.user,
    )  # fmt: skip
    tell(
        viewer, "role_given", organisation, subject=f"user:{membership.user_id}", grant=made.pk, role=role.value,
        collection=terms.collection, ends=terms.ends.isoformat() if terms.ends else "",
    )  # fmt: skip
    write_to([membership.user], "role_given", organisation=organisation, role=role.in_words)
    return made


@transaction.atomic
def end_grant(*, viewer: Viewer, held: Grant) -> None:
    """Take a role away at once, with what was delegated from it."""
    membership = held.membership
    refuse_unless_managing(viewer, membership.organisation, about=membership.user)
    _end(held, viewer)


def _end(held: Grant, viewer: Viewer) -> None:
    now = timezone.now()
    Grant.objects.filter(delegated_from=held, ended=None).update(ended=now, ended_by=viewer.user)
    Grant.objects.filter(pk=held.pk, ended=None).update(ended=now, ended_by=viewer.user)
    member = held.membership
    tell(
        viewer,
        "role_taken",
        member.organisation,
        subject=f"user:{member.user_id}",
        grant=held.pk,
        role=held.role,
    )


@transaction.atomic
def remove(*, viewer: Viewer, membership: Membership) -> int:
    """Take somebody out of an organisation at once and sign them out everywhere; how many sessions were ended."""
    user, organisation = membership.user, membership.organisation
    refuse_unless_managing(viewer, organisation, about=user)
    for held in Grant.objects.filter(membership=membership, ended=None).select_related(
        "membership__organisation"
    ):
        _end(held, viewer)
    now = timezone.now()
    Membership.objects.filter(pk=membership.pk).update(ended=now, ended_by=viewer.user)
    theirs = Q(user=user) | Q(given_by=user)
    Invitation.objects.filter(theirs, organisation=organisation, accepted=None).update(withdrawn=now)
    open_requests = AccessRequest.objects.filter(by=user, organisation=organisation, answer="open")
    open_requests.update(answer=AccessRequest.Answer.WITHDRAWN, answered=now)
    tell(viewer, "member_removed", organisation, subject=f"user:{user.pk}")
    return end_sessions(user)


@transaction.atomic
def suspend(*, viewer: Viewer, user: User) -> int:
    """Close an account until it is opened again, and sign it out everywhere; how many sessions were ended."""
    _set_status(viewer, user, User.Status.SUSPENDED)
    return end_sessions(user)


@transaction.atomic
def reinstate(*, viewer: Viewer, user: User) -> None:
    """Open a suspended account again, with what it held."""
    if user.status != User.Status.SUSPENDED:
        raise NotAllowed("Only a suspended account can be opened again.")
    _set_status(viewer, user, User.Status.ACTIVE)


@transaction.atomic
def archive(*, viewer: Viewer, user: User) -> int:
    """Close an account for good: it keeps its name for the audit, and nothing else; how many sessions were ended."""
    members = list(Membership.objects.filter(Membership.in_force(), user=user))
    _set_status(viewer, user, User.Status.ARCHIVED)
    for one in members:
        remove(viewer=viewer, membership=one)
    return end_sessions(user)


def _set_status(viewer: Viewer, user: User, status: User.Status) -> None:
    """Change an account that belongs to the viewer's organisation and to no other."""
    places = {one.organisation for one in user.memberships.filter(Membership.in_force())}
    for organisation in sorted(places, key=lambda one: one.pk):
        if viewer.organisation is None or organisation.pk != viewer.organisation.pk:
            raise NotAllowed(
                f"This person also belongs to {organisation.name}. Remove them from your organisation instead; that "
                "takes everything they can do for you."
            )
        refuse_unless_managing(viewer, organisation, about=user)
    if not places:
        raise NotAllowed("This person does not belong to your organisation.")
    active = status in (User.Status.ACTIVE, User.Status.INVITED)
    User.objects.filter(pk=user.pk).update(status=status, is_active=active)
    user.status, user.is_active = status, active
    tell(viewer, f"account_{status.value}", *places, subject=f"user:{user.pk}")


@transaction.atomic
def delegate(*, viewer: Viewer, held: Grant, to: Membership, starts: date, ends: date) -> Grant:
    """Lend a role to another member from a day to a day, as for a holiday; a role that was lent is not lent on."""
    organisation = held.membership.organisation
    refuse_unless_managing(viewer, organisation)
    _refuse_delegation(viewer, held, to, starts, ends)
    lent = Grant.objects.create(
        membership=to, role=held.role, collection=held.collection, starts=starts, ends=ends, given_by=viewer.user,
        delegated_from=held, reason="Lent for an absence",
    )  # fmt: skip
    tell(
        viewer, "role_delegated", organisation, subject=f"user:{to.user_id}", grant=lent.pk, role=held.role,
        starts=starts.isoformat(), ends=ends.isoformat(),
    )  # fmt: skip
    told = {to.user, held.membership.user, *approvers_of(organisation)}
    write_to(
        told,
        "role_delegated",
        organisation=organisation,
        role=Role(held.role).in_words,
        starts=starts,
        ends=ends,
    )
    return lent


def _refuse_delegation(viewer: Viewer, held: Grant, to: Membership, starts: date, ends: date) -> None:
    if held.delegated_from_id or not held.holds:
        raise NotAllowed("Only a role that is held itself, and today, can be lent.")
    if to.organisation_id != held.membership.organisation_id or not to.holds:
        raise NotAllowed("The role can be lent to a member of the organisation.")
    if to.user_id == held.membership.user_id:
        raise NotAllowed("They hold this role themselves; choose somebody else.")
    if viewer.user is not None and to.user_id == viewer.user.pk:
        raise NotAllowed("Nobody lends a role to themselves; another approver can.")
    if starts < timezone.localdate() or ends < starts:
        raise NotAllowed("The first day is today or later, and the last day is not before it.")
    if ends - starts > LONGEST_DELEGATION:
        raise NotAllowed(
            f"A role is lent for at most {LONGEST_DELEGATION.days} days; give it for longer instead."
        )
