"""Invite somebody by a link that holds for 48 hours; they accept it and have what they were invited to."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.actions.granting import Terms, join, write_grant
from muster_web.accounts.actions.telling import refuse_unless_managing, tell
from muster_web.accounts.mailing import composed
from muster_web.accounts.models import Invitation, Organisation, User
from muster_web.accounts.roles import GIVEN_BY, Role
from muster_web.accounts.viewer import Viewer

HOLDS_FOR = timedelta(hours=48)


class LinkOver(MusterError):
    """An invitation link that cannot be used; the message says why and who can help."""


@transaction.atomic
def invite(
    *, viewer: Viewer, organisation: Organisation, email: str, name: str, roles: Sequence[Role], terms: Terms
) -> Invitation:
    """Invite somebody to an organisation with these roles; what they are told is the same if they have an account."""
    email = email.strip().lower()
    user = User.objects.filter(email=email).first()
    refuse_unless_managing(viewer, organisation, about=user)
    for role in roles:
        if organisation.kind not in GIVEN_BY[role]:
            raise NotAllowed(f"'{role.in_words}' cannot be held in {organisation.name}.")
    if user is None:
        user = User.objects.create_user(email, name=name.strip(), status=User.Status.INVITED)
    Invitation.objects.filter(user=user, organisation=organisation, accepted=None, withdrawn=None).update(
        withdrawn=timezone.now()
    )
    made = Invitation(
        organisation=organisation, user=user, roles=[[role.value, terms.collection] for role in roles],
        ends=terms.ends, reason=terms.reason, given_by=viewer.user,
    )  # fmt: skip
    _send(made, viewer, "person_invited")
    return made


@transaction.atomic
def resend(*, viewer: Viewer, invitation: Invitation) -> Invitation:
    """Send a new link, good for another 48 hours; the one before stops working."""
    refuse_unless_managing(viewer, invitation.organisation, about=invitation.user)
    if invitation.accepted or invitation.withdrawn:
        raise NotAllowed("This invitation was accepted or withdrawn; invite the person again.")
    _send(invitation, viewer, "invitation_resent")
    return invitation


@transaction.atomic
def withdraw(*, viewer: Viewer, invitation: Invitation) -> None:
    """Make an invitation's link useless."""
    refuse_unless_managing(viewer, invitation.organisation, about=invitation.user)
    Invitation.objects.filter(pk=invitation.pk, accepted=None).update(withdrawn=timezone.now())
    tell(viewer, "invitation_withdrawn", invitation.organisation, subject=f"user:{invitation.user_id}")


def _send(invitation: Invitation, viewer: Viewer, event: str) -> None:
    """Queue the letter with the link; the secret is made when it is sent, so that it lies in no queue."""
    invitation.secret_hash = hash_of(
        secrets.token_urlsafe(32)
    )  # of no link: the one before stops working now
    invitation.sent, invitation.expires = timezone.now(), timezone.now() + HOLDS_FOR
    invitation.save()
    tell(
        viewer, event, invitation.organisation, subject=f"user:{invitation.user_id}", invitation=invitation.pk
    )
    send_link.enqueue(invitation.pk)


@task(queue_name="mail")
def send_link(number: int) -> None:
    """Make the secret of an invitation, keep its hash, and send the link; one withdrawn meanwhile is not sent."""
    invitation = Invitation.objects.select_related("organisation", "user").get(pk=number)
    if not invitation.is_open:
        return
    secret = secrets.token_urlsafe(32)
    Invitation.objects.filter(pk=number).update(secret_hash=hash_of(secret))
    expires = timezone.localtime(invitation.expires)
    said = composed("invitation", organisation=invitation.organisation, secret=secret, expires=expires)
    send_mail(*said, None, [invitation.user.email])


def hash_of(secret: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_invitation(secret: str) -> Invitation:
    """The invitation that a link's secret opens.  Raises LinkOver."""
    found = (
        Invitation.objects.select_related("organisation", "user").filter(secret_hash=hash_of(secret)).first()
    )
    if found is None or found.withdrawn:
        raise LinkOver(
            "This link is not one of ours any more. A newer link may have been sent; use the newest."
        )
    if found.accepted:
        raise LinkOver("This link was used already. Sign in instead.")
    if found.ends is not None and found.ends < timezone.localdate():
        raise LinkOver("What this link was for is over. Ask your approver for a new one.")
    if not found.is_open:
        raise LinkOver(f"This link has expired. Ask {found.given_by or 'your approver'} to send it again.")
    return found


@transaction.atomic
def accept(*, secret: str, by: User | None = None, password: str | None = None) -> User:
    """Accept an invitation: the account is active, and holds what it was invited to.

    A new account sets a password (or none, and adds a passkey once signed in); one that is in use must be signed in,
    as ``by``.  Raises LinkOver, and Django's ValidationError for a password that will not do.
    """
    invitation = open_invitation(secret)
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    if not user.is_active:
        raise LinkOver("This account was closed. Ask whoever invited you.")
    if user.status == User.Status.ACTIVE and (by is None or by.pk != user.pk):
        raise LinkOver("Sign in with the address this link was sent to, and follow it again.")
    if user.status == User.Status.INVITED:
        if password is not None:
            validate_password(password, user)
            user.set_password(password)
        user.status = User.Status.ACTIVE
        user.save()
    Invitation.objects.filter(pk=invitation.pk).update(accepted=timezone.now())
    _give(invitation, user)
    return user


def _give(invitation: Invitation, user: User) -> None:
    """What the inviter promised, in the inviter's name."""
    giver = Viewer(invitation.given_by, invitation.organisation)
    for role, collection in invitation.roles or [["", ""]]:
        terms = Terms(collection, invitation.ends, invitation.reason)
        membership = join(viewer=giver, user=user, organisation=invitation.organisation, terms=terms)
        if role:
            write_grant(viewer=giver, membership=membership, role=Role(role), terms=terms)
    tell(
        Viewer(user, invitation.organisation), "invitation_accepted", invitation.organisation,
        subject=f"user:{user.pk}", invitation=invitation.pk,
    )  # fmt: skip
