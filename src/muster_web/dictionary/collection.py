"""One collection: its items table by table, its rules and its code sets, of all years or of one."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.catalogue.effective import message_in_words
from muster.dictionary import Dictionary, ItemEntry, RuleEntry
from muster.model import Table
from muster_web.accounts.access import open_to_everybody
from muster_web.dictionary.finding import dictionary_named


@dataclass(frozen=True)
class Part:
    """One table as the page shows it."""

    table: Table
    items: list[ItemEntry]
    rules: list[tuple[RuleEntry, str]]


@open_to_everybody
def dictionary_collection(request: HttpRequest, name: str) -> HttpResponse:
    """Show the tables of a collection with their items and rules."""
    one = dictionary_named(name)
    year = _year(request, one)
    told = {
        "one": one, "collection": one.collection, "year": year, "parts": _parts(one, year),
        "code_sets": [entry for entry in one.code_sets.values() if year is None or entry.code_set.in_force(year)],
    }  # fmt: skip
    return render(request, "dictionary/collection.html", told)


def _year(request: HttpRequest, one: Dictionary) -> int | None:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and int(asked) in one.collection.years else None


def _parts(one: Dictionary, year: int | None) -> list[Part]:
    tables = [
        table for table in one.collection.tables.values() if year is None or year in table.years
    ]  # fmt: skip
    return [
        Part(
            table,
            [entry for entry in one.items_of(table.name) if year is None or year in entry.item.years],
            [
                (entry, message_in_words(entry.now, one.collection))
                for entry in one.rules.values()
                if entry.now.table == table.name and _in_force(entry, year)
            ],
        )
        for table in tables
    ]


def _in_force(entry: RuleEntry, year: int | None) -> bool:
    return year is None or any(year in version.years for version in entry.versions)
