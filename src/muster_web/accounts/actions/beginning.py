"""Begin a new service: its department and the first person, whom nobody is there yet to invite."""

from __future__ import annotations

import secrets

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.actions.inviting import HOLDS_FOR, hash_of
from muster_web.accounts.actions.telling import tell
from muster_web.accounts.models import Grant, Invitation, Organisation, User
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import SYSTEM

ROLES = (Role.APPROVER, Role.COLLECTOR)


@transaction.atomic
def begin(*, email: str, name: str, department: str) -> str:
    """Invite the first person, as approver and collector of the department; the secret of their link.

    Raises NotAllowed once the department has an approver, who then invites the others; until that first link is
    accepted it can be asked for again, and the one before stops working.
    """
    place = Organisation.objects.filter(kind=Organisation.Kind.DEPARTMENT).order_by("pk").first()
    if place is None:
        place = Organisation.objects.create(kind=Organisation.Kind.DEPARTMENT, name=department)
    approvers = Grant.objects.filter(role=Role.APPROVER, membership__organisation=place)
    if approvers.exists():
        raise NotAllowed(f"{place} has an approver already, who invites others on the site.")
    user = _person(email, name)
    Invitation.objects.filter(organisation=place, accepted=None, withdrawn=None).update(
        withdrawn=timezone.now()
    )
    secret = secrets.token_urlsafe(32)
    now = timezone.now()
    Invitation.objects.create(
        organisation=place, user=user, roles=[[role.value, ""] for role in ROLES], reason="The first person",
        secret_hash=hash_of(secret), sent=now, expires=now + HOLDS_FOR,
    )  # fmt: skip
    tell(SYSTEM, "service_begun", place, subject=f"user:{user.pk}")
    return secret


def _person(email: str, name: str) -> User:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise MusterError(f"'{email}' is no e-mail address") from None
    found = User.objects.filter(email=address).first()
    return found or User.objects.create_user(
        address, name=name.strip() or address, status=User.Status.INVITED
    )
