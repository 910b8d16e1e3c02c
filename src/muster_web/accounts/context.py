"""What surrounds every page: who is looking, for whom they act, and where they can go."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from muster_web.accounts.models import Organisation
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import NOBODY, Viewer, memberships_of
from muster_web.design.frame import Banner, Destination, Frame


def viewer(request: HttpRequest) -> dict[str, object]:
    """The viewer and the frame of the page for templates."""
    who = getattr(request, "viewer", NOBODY)
    choices = [m.organisation for m in memberships_of(who.user)] if who.user else []
    return {
        "viewer": who,
        "organisations": choices,
        "frame": frame_for(who, choices, request.path),
        "provider": settings.IDENTITY_PROVIDER,
        "provider_text": f"Sign in with {settings.IDENTITY_PROVIDER['name']}"
        if settings.IDENTITY_PROVIDER
        else "",
    }


def frame_for(who: Viewer, choices: list[Organisation], here: str) -> Frame:
    """The frame of a page for a viewer."""
    if who.user is None:
        return Frame(sign_in_url=reverse("account_login"), banner=_banner(), footer=_footer())
    return Frame(
        organisation=str(who.organisation or ""),
        switch_url=reverse("choose_organisation") if len(choices) > 1 else "",
        navigation=_navigation(who, here),
        person=str(who.user),
        account_url=reverse("account"),
        sign_out_url=reverse("account_logout"),
        banner=_banner(),
        footer=_footer(),
    )


def _navigation(who: Viewer, here: str) -> tuple[Destination, ...]:
    """The places the viewer can go; the one the page lies below is the current one."""
    places = [(text, reverse(name)) for text, name, roles in _PLACES if not roles or roles & who.roles]
    above = [url for _, url in places if here == url or (url != "/" and here.startswith(url))]
    current = max(above, key=len, default="")
    return tuple(Destination(text, url, current=url == current) for text, url in places)


# What the navigation offers, and to holders of which roles (none: to everybody).
_PLACES: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("Returns", "home", frozenset()),
    ("Pupil files", "mailbox", frozenset({Role.PREPARER, Role.LA_OFFICER, Role.LA_APPROVER})),
    (
        "Schools",
        "schools",
        frozenset({Role.PREPARER, Role.HEAD, Role.LA_OFFICER, Role.LA_APPROVER, Role.COLLECTOR}),
    ),
    ("Plans", "plans", frozenset({Role.LA_OFFICER, Role.LA_APPROVER, Role.PLAN_OWNER})),
    ("Identifiers", "identifiers", frozenset()),
    ("Can everyone get in?", "readiness", frozenset({Role.LA_OFFICER, Role.LA_APPROVER, Role.COLLECTOR})),
    ("People", "people", frozenset({Role.APPROVER})),
    ("Requests", "requests", frozenset({Role.APPROVER})),
    ("Machines", "machines", frozenset({Role.APPROVER})),
    ("Audit and privacy", "governance", frozenset()),
)


def _footer() -> tuple[Destination, ...]:
    """What lies below every page: what is open to everybody, and in a demonstration what pages are made of."""
    places = _OPEN + ((("What pages are made of", "style"),) if settings.DEMO else ())
    return tuple(Destination(text, reverse(name)) for text, name in places)


_OPEN = (("Data dictionary", "dictionary"), ("For programs", "developers"))


def _banner() -> Banner | None:
    said = "Everything here is invented, and its rounds are held open around today. Nothing is sent anywhere."
    return Banner("Demonstration", said, practice=True) if settings.DEMO else None
