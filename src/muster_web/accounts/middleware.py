"""Find out who is looking, and let nobody in where the address does not say they may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, suspend_request
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from muster_web.accounts.access import EVERYBODY, Access, access_of
from muster_web.accounts.models import User
from muster_web.accounts.viewer import NOBODY, viewer_for

Answer = Callable[[HttpRequest], HttpResponse]
_SIGNED_IN_AT = "signed_in_at"


class ViewerMiddleware:
    """Puts the viewer on the request; a session ends a fixed time after signing in, however busy it is."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and _too_old(request):
            logout(request)
        request.viewer = _viewer(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def _viewer(request: HttpRequest) -> Any:
    if not request.user.is_authenticated:
        return NOBODY
    user: Any = request.user
    if user.last_seen is None or timezone.now() - user.last_seen > timedelta(minutes=5):
        User.objects.filter(pk=user.pk).update(last_seen=timezone.now())
    return viewer_for(user, request.session.get("organisation"))


def _too_old(request: HttpRequest) -> bool:
    began = request.session.setdefault(_SIGNED_IN_AT, timezone.now().isoformat())
    return timezone.now() - datetime.fromisoformat(began) > settings.SESSION_ABSOLUTE_AGE


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
        access = access_of(view) or _of_packages(view)
        if access is None:
            raise PermissionDenied("This address does not say who may use it.")
        viewer = request.viewer  # type: ignore[attr-defined]
        if access.admits(viewer):
            return _step_up(request) if access.step_up else None
        if viewer.user is None:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied("Your account does not let you open this page.")


def _of_packages(view: Callable[..., Any]) -> Access | None:
    """Sign-in pages and static files come from packages; they look after themselves and are open."""
    module = getattr(view, "__module__", "")
    return Access(EVERYBODY) if module.startswith(("allauth.", "django.contrib.staticfiles.")) else None


def _step_up(request: HttpRequest) -> HttpResponse | None:
    if did_recently_reauthenticate(request):
        return None
    answer: HttpResponse = suspend_request(request, reverse("account_reauthenticate"))
    return answer
