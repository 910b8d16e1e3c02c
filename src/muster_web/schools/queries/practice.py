"""Good practice: which schools of the authority are strong at something, and what plans ask for, theme by theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, When

from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.schools.models import Note, Priority
from muster_web.schools.themes import themes

_MOST = 6


def practice_for(viewer: Viewer, school: Organisation, wanted: Iterable[str]) -> list[Note]:
    """Good practice of other schools of the same authority that agreed to be named, of these themes first.

    It is for the authority and its schools; others are told none.
    """
    here = viewer.organisation
    if here is None or school.authority_id is None or school.authority_id not in (here.pk, here.authority_id):
        return []
    found = Note.objects.filter(
        kind=Note.Kind.GOOD_PRACTICE, agreed=True, shared=True, of=school.authority_id
    ).exclude(school=school)
    places = [When(theme=theme, then=place) for place, theme in enumerate(wanted)]
    by_theme = [Case(*places, default=len(places), output_field=IntegerField())] if places else []
    return list(found.select_related("school").order_by(*by_theme, "pk")[:_MOST])


@dataclass(frozen=True)
class Demand:
    """How much plans, visits and good practice there is of one theme."""

    theme: str
    schools: int
    priorities: int
    confirmed: int
    visits: int
    minutes: int
    practice: int


def priorities_of(viewer: Viewer) -> QuerySet[Priority]:
    """The priorities of the schools that the viewer's authority oversees, or of the viewer's own school."""
    here = viewer.organisation
    over = Q(school__authority=here, school__is_academy=False) | Q(school=here)
    return Priority.objects.filter(over).select_related("school")


def demand_by_theme(viewer: Viewer) -> list[Demand]:
    """The themes of plans with what is asked and done of each, the most asked for first."""
    asked = {
        row["theme"]: row
        for row in priorities_of(viewer)
        .order_by()
        .values("theme")
        .annotate(
            schools=Count("school", distinct=True),
            lines=Count("pk"),
            sure=Count("pk", filter=Q(confirmed=True)),
        )
    }
    notes = Note.objects.filter(of=viewer.organisation).order_by().values("theme")
    visits = Q(kind=Note.Kind.VISIT)
    done = {
        row["theme"]: row
        for row in notes.annotate(
            visits=Count("pk", filter=visits), minutes=Sum("minutes", filter=visits),
            practice=Count("pk", filter=Q(kind=Note.Kind.GOOD_PRACTICE)),
        )
    }  # fmt: skip
    named = [*themes(), *(one for one in {*asked, *done} if one not in themes())]
    found = [_demand(theme, asked.get(theme, {}), done.get(theme, {})) for theme in named]
    seen = [one for one in found if one.priorities or one.visits or one.practice]
    return sorted(seen, key=lambda one: (-one.schools, -one.priorities, one.theme))


def _demand(theme: str, asked: Mapping[str, Any], done: Mapping[str, Any]) -> Demand:
    return Demand(
        theme or "no theme", asked.get("schools", 0), asked.get("lines", 0), asked.get("sure", 0),
        done.get("visits", 0), done.get("minutes") or 0, done.get("practice", 0),
    )  # fmt: skip
