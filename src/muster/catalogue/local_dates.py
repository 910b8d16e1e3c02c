"""A collection with dates of a place's own: a school closed on census day, another absence window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from muster.catalogue._facts import facts_with
from muster.catalogue._source import SourceText, nearest
from muster.catalogue.load import CATALOGUE
from muster.model import Collection, MusterError


def with_local_dates(
    collection: Collection, year: int, own: Mapping[str, date | int | float | str]
) -> Collection:
    """The collection with some constants of a year replaced, and those that follow from them worked out again.

    Raises MusterError for a name that is no constant of the collection.
    """
    if not own:
        return collection
    known = collection.facts[year].constants
    for name in own:
        if name not in known:
            raise MusterError(
                f"the local settings give a date for '{name}', which is not known{nearest(name, known)}"
            )
    folder = CATALOGUE / collection.folder
    about = SourceText.read(folder / "collection.toml", folder)
    return replace(
        collection, facts={**collection.facts, year: facts_with(about, year, own, term=collection.term)}
    )
