"""What no page has answered for itself: a refusal in words is shown as one, never as an error of the service."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from muster.model import MusterError
from muster_web.design.views import cannot


class RefusalMiddleware:
    """Shows a MusterError that a page let through as the page that says what cannot be done and why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """The page, or None for what is no refusal; the API answers for itself."""
        if not isinstance(fault, MusterError) or request.path.startswith("/api/"):
            return None
        return cannot(request, "do this", fault, back_url="/")
