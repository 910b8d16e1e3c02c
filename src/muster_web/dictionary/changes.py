"""What changed between two years of a collection, in sentences."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.catalogue import CATALOGUE
from muster.catalogue.differences import Change, year_differences
from muster.catalogue.meaning import load_meanings
from muster.model import Collection
from muster_web.accounts.access import open_to_everybody
from muster_web.dictionary.finding import dictionary_named

HEADINGS = {
    "date": "Dates and amounts", "table": "Tables", "item": "Items", "code set": "Code sets", "rule": "Rules",
}  # fmt: skip


@open_to_everybody
def dictionary_changes(request: HttpRequest, name: str) -> HttpResponse:
    """Compare the two years chosen; the last two where none were."""
    collection = dictionary_named(name).collection
    before, after = _years(request, collection)
    found = year_differences(collection, before, after, load_meanings(collection, CATALOGUE))
    told = {
        "collection": collection, "before": before, "after": after, "count": len(found),
        "groups": [(heading, _of(found, what)) for what, heading in HEADINGS.items() if _of(found, what)],
    }  # fmt: skip
    return render(request, "dictionary/changes.html", told)


def _of(found: tuple[Change, ...], what: str) -> list[Change]:
    return [one for one in found if one.what == what]


def _years(request: HttpRequest, collection: Collection) -> tuple[int, int]:
    """The years of the address as far as the collection has them."""
    usual = collection.years[-2:] if len(collection.years) > 1 else collection.years * 2
    asked = [request.GET.get(name, "") for name in ("from", "to")]
    chosen = [
        int(text) if text.isdecimal() and int(text) in collection.years else other
        for text, other in zip(asked, usual, strict=True)
    ]
    return chosen[0], chosen[1]
