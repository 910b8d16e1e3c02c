"""The entry an address names; what is not there is answered with 404."""

from __future__ import annotations

from django.http import Http404

from muster.catalogue import catalogue_folders, collection_names
from muster.dictionary import CodeSetEntry, Dictionary, ItemEntry, RuleEntry, dictionary_of


def dictionary_named(name: str) -> Dictionary:
    """The dictionary of a collection; a termly one has one of all its terms and one of each."""
    if name not in (*catalogue_folders(), *collection_names()):
        raise Http404
    return dictionary_of(name)


def item_named(one: Dictionary, table: str, item: str) -> ItemEntry:
    """An item of a table."""
    if f"{table}.{item}" not in one.items:
        raise Http404
    return one.items[f"{table}.{item}"]


def rules_named(one: Dictionary, name: str) -> list[RuleEntry]:
    """The rule of an id, or all those of an official number."""
    found = [one.rules[name]] if name in one.rules else []
    found = found or [entry for entry in one.rules.values() if name in {rule.code for rule in entry.versions}]
    if not found:
        raise Http404
    return found


def code_set_named(one: Dictionary, name: str) -> CodeSetEntry:
    """A code set."""
    if name not in one.code_sets:
        raise Http404
    return one.code_sets[name]
