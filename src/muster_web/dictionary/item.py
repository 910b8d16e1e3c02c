"""One item: what it holds, where it stands in the file in which years, and everything that uses it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to_everybody
from muster_web.dictionary.finding import dictionary_named, item_named
from muster_web.proposals.queries import proposals_about


@open_to_everybody
def dictionary_item(request: HttpRequest, name: str, table: str, item: str) -> HttpResponse:
    """Show an item."""
    one = dictionary_named(name)
    entry = item_named(one, table, item)
    told = {
        "collection": one.collection, "entry": entry, "about": entry.name,
        "code_set": one.code_sets.get(entry.item.codes or ""), "proposals": proposals_about(name, entry.name),
    }  # fmt: skip
    return render(request, "dictionary/item.html", told)
