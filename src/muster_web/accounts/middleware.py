"""Find out who is looking, and let nobody in where the address does not say they may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, suspend_request
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from muster_web.accounts.access import EVERYBODY, Access, access_of
from muster_web.accounts.models import User
from muster_web.accounts.signing_in import lacks_second_factor, sign_in_pages, signed_in_for
from muster_web.accounts.viewer import NOBODY, viewer_for

Answer = Callable[[HttpRequest], HttpResponse]


class ViewerMiddleware:
    """Puts the viewer on the request; a session ends a fixed time after signing in, however busy it is."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and signed_in_for(request) > settings.SESSION_ABSOLUTE_AGE:
            logout(request)
        request.viewer = _viewer(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def _viewer(request: HttpRequest) -> Any:
    if not request.user.is_authenticated:
        return NOBODY
    user: Any = request.user
    if user.last_seen is None or timezone.now() - user.last_seen > timedelta(minutes=5):
        now = timezone.now()
        User.objects.filter(pk=user.pk).update(last_seen=now)
        UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=now)
    return viewer_for(user, request.session.get("organisation"))


class DenyByDefaultMiddleware:
    """Refuses every address that does not declare who may come in, and everybody it does not name."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Let the request go on, ask for a sign-in, or refuse it."""
        access = access_of(view) or _of_packages(request, view)
        if access is None:
            raise PermissionDenied("This address does not say who may use it.")
        viewer = request.viewer  # type: ignore[attr-defined]
        if access.admits(viewer):
            return _more_proof(request, view, access)
        if viewer.user is None:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied("Your account does not let you open this page.")


def _of_packages(request: HttpRequest, view: Callable[..., Any]) -> Access | None:
    """The pages of packages that are in use are open, and look after themselves; the others are not there."""
    if not _is_of_package(view):
        return None
    match = request.resolver_match
    name = match.url_name if match else ""
    if getattr(view, "__module__", "").startswith("allauth.") and name not in sign_in_pages():
        raise Http404
    return Access(EVERYBODY)


def _is_of_package(view: Callable[..., Any]) -> bool:
    return getattr(view, "__module__", "").startswith(("allauth.", "django.contrib.staticfiles."))


def _more_proof(request: HttpRequest, view: Callable[..., Any], access: Access) -> HttpResponse | None:
    """What somebody who may come in still has to show: a second factor their role needs, or who they are, again."""
    exempt = access.who == EVERYBODY or getattr(view, "without_second_factor", False)
    if not exempt and lacks_second_factor(request.viewer):  # type: ignore[attr-defined]
        return redirect("second_factor")
    return _step_up(request) if access.step_up else None


def _step_up(request: HttpRequest) -> HttpResponse | None:
    if did_recently_reauthenticate(request):
        return None
    ways = get_adapter().get_reauthentication_methods(request.user)
    if not ways:
        return redirect("second_factor")
    answer: HttpResponse = suspend_request(request, ways[0]["url"])
    return answer
