"""What became of a school that has closed, in words."""

from __future__ import annotations

from muster_web.accounts.models import Organisation, Succession
from muster_web.design.wording import long_date


def successors_in_words(school: int) -> str:
    """What came after a school, by its key, as the end of a sentence; '' where none is known."""
    found = Succession.objects.filter(predecessor=school).select_related("successor").order_by("on", "pk")
    named = [_named(one.successor) for one in found]
    return f" and was followed by {' and '.join(named)}" if named else ""


def closed_in_words(school: Organisation) -> str:
    """That a school closed, when, and what came after it: 'closed on 31 August 2019 and was followed by …'."""
    return f"closed on {long_date(school.closed)}{successors_in_words(school.pk)}"


def _named(school: Organisation) -> str:
    return f"{school.name} (URN {school.urn})" if school.urn else school.name
