"""One code set: every code with its years and source, and the items and rules that use it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to_everybody
from muster_web.dictionary.finding import code_set_named, dictionary_named
from muster_web.proposals.queries import proposals_about


@open_to_everybody
def dictionary_code_set(request: HttpRequest, name: str, code_set: str) -> HttpResponse:
    """Show a code set."""
    one = dictionary_named(name)
    entry = code_set_named(one, code_set)
    told = {
        "collection": one.collection, "entry": entry, "about": entry.name,
        "proposals": proposals_about(name, entry.name),
    }  # fmt: skip
    return render(request, "dictionary/code_set.html", told)
