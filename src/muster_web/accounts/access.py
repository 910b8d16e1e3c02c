"""Every address says who may come in; one that says nothing lets nobody in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import Http404, HttpRequest

from muster_web.accounts.models import Organisation
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer

View = TypeVar("View", bound=Callable[..., Any])
EVERYBODY, SIGNED_IN, MACHINES = "everybody", "signed in", "machines"


@dataclass(frozen=True)
class Access:
    """Who may come in: everybody, anybody signed in, or holders of some role; and whether they must prove it anew."""

    who: str | frozenset[Role]
    step_up: bool = False

    def admits(self, viewer: Viewer) -> bool:
        """Whether the viewer may come in at all; which returns they then find is asked of each return."""
        if self.who in (EVERYBODY, MACHINES):
            return True
        if viewer.user is None:
            return False
        return self.who == SIGNED_IN or bool(viewer.roles & frozenset(self.who))


def _declare(access: Access) -> Callable[[View], View]:
    def declared(view: View) -> View:
        view.muster_access = access  # type: ignore[attr-defined]
        return view

    return declared


def open_to_everybody(view: View) -> View:
    """Let everybody in, signed in or not."""
    return _declare(Access(EVERYBODY))(view)


def open_to_machines(view: View) -> View:
    """Leave it to the API, which asks each of its addresses but the public ones for a token."""
    return _declare(Access(MACHINES))(view)


def open_to_signed_in(view: View) -> View:
    """Let in whoever is signed in."""
    return _declare(Access(SIGNED_IN))(view)


def open_to(*roles: Role, step_up: bool = False) -> Callable[[View], View]:
    """Let in the holders of these roles; with ``step_up`` they must have proved who they are minutes ago."""
    return _declare(Access(frozenset(roles), step_up))


def access_of(view: Callable[..., Any]) -> Access | None:
    """What a view declared, or None."""
    return getattr(view, "muster_access", None) or getattr(
        getattr(view, "view_class", None), "muster_access", None
    )


def viewer_of(request: HttpRequest) -> Viewer:
    """Who is looking, as the middleware put it on the request."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def own_organisation(request: HttpRequest) -> Organisation:
    """The organisation the viewer acts for; 404 where there is none."""
    organisation = viewer_of(request).organisation
    if organisation is None:
        raise Http404
    return organisation
