"""Find entries by number, name, title, element or code; what is named exactly so comes first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from muster.catalogue.effective import message_in_words
from muster.dictionary.dictionary import Dictionary
from muster.dictionary.entries import ItemEntry

Kind = Literal["item", "rule", "code set"]
_NAMED, _BEGINS, _HOLDS = range(3)


@dataclass(frozen=True)
class Hit:
    """An entry that was found: of which kind and collection, its name, what it is, and why it was found."""

    kind: Kind
    collection: str
    collection_title: str
    name: str
    title: str
    years: str


def search(
    among: Iterable[Dictionary], text: str, *, kind: str = "", year: int | None = None, most: int = 200
) -> list[Hit]:
    """The entries that hold every word of the text, best first; with a year only those of that year."""
    words = text.lower().split()
    if not words:
        return []
    found = [
        (rank, number, hit)
        for number, (hit, names, said) in enumerate(_all(among, year))
        if (not kind or hit.kind == kind) and (rank := _rank(words, names, said)) is not None
    ]
    return [hit for _, _, hit in sorted(found, key=lambda one: one[:2])[:most]]


def _rank(words: list[str], names: Iterable[str], said: Iterable[str]) -> int | None:
    """How well an entry fits; None where a word is nowhere in it."""
    own, whole = [name.lower() for name in names if name], " ".join(words)
    everything = " ".join([*own, *(one.lower() for one in said)])
    if not all(word in everything for word in words):
        return None
    if whole in own:
        return _NAMED
    return _BEGINS if any(name.startswith(whole) for name in own) else _HOLDS


def _all(among: Iterable[Dictionary], year: int | None) -> Iterator[tuple[Hit, list[str], list[str]]]:
    for one in among:
        yield from _items(one, year)
        yield from _rules(one, year)
        yield from _code_sets(one, year)


def _items(one: Dictionary, year: int | None) -> Iterator[tuple[Hit, list[str], list[str]]]:
    for entry in one.items.values():
        table = one.collection.tables[entry.table]
        if year is None or (year in entry.item.years and year in table.years):
            hit = _hit(
                one, ("item", entry.name), f"{entry.item.title}, of {entry.table_title.lower()}", entry.years
            )
            yield hit, [entry.name, entry.item.name, entry.item.number or "", *_elements(entry), entry.item.title], [
                entry.table_title, entry.item.note, entry.item.codes or "",
            ]  # fmt: skip


def _elements(entry: ItemEntry) -> list[str]:
    return list(dict.fromkeys(place.path.rpartition("/")[2] for place in entry.places))


def _rules(one: Dictionary, year: int | None) -> Iterator[tuple[Hit, list[str], list[str]]]:
    for entry in one.rules.values():
        if year is None or any(year in version.years for version in entry.versions):
            said = [message_in_words(version, one.collection) for version in entry.versions]
            hit = _hit(one, ("rule", entry.id), said[-1], entry.years)
            yield hit, [entry.id, entry.now.code], said


def _code_sets(one: Dictionary, year: int | None) -> Iterator[tuple[Hit, list[str], list[str]]]:
    for entry in one.code_sets.values():
        codes = [code for code in entry.code_set.codes if year is None or year in code.years]
        if codes or year is None:
            hit = _hit(one, ("code set", entry.name), entry.code_set.title, f"{len(codes):,} codes")
            names = [entry.name, entry.code_set.title, *entry.code_set.number.split(", ")]
            yield hit, names, [f"{code.code} {code.title}" for code in codes]


def _hit(one: Dictionary, named: tuple[Kind, str], title: str, years: str) -> Hit:
    kind, name = named
    return Hit(kind, one.name, one.collection.title, name, title, years)
