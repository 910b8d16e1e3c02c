"""The answer to somebody who may not do what they asked for: why not, and who can help."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.model import MusterError
from muster_web.design.frame import Destination


def cannot(
    request: HttpRequest,
    action: str,
    because: str | MusterError,
    *,
    can_help: Sequence[Destination] = (),
    back_url: str = "/",
) -> HttpResponse:
    """The page 'You cannot <action>', with status 403, and why: a refusal or a sentence, its full stop left or not."""
    told = {"action": action, "because": str(because).rstrip("."), "can_help": can_help, "back_url": back_url}
    return render(request, "design/cannot.html", told, status=403)
