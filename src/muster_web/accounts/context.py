"""What surrounds every page: who is looking, for whom they act, and where they can go."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import NOBODY, Viewer, memberships_of
from muster_web.design.frame import Banner, Destination, Frame


def viewer(request: HttpRequest) -> dict[str, object]:
    """The viewer and the frame of the page for templates."""
    who = getattr(request, "viewer", NOBODY)
    choices = [m.organisation for m in memberships_of(who.user)] if who.user else []
    return {"viewer": who, "organisations": choices, "frame": frame_for(who, choices, request.path)}


def frame_for(who: Viewer, choices: list[Organisation], here: str) -> Frame:
    """The frame of a page for a viewer."""
    if who.user is None:
        return Frame(sign_in_url=reverse("account_login"), banner=_banner())
    return Frame(
        organisation=str(who.organisation or ""),
        switch_url=reverse("choose_organisation") if len(choices) > 1 else "",
        navigation=tuple(
            Destination(
                text, reverse(name), current=here.startswith(reverse(name)) if name != "home" else here == "/"
            )
            for text, name in _PLACES
        ),
        person=str(who.user),
        account_url=reverse("account_email"),
        sign_out_url=reverse("account_logout"),
        banner=_banner(),
    )


_PLACES = (("Returns", "home"), ("Audit and privacy", "governance"))


def _banner() -> Banner | None:
    said = "Everything here is invented, and its rounds are held open around today. Nothing is sent anywhere."
    return Banner("Demonstration", said, practice=True) if settings.DEMO else None
