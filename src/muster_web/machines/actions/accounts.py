"""Make, rotate and revoke service accounts; by an approver of the organisation, each with its audit event."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.models import Organisation
from muster_web.accounts.roles import GIVEN_BY, Role
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.machines.models import ServiceAccount, ServiceSecret
from muster_web.machines.scopes import FOR_PEOPLE
from muster_web.machines.tokens import hash_of, new_secret

OLD_SECRET_LASTS = timedelta(days=14)


@dataclass(frozen=True)
class Made:
    """An account with its new secret, which is shown once and kept nowhere."""

    account: ServiceAccount
    secret: str


def roles_for_machines(organisation: Organisation) -> list[Role]:
    """The roles an organisation can give a machine."""
    return [role for role, kinds in GIVEN_BY.items() if organisation.kind in kinds and role not in FOR_PEOPLE]


@transaction.atomic
def make_account(
    *, viewer: Viewer, name: str, roles: Iterable[Role], collection: str = "", networks: Iterable[str] = ()
) -> Made:
    """Make a service account of the viewer's organisation.  Raises NotAllowed or MusterError."""
    organisation = _managed(viewer)
    account = ServiceAccount(
        organisation=organisation, name=_name(name), roles=sorted(_roles(organisation, roles)),
        collection=collection, networks=[_network(one) for one in networks], made_by=viewer.user,
    )  # fmt: skip
    account.save()
    secret = _add_secret(account)
    _tell("service_account_made", viewer, account, roles=account.roles)
    return Made(account, secret)


def _managed(viewer: Viewer) -> Organisation:
    if viewer.organisation is None or "manage_people" not in viewer.permissions_for(""):
        raise NotAllowed("Only an approver of the organisation keeps its service accounts.")
    return viewer.organisation


def _name(name: str) -> str:
    if not name.strip():
        raise MusterError("Give the account a name, so that people know which machine it is.")
    return name.strip()[:100]


def _roles(organisation: Organisation, roles: Iterable[Role]) -> set[Role]:
    asked, possible = set(roles), set(roles_for_machines(organisation))
    if not asked:
        raise MusterError("Choose at least one role for the account.")
    if asked - possible:
        beyond = sorted(asked - possible)[0].in_words
        raise NotAllowed(f"A machine of {organisation.name} cannot have the role '{beyond}'.")
    return asked


def _network(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text.strip(), strict=False))
    except ValueError:
        raise MusterError(f"'{text}' is not an address or a network; write it as 192.0.2.0/24.") from None


def _add_secret(account: ServiceAccount) -> str:
    secret = new_secret()
    last = account.secrets.aggregate(last=Max("number"))["last"] or 0
    ServiceSecret.objects.create(account=account, number=last + 1, sha256=hash_of(secret))
    return secret


@transaction.atomic
def rotate_secret(*, viewer: Viewer, account: ServiceAccount) -> Made:
    """Add a secret; the one before stays good for two weeks, any older one ends now, so that two are live at most."""
    now = _locked(viewer, account)
    at = timezone.now()
    live = list(now.secrets.filter(ServiceSecret.live()).order_by("-number"))
    for number, one in enumerate(live):
        one.ends = min(one.ends or at + OLD_SECRET_LASTS, at + OLD_SECRET_LASTS) if number == 0 else at
        one.save(update_fields=["ends"])
    secret = _add_secret(now)
    _tell("service_secret_rotated", viewer, now)
    return Made(now, secret)


@transaction.atomic
def end_old_secrets(*, viewer: Viewer, account: ServiceAccount) -> ServiceAccount:
    """End every secret but the newest now, with the tokens that came of them."""
    now = _locked(viewer, account)
    newest = now.secrets.aggregate(last=Max("number"))["last"]
    now.secrets.filter(ServiceSecret.live()).exclude(number=newest).update(ends=timezone.now())
    _tell("service_secrets_ended", viewer, now)
    return now


@transaction.atomic
def revoke_account(*, viewer: Viewer, account: ServiceAccount) -> ServiceAccount:
    """Revoke an account; its secrets and tokens are worth nothing from now on, and its addresses are told nothing."""
    now = _locked(viewer, account)
    now.revoked = timezone.now()
    now.save(update_fields=["revoked"])
    now.subscriptions.filter(ended=None).update(ended=now.revoked)
    _tell("service_account_revoked", viewer, now)
    return now


def _locked(viewer: Viewer, account: ServiceAccount) -> ServiceAccount:
    organisation = _managed(viewer)
    found = (
        ServiceAccount.objects.select_for_update().filter(pk=account.pk, organisation=organisation).first()
    )
    if found is None or found.revoked:
        raise NotAllowed("There is no such service account of your organisation, or it was revoked.")
    return found


def _tell(name: str, viewer: Viewer, account: ServiceAccount, **data: object) -> None:
    record(
        name, actor=viewer.actor, acting_for=viewer.acting_for, organisations=[account.organisation_id],
        subject=f"service:{account.client_id}", data=data,
    )  # fmt: skip
