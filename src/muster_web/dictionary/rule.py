"""One rule: what it says and tests in each of its versions, with examples, source and the items it asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.catalogue import CATALOGUE
from muster.catalogue.effective import fix_in_words, message_in_words
from muster.catalogue.meaning import load_meanings, meaning_key
from muster.dictionary import Dictionary, RuleEntry
from muster.model import Rule
from muster_web.accounts.access import open_to_everybody
from muster_web.dictionary.finding import dictionary_named, rules_named
from muster_web.proposals.queries import proposals_about


@dataclass(frozen=True)
class Shown:
    """One version of a rule in words; ``examples`` are tables of text, each under the name of its table."""

    rule: Rule
    message: str
    fix: str
    fires_when: tuple[str, ...]
    examples: list[tuple[str, str]]


@open_to_everybody
def dictionary_rule(request: HttpRequest, name: str, rule: str) -> HttpResponse:
    """Show a rule, or the rules of an official number."""
    one = dictionary_named(name)
    found = rules_named(one, rule)
    told = {
        "collection": one.collection, "about": rule, "proposals": proposals_about(name, *(e.id for e in found), rule),
        "entries": [(entry, list(_versions(one, entry))) for entry in found],
    }  # fmt: skip
    return render(request, "dictionary/rule.html", told)


def _versions(one: Dictionary, entry: RuleEntry) -> Iterator[Shown]:
    """The versions of a rule, the latest first."""
    meanings = load_meanings(one.collection, CATALOGUE)
    for rule in reversed(entry.versions):
        yield Shown(
            rule, message_in_words(rule, one.collection), fix_in_words(rule, one.collection),
            meanings.get(meaning_key(rule), ()), list(_examples(rule)),
        )  # fmt: skip


def _examples(rule: Rule) -> Iterator[tuple[str, str]]:
    for world in rule.examples:
        for table, text in world.items():
            yield table, "\n".join(line for line in text.splitlines() if line.strip())
