"""How often a client may ask: so many requests a minute, counted by each web process."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache

from muster_web.api.problems import Problem

_MINUTE = 60


def count(who: str, *, most: int | None = None) -> None:
    """Count one request of a client; raises a problem with Retry-After once the minute's share is used up."""
    share = settings.API_REQUESTS_A_MINUTE if most is None else most
    minute, second = divmod(int(time.time()), _MINUTE)
    key = f"api-requests:{who}:{minute}"
    cache.add(key, 0, timeout=2 * _MINUTE)
    if cache.incr(key) > share:
        wait = _MINUTE - second
        problem = Problem(
            429, "Too many requests", f"more than {share:,} requests came within a minute",
            what_to_do=f"Wait {wait} seconds, as Retry-After says, then go on.",
        )  # fmt: skip
        raise problem.with_headers({"Retry-After": str(wait)})
