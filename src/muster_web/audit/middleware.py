"""Writes what a request has read of personal records when it ends; where that fails, the page is not shown."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from muster_web.audit.record import reads_together


class ReadsMiddleware:
    """Gathers the reads of one request into one event for each return."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with reads_together():
            return self.get_response(request)
