"""The answer to a request that is refused before a page reads it: too large, or not as a request should be."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of a request that cannot be read; of one that is too large it says how large it may be."""
    if not isinstance(exception, RequestDataTooBig):
        return HttpResponse(render_to_string("400.html"), status=400)
    sent = request.headers.get("Content-Length", "")
    told = {
        "sent": _megabytes(int(sent)) if sent.isdecimal() else "",
        "most": _megabytes(settings.PASTED_LIMIT),
    }
    return HttpResponse(render_to_string("413.html", told), status=413)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
