"""Which pages of the sign-in packages are in use, and who has to show more than a password."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from muster_web.accounts.access import View
from muster_web.accounts.models import User
from muster_web.accounts.viewer import Viewer

# By the names of their addresses.  Whatever else the packages offer (signing up, changing the address) is closed.
_PAGES = frozenset({
    "account_login", "account_logout", "account_inactive", "account_reauthenticate", "account_change_password",
    "account_set_password", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "mfa_index", "mfa_authenticate",
    "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn", "mfa_login_webauthn",
})  # fmt: skip
_WITH_PROVIDER = frozenset({
    "openid_connect_login", "openid_connect_callback", "socialaccount_login_cancelled", "socialaccount_login_error",
})  # fmt: skip
_SECOND = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def sign_in_pages() -> frozenset[str]:
    """The names of the addresses of packages that are open here."""
    return _PAGES | _WITH_PROVIDER if settings.IDENTITY_PROVIDER else _PAGES


SIGNED_IN_AT = "signed_in_at"


def note_sign_in(request: HttpRequest) -> None:
    """Begin the time after which the session ends, however busy it is."""
    request.session[SIGNED_IN_AT] = timezone.now().isoformat()


def signed_in_for(request: HttpRequest) -> timedelta:
    """How long ago somebody signed in."""
    began = request.session.setdefault(SIGNED_IN_AT, timezone.now().isoformat())
    return timezone.now() - datetime.fromisoformat(began)


def signed_in_lately(request: HttpRequest) -> bool:
    """Whether somebody signed in so lately that they need not show again who they are."""
    lately = timedelta(seconds=int(settings.ACCOUNT_REAUTHENTICATION_TIMEOUT))
    return signed_in_for(request) < lately


def has_second_factor(user: User) -> bool:
    """Whether somebody has a passkey or an app that makes codes."""
    return bool(Authenticator.objects.filter(user=user, type__in=_SECOND).exists())


def lacks_second_factor(viewer: Viewer) -> bool:
    """Whether the viewer holds a role that needs a second factor, and has none."""
    if viewer.user is None or not viewer.roles & settings.SECOND_FACTOR_ROLES:
        return False
    return not has_second_factor(viewer.user)


def without_second_factor(view: View) -> View:
    """Let somebody in who still has to set up the second factor that their role needs."""
    view.without_second_factor = True  # type: ignore[attr-defined]
    return view
