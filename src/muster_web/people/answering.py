"""What the pages about people share: who is looking, and an action done or its refusal shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest

from muster.model import MusterError
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer


def viewer_of(request: HttpRequest) -> Viewer:
    """Who is looking."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def own_organisation(request: HttpRequest) -> Organisation:
    """The organisation the viewer acts for; 404 where there is none."""
    organisation = viewer_of(request).organisation
    if organisation is None:
        raise Http404
    return organisation


def attempt(request: HttpRequest, action: Callable[..., object], said: str, **given: Any) -> bool:
    """Take an action in the viewer's name and say so at the top of the next page, or say why it was refused."""
    try:
        action(viewer=viewer_of(request), **given)
    except MusterError as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, said)
    return True


def attempt_form(request: HttpRequest, form: forms.Form, action: Callable[[], object], said: str) -> bool:
    """Take an action that a valid form describes; a refusal goes into the form's summary of errors."""
    if not form.is_valid():
        return False
    try:
        action()
    except MusterError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, said)
    return True
