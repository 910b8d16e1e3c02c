"""What the pages about people share: an action done, or its refusal shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from muster.model import MusterError
from muster_web.accounts.access import viewer_of
from muster_web.design.forms import refusals_on


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
    with refusals_on(form):
        action()
        messages.success(request, said)
        return True
    return False
