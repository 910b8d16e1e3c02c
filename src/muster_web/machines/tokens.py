"""Tokens of service accounts: signed, good for an hour, and worth nothing once account or secret is."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.utils import timezone

from muster.model import MusterError
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Held, Viewer
from muster_web.machines.models import ServiceAccount, ServiceSecret
from muster_web.machines.scopes import scopes_of

GOOD_FOR = timedelta(hours=1)
_SIGNER = TimestampSigner(salt="muster.machine-token", sep=".")
_NOTE_USE_EVERY = timedelta(minutes=5)


class NotKnown(MusterError):
    """A client or token that is not, or no longer, good; the message does not say which part was wrong."""


@dataclass(frozen=True)
class Caller:
    """A service account with the scopes of the token it shows."""

    account: ServiceAccount
    scopes: frozenset[str]

    @property
    def viewer(self) -> Viewer:
        """The viewer everything is asked and done as."""
        return viewer_of(self.account)


def viewer_of(account: ServiceAccount) -> Viewer:
    """The viewer a service account is; one that was revoked holds nothing."""
    held = [] if account.revoked else [Held(role, account.collection) for role in roles_of(account)]
    return Viewer(None, account.organisation, held=held, service=account.client_id)


def viewer_of_service(client_id: str) -> Viewer:
    """The viewer of the service account with a client id; one that holds nothing where there is none."""
    account = ServiceAccount.objects.select_related("organisation").filter(client_id=client_id).first()
    return viewer_of(account) if account else Viewer(None, None, service=client_id)


def roles_of(account: ServiceAccount) -> list[Role]:
    """The roles of an account."""
    return [Role(one) for one in account.roles]


def hash_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_secret() -> str:
    """256 random bits, with a beginning that scanners for leaked secrets can look for."""
    return f"mss_{secrets.token_urlsafe(32)}"


def token_for(client_id: str, secret: str, *, address: str, scopes: Iterable[str] = ()) -> tuple[str, Caller]:
    """A token for a client that proves itself, with the scopes asked for or else all it can have.

    Raises NotKnown for a client, secret or address that is not good, and MusterError for a scope it cannot have.
    """
    account = ServiceAccount.objects.select_related("organisation").filter(client_id=client_id).first()
    number = _number_of(account, secret) if account else 0
    if account is None or not number or not _comes_from(account, address):
        raise NotKnown("the client is not known, or its secret is wrong or has ended")
    granted = _granted(account, frozenset(scopes))
    _note_use(account)
    said = {"a": account.pk, "s": number, "c": sorted(granted)}
    return _SIGNER.sign_object(said), Caller(account, granted)


def _number_of(account: ServiceAccount, secret: str) -> int:
    """The number of the live secret this is, 0 where it is none or the account was revoked."""
    given = hash_of(secret)
    live = account.secrets.filter(ServiceSecret.live()) if account.revoked is None else ()
    return next((one.number for one in live if hmac.compare_digest(one.sha256, given)), 0)


def _granted(account: ServiceAccount, asked: frozenset[str]) -> frozenset[str]:
    possible = scopes_of(roles_of(account))
    beyond = sorted(asked - possible)
    if beyond:
        raise MusterError(
            f"the scope {beyond[0]} is not one this account can have: {' '.join(sorted(possible))}"
        )
    return asked or possible


def caller_of(token: str, *, address: str) -> Caller:
    """Who shows a token, asked anew at each request.  Raises NotKnown."""
    try:
        said = _SIGNER.unsign_object(token, max_age=GOOD_FOR)
    except (BadSignature, ValueError):
        raise NotKnown("the token is not one of ours, or its hour is over") from None
    account = ServiceAccount.objects.select_related("organisation").filter(pk=said["a"], revoked=None).first()
    live = account and account.secrets.filter(ServiceSecret.live(), number=said["s"]).exists()
    if account is None or not live or not _comes_from(account, address):
        raise NotKnown("the token is no longer good: the account or its secret has ended")
    _note_use(account)
    return Caller(account, frozenset(said["c"]) & scopes_of(roles_of(account)))


def _comes_from(account: ServiceAccount, address: str) -> bool:
    if not account.networks:
        return True
    try:
        here = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(here in ipaddress.ip_network(one) for one in account.networks)


def _note_use(account: ServiceAccount) -> None:
    now = timezone.now()
    if account.last_used is None or now - account.last_used > _NOTE_USE_EVERY:
        ServiceAccount.objects.filter(pk=account.pk).update(last_used=now)
