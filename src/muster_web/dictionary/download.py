"""The dictionary of a collection as a file for machines."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from muster.dictionary import FORMS, written
from muster_web.accounts.access import open_to_everybody
from muster_web.dictionary.finding import dictionary_named


@open_to_everybody
def dictionary_download(_request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Give the dictionary in one of its forms."""
    one = dictionary_named(name)
    if form not in FORMS:
        raise Http404
    kind = "application/json" if form == "json" else "text/csv; charset=utf-8"
    named = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(written(one, form), content_type=kind, headers=named)
