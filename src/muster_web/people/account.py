"""One's own account: organisations and roles, ways to sign in, and where one is signed in."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from muster_web.accounts.access import open_to_signed_in, viewer_of
from muster_web.accounts.actions.sessions import end_own_session
from muster_web.accounts.collections import title_of
from muster_web.accounts.models import Grant, Membership
from muster_web.accounts.roles import MEANS, Role
from muster_web.accounts.signing_in import without_second_factor


@without_second_factor
@open_to_signed_in
def account(request: HttpRequest) -> HttpResponse:
    """Everything about oneself on one page."""
    grants = Grant.objects.filter(
        Grant.in_force(), Membership.in_force(prefix="membership__"), membership__user=viewer_of(request).user
    )
    held = [
        (one, Role(one.role).in_words, MEANS[Role(one.role)], title_of(one.collection))
        for one in grants.select_related("membership__organisation").order_by(
            "membership__organisation__name"
        )
    ]
    sessions = UserSession.objects.purge_and_list(request.user)
    kinds = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    shown = {"held": held, "sessions": _described(request, sessions), "kinds": kinds}
    return render(request, "people/account.html", shown)


def _described(request: HttpRequest, sessions: list[UserSession]) -> list[tuple[UserSession, str, bool]]:
    here = request.session.session_key
    newest = sorted(sessions, key=lambda one: one.last_seen_at, reverse=True)
    return [(one, device(one.user_agent), one.session_key == here) for one in newest]


_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}
_BROWSERS = {"Edg/": "Edge", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}


def device(agent: str) -> str:
    """What a browser calls itself, in a few words: Chrome on Windows."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in agent), "A browser")
    system = next((name for mark, name in _SYSTEMS.items() if mark in agent), "")
    return f"{browser} on {system}" if system else browser


@require_POST
@without_second_factor
@open_to_signed_in
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out on one other device."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    end_own_session(viewer=viewer_of(request), session=session)
    messages.success(request, "You are signed out there.")
    return redirect("account")


@without_second_factor
@open_to_signed_in
def second_factor(request: HttpRequest) -> HttpResponse:
    """Say that a role needs a second way to sign in, and how to set one up."""
    return render(request, "people/second_factor.html")
