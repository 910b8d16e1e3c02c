"""Search over schools and what was noted of them, restricted to what the reader may see."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import RawSQL

from muster.published import load_authorities
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.schools.models import Words

_WORD = re.compile(r"\w+")
_FACETS = 12


@dataclass(frozen=True)
class Narrowed:
    """What a search is narrowed to besides its words; '' where it is not.  ``open`` is open, closed or all."""

    words: str = ""
    authority: str = ""
    type: str = ""
    open: str = "open"


@dataclass(frozen=True)
class Facet:
    """One value a search can be narrowed to, and how many schools of those found have it."""

    value: str
    text: str
    schools: int


@dataclass(frozen=True)
class Found:
    """How many schools were found, and the authorities and types of most of them."""

    schools: int
    facets: dict[str, list[Facet]]


def found_schools(viewer: Viewer, asked: Narrowed) -> QuerySet[Organisation]:
    """The schools of which some text the viewer may read has every word, or one that begins so, by name."""
    found = Organisation.objects.filter(kind=Organisation.Kind.SCHOOL)
    words = _WORD.findall(asked.words)
    if words:
        found = found.filter(pk__in=_holding(viewer, words))
    if asked.authority:
        found = found.filter(la_code=asked.authority)
    if asked.type:
        found = found.filter(type=asked.type)
    if asked.open != "all":
        found = found.filter(closed__isnull=asked.open != "closed")
    return found.select_related("authority").defer("register", "authority__register").order_by("name", "pk")


def tally(found: QuerySet[Organisation]) -> Found:
    """What was found, counted by authority and by type in one question."""
    groups = found.order_by().values_list("la_code", "authority__name", "type").annotate(found=Count("pk"))
    unlinked = _names() if any(code and not name for code, name, *_ in groups) else {}
    authorities: Counter[tuple[str, str]] = Counter()
    types: Counter[tuple[str, str]] = Counter()
    for code, name, kind, schools in groups:
        authorities[code, name or unlinked.get(code, f"authority {code}")] += schools
        types[kind, kind] += schools
    facets = {"authority": _most(authorities), "type": _most(types)}
    return Found(sum(authorities.values()), facets)


def _names() -> dict[str, str]:
    """The names of authorities, for schools that are linked to none: as the service knows them, else as published."""
    here = Organisation.objects.filter(kind=Organisation.Kind.AUTHORITY).values_list("la_code", "name")
    return {**{code: one.name for code, one in load_authorities().items()}, **dict(here)}


def _most(counted: Counter[tuple[str, str]]) -> list[Facet]:
    return [Facet(value, text, schools) for (value, text), schools in counted.most_common(_FACETS) if value]


def _holding(viewer: Viewer, words: Sequence[str]) -> QuerySet[Words, Any]:
    """The organisations of texts that hold all the words, of those the viewer may find."""
    mine = Q(reader=None)
    if viewer.organisation is not None:
        mine |= Q(reader=viewer.organisation) | Q(organisation=viewer.organisation, school_too=True)
    return _matching(words).filter(mine).values("organisation")


def _matching(words: Sequence[str]) -> QuerySet[Words]:
    if connection.vendor == "postgresql":
        looked_for = SearchQuery(
            " & ".join(f"{word}:*" for word in words), search_type="raw", config="simple"
        )
        return Words.objects.alias(found=SearchVector("text", config="simple")).filter(found=looked_for)
    asked = " ".join(f'"{word}"*' for word in words)
    rows = RawSQL("SELECT rowid FROM schools_words_index WHERE schools_words_index MATCH %s", (asked,))
    return Words.objects.filter(pk__in=rows)


def words_of(organisation: Organisation, more: Sequence[str] = ()) -> str:
    """The words by which a school is found."""
    register = organisation.register or {}
    parts = (
        organisation.name, organisation.urn or "", organisation.ref, organisation.type, organisation.phase,
        register.get("Town", ""), register.get("Postcode", ""), *more,
    )  # fmt: skip
    return " ".join(part for part in parts if part)
