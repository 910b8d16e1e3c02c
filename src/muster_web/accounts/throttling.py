"""The answer to somebody who was wrong too often."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def address_of(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The address somebody tries to sign in with, as wrong tries are counted by it."""
    given = credentials or (request.POST if request is not None else {})
    for name in ("email", "username", "login"):
        if given.get(name):
            return str(given[name]).strip().lower()
    return ""


def locked_out(request: HttpRequest, *_rest: Any, **_more: Any) -> HttpResponse:
    """Say for how long to wait; it is the same whether there is such an account or not."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)
