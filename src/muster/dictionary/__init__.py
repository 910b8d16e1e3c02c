"""The data dictionary: every item, rule and code set of a collection, where each is used, searched and written out."""

from muster.dictionary.dictionary import Dictionary, dictionaries, dictionary_of
from muster.dictionary.entries import CodeSetEntry, ItemEntry, Place, RuleEntry
from muster.dictionary.files import FORMS, as_json, written
from muster.dictionary.search import Hit, search

__all__ = [
    "FORMS",
    "CodeSetEntry",
    "Dictionary",
    "Hit",
    "ItemEntry",
    "Place",
    "RuleEntry",
    "as_json",
    "dictionaries",
    "dictionary_of",
    "search",
    "written",
]
