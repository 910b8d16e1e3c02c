"""The explanations of one rule over many returns, those that say the same together."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from muster_web.returns.models import Finding, Note, Return

FILTERS = {
    "new": ("To look at", Q(accepted=None)),
    "taken": ("Accepted", Q(accepted=True)),
    "asked": ("Questioned", Q(accepted=False)),
}


@dataclass(frozen=True)
class SameWords:
    """Explanations with one reason and one text; ``first`` is the number of one of them and names the group."""

    first: int
    reason: str
    text: str
    returns: int
    notes: int


def notes_of_rule(returns: QuerySet[Return], rule: str, *, show: str = "") -> QuerySet[Note]:
    """The explanations that count for the findings of a rule in the current versions of some returns."""
    current = Finding.objects.filter(
        subject=OuterRef("subject"), fingerprint=OuterRef("fingerprint"), version=OuterRef("subject__current")
    )
    found = Note.objects.filter(
        Exists(current), level=Note.Level.FINDING, rule=rule, subject__in=returns.order_by().values("pk")
    )
    return found.filter(FILTERS[show][1]) if show in FILTERS else found


def counts_of_rule(returns: QuerySet[Return], rule: str) -> dict[str, int]:
    """How many explanations each filter shows, in one query."""
    asked = {name: Count("pk", filter=which) for name, (_, which) in FILTERS.items()}
    return notes_of_rule(returns, rule).aggregate(**asked)


def same_words(notes: QuerySet[Note]) -> list[SameWords]:
    """Explanations in groups of the same reason and text, those of most returns first."""
    rows = notes.values("reason", "text").annotate(
        first=Min("pk"), notes=Count("pk"), returns=Count("subject", distinct=True)
    )
    return [SameWords(**row) for row in rows.order_by("-returns", "-notes", "first")]


def in_the_same_words(notes: QuerySet[Note], first: int) -> QuerySet[Note]:
    """The explanations that say what the one named says; none where it is not among them."""
    one = notes.filter(pk=first).values("reason", "text").first()
    if one is None:
        return notes.none()
    found = notes.filter(**one).select_related("subject__organisation", "by", "accepted_by")
    return found.annotate(school=F("subject__organisation__name")).order_by("school", "pk")
