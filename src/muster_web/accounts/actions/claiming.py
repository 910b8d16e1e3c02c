"""Claim the approver role of an organisation that has none; the head and the authority hear of it and may object."""

from __future__ import annotations

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.utils import timezone

from muster.submit.states import NotAllowed
from muster_web.accounts.actions.telling import tell
from muster_web.accounts.mailing import write_to
from muster_web.accounts.models import Claim, Grant, Membership, Organisation, User
from muster_web.accounts.queries.standing import approvers_of, holders, overseers_of, oversees
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer

DAYS_TO_OBJECT = timedelta(days=5)
_LINKS = TimestampSigner(salt="muster.objection")


@transaction.atomic
def claim(*, viewer: Viewer) -> Claim:
    """Claim the role for the organisation the viewer acts for; it begins after five days without an objection."""
    organisation, user = viewer.organisation, viewer.user
    if organisation is None or user is None:
        raise NotAllowed("Only a member of an organisation can claim its approver role.")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    membership = Membership.objects.filter(
        Membership.in_force(), user=user, organisation=organisation
    ).first()
    if membership is None:
        raise NotAllowed("Only a member of an organisation can claim its approver role.")
    _refuse_claim(organisation, user)
    grant = Grant.objects.create(
        membership=membership, role=Role.APPROVER, given_by=user, reason="Claimed",
        starts=timezone.localdate() + DAYS_TO_OBJECT,
    )  # fmt: skip
    made = Claim.objects.create(organisation=organisation, by=user, grant=grant)
    tell(viewer, "approver_claimed", organisation, subject=f"user:{user.pk}", claim=made.pk)
    _warn(made)
    return made


def _refuse_claim(organisation: Organisation, user: User) -> None:
    if approvers_of(organisation):
        raise NotAllowed(f"{organisation.name} has an approver already; ask them for the role.")
    for one in Claim.objects.filter(organisation=organisation).select_related("grant", "by"):
        if one.may_be_objected and not one.grant.ended:
            raise NotAllowed("The role is claimed already; the days for objecting are still running.")
        if one.objected and one.by_id == user.pk:
            above = " or ".join(each.name for each in overseers_of(organisation))
            raise NotAllowed(
                f"Your claim was objected to. {above or 'The department'} can make you approver."
            )


def _warn(made: Claim) -> None:
    """Tell everybody who could object: the head, by the contact kept here too, and those who oversee."""
    organisation = made.organisation
    link = _LINKS.sign(str(made.pk))
    heads: list[User | str] = [*holders(organisation, Role.HEAD), organisation.local_email]
    above = [
        one for each in overseers_of(organisation) for one in holders(each, Role.APPROVER, Role.LA_APPROVER)
    ]
    told = [one for one in (*heads, *above) if one != made.by]
    write_to(told, "approver_claimed", organisation=organisation, last_day=made.last_day, link=link)


@transaction.atomic
def confirm(*, viewer: Viewer, subject: Claim) -> None:
    """The authority, trust or department vouches for a claim: the role begins today."""
    now = (
        Claim.objects.select_for_update(of=("self",))
        .select_related("organisation", "grant")
        .get(pk=subject.pk)
    )
    if not oversees(viewer, now.organisation) or now.by == viewer.user:
        raise NotAllowed(
            "Only an approver of the organisation's authority, trust or the department confirms a claim."
        )
    _refuse_late(now)
    now.confirmed, now.confirmed_by = timezone.now(), viewer.user
    now.save(update_fields=["confirmed", "confirmed_by"])
    Grant.objects.filter(pk=now.grant_id).update(starts=timezone.localdate())
    tell(viewer, "claim_confirmed", now.organisation, subject=f"user:{now.by_id}", claim=now.pk)
    write_to([now.by], "claim_decided", organisation=now.organisation, stands=True)


@transaction.atomic
def object_to(*, viewer: Viewer, subject: Claim, reason: str, link: str = "") -> None:
    """Stop a claim: a member, somebody who oversees, or whoever holds the link of the letter may, within the days."""
    now = (
        Claim.objects.select_for_update(of=("self",))
        .select_related("organisation", "grant")
        .get(pk=subject.pk)
    )
    if not (_may_object(viewer, now) or _is_link_of(link, now)):
        raise NotAllowed("You do not belong to this organisation or to one that oversees it.")
    if not reason.strip():
        raise NotAllowed("Say why you object.")
    _refuse_late(now)
    now.objected, now.objected_by, now.objection = timezone.now(), viewer.user, reason.strip()[:500]
    now.save(update_fields=["objected", "objected_by", "objection"])
    Grant.objects.filter(pk=now.grant_id).update(ended=timezone.now(), ended_by=viewer.user)
    tell(viewer, "claim_objected", now.organisation, subject=f"user:{now.by_id}", claim=now.pk)
    write_to([now.by], "claim_decided", organisation=now.organisation, stands=False)


def _may_object(viewer: Viewer, subject: Claim) -> bool:
    if viewer.user is None or viewer.organisation is None:
        return False
    return viewer.organisation.pk == subject.organisation_id or oversees(viewer, subject.organisation)


def _refuse_late(subject: Claim) -> None:
    if not subject.may_be_objected:
        raise NotAllowed("This claim is decided, or its days for objecting are over.")


def claim_of_link(link: str) -> Claim | None:
    """The claim that the link of a letter is about; None for one that is forged or too old."""
    try:
        number = _LINKS.unsign(link, max_age=DAYS_TO_OBJECT + timedelta(days=1))
    except BadSignature:
        return None
    return Claim.objects.select_related("organisation", "grant", "by").filter(pk=number).first()


def _is_link_of(link: str, subject: Claim) -> bool:
    found = claim_of_link(link) if link else None
    return found is not None and found.pk == subject.pk
