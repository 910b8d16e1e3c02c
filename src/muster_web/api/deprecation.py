"""Say of an address that it will go: in the headers of each answer, as RFC 9745 and RFC 8594 have them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date
from ninja.decorators import decorate_view

from muster.model import MusterError

LEAST_NOTICE = timedelta(days=182)


@dataclass(frozen=True)
class Deprecated:
    """An address that was announced to go on a day, and what to use instead; the notice is half a year at least.

    Give ``deprecated=True`` to the route, so that the OpenAPI document says so too.
    """

    announced: date
    goes: date
    instead: str

    def __post_init__(self) -> None:
        """Refuse a notice that is too short.  Raises MusterError."""
        if self.goes - self.announced < LEAST_NOTICE:
            raise MusterError(
                f"an address goes {LEAST_NOTICE.days} days after it was announced, at the earliest"
            )

    @property
    def headers(self) -> dict[str, str]:
        """What each answer says of it."""
        return {
            "Deprecation": f"@{_seconds(self.announced)}",
            "Sunset": http_date(_seconds(self.goes)),
            "Link": f'<{self.instead}>; rel="successor-version"',
        }

    def __call__(self, operation: Callable[..., Any]) -> Callable[..., Any]:
        """Decorate an operation, below its route, so that each of its answers says so."""
        return decorate_view(self._telling)(operation)

    def _telling(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answering(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            answer = view(request, *args, **kwargs)
            for name, value in self.headers.items():
                answer[name] = value
            return answer

        return answering


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time.min, tzinfo=UTC).timestamp())
