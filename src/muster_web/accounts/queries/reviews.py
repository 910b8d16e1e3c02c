"""The last review of an organisation's access, and whether this term's is still to be done."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from muster_web.accounts.models import Organisation, Review

# Terms begin, near enough, in September, January and after Easter.
_TERMS = ((1, 1), (4, 15), (9, 1))


def start_of_term(day: date) -> date:
    """The first day of the term that a day lies in."""
    starts = [date(day.year, month, first) for month, first in _TERMS]
    return max(one for one in starts if one <= day)


def last_review(organisation: Organisation) -> Review | None:
    """The last review, with who signed it."""
    return Review.objects.filter(organisation=organisation).select_related("by").order_by("-at").first()


def review_is_due(organisation: Organisation) -> bool:
    """Whether nobody has reviewed access this term."""
    last = last_review(organisation)
    return last is None or timezone.localtime(last.at).date() < start_of_term(timezone.localdate())


def reviews_of(organisation: Organisation) -> list[Review]:
    """All reviews with their lines, the last first."""
    found = Review.objects.filter(organisation=organisation).select_related("by").order_by("-at")
    return list(found.prefetch_related("lines__grant__membership__user"))
