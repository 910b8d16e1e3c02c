"""Signing in and out, and changes to how somebody signs in, go into the audit."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import Signal
from django.http import HttpRequest

from muster_web.accounts.models import User
from muster_web.accounts.signing_in import note_sign_in
from muster_web.accounts.viewer import memberships_of
from muster_web.audit.record import record

_EVENTS: dict[Signal, str] = {
    user_logged_in: "signed_in",
    user_logged_out: "signed_out",
    password_changed: "password_changed",
    password_set: "password_changed",
    password_reset: "password_reset",
    authenticator_added: "second_factor_added",
    authenticator_removed: "second_factor_removed",
}


def connect() -> None:
    """Write an audit event at each of these signals."""
    for signal, event in _EVENTS.items():
        signal.connect(_writes(event), weak=False, dispatch_uid=f"muster.{event}.{id(signal)}")
    user_logged_in.connect(_began, dispatch_uid="muster.began")
    user_login_failed.connect(_failed, dispatch_uid="muster.sign_in_failed")


def _began(sender: Any, user: User, *, request: HttpRequest | None = None, **_rest: Any) -> None:  # noqa: ARG001
    """However somebody signed in, their session is known as theirs, so that it can be ended."""
    if request is None:
        return
    note_sign_in(request)
    if request.session.session_key is None:
        request.session.save()
    about = {
        "user": user,
        "ip": request.META.get("REMOTE_ADDR") or "0.0.0.0",
        "user_agent": request.META.get("HTTP_USER_AGENT", "")[:200],
    }
    UserSession.objects.update_or_create(session_key=request.session.session_key, defaults=about)


def _writes(event: str) -> Any:
    def write(sender: Any, user: User | None = None, **_rest: Any) -> None:  # noqa: ARG001  (as Django calls it)
        if user is not None:
            _record(event, user, f"user:{user.pk}")

    return write


def _failed(sender: Any, credentials: dict[str, Any], **_rest: Any) -> None:  # noqa: ARG001  (as Django calls it)
    """A wrong password for an account there is; an address without one is not written down."""
    address = str(credentials.get("email") or credentials.get("username") or "").strip().lower()
    user = User.objects.filter(email=address).first()
    if user is not None:
        _record("sign_in_failed", user, "nobody")


def _record(event: str, user: User, actor: str) -> None:
    record(
        event, actor=actor, subject=f"user:{user.pk}",
        organisations=[one.organisation_id for one in memberships_of(user)],
    )  # fmt: skip
