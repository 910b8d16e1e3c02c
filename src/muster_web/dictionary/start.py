"""The front page of the dictionary: a search over every collection, and what there is."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.dictionary import dictionaries, dictionary_of, search
from muster_web.accounts.access import open_to_everybody
from muster_web.accounts.collections import titles

PER_PAGE = 50
LONGEST = 100
KINDS = {"": "Everything", "item": "Items", "rule": "Rules", "code set": "Code sets"}


@open_to_everybody
def dictionary(request: HttpRequest) -> HttpResponse:
    """Show the collections, or what a search finds among them."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    kind, chosen = request.GET.get("kind", ""), request.GET.get("collection", "")
    among = [dictionary_of(chosen)] if chosen in titles() else dictionaries()
    found = search(among, text, kind=kind if kind in KINDS else "")
    told = {
        "text": text, "kind": kind, "chosen": chosen, "kinds": KINDS.items(), "collections": titles().items(),
        "all": dictionaries(), "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "dictionary/start.html", told)
