"""The answer to a request that could not be answered: a mistake of ours, or a database that is away for a while."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

RETRY_AFTER = 30


def unanswered(_request: HttpRequest) -> HttpResponse:
    """The page of a fault: 503 while the database does not answer, 500 for everything else.

    Neither asks the database for anything, not even for whoever is looking.
    """
    if not isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return HttpResponse(render_to_string("500.html"), status=500)
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": str(RETRY_AFTER)})
