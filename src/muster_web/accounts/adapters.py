"""How signing in is bent to this service: nobody signs up by themselves."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.shortcuts import render

from muster_web.accounts.models import User
from muster_web.accounts.signing_in import signed_in_lately


class InvitedOnly(DefaultAccountAdapter):
    """Accounts come from invitations; the sign-up page of the package is closed."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Closed."""
        return False

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Whether somebody has to show again who they are before they change how they sign in.

        Somebody with nothing to show yet, as after an invitation, may set up their first passkey or app soon after
        signing in.
        """
        user = self.request.user
        if user.is_authenticated and not self.get_reauthentication_methods(user):
            return not signed_in_lately(self.request)
        return bool(super().is_reauthentication_required(app=app, **more))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways in which somebody can show again who they are: a password, then a key, then a code."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return sorted(ways, key=lambda one: one["id"] == "mfa_reauthenticate")


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    """An identity provider signs in people who have an account here; it makes no accounts."""

    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: Any) -> bool:
        """Closed."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join the identity to the account with its verified address, or say that there is none."""
        if sociallogin.is_existing:
            return
        verified = {address.email.lower() for address in sociallogin.email_addresses if address.verified}
        user = User.objects.filter(email__in=verified).first()
        if user is None:
            raise ImmediateHttpResponse(render(request, "accounts/no_account.html", status=403))
        sociallogin.connect(request, user)
