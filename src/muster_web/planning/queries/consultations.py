"""What schools were asked and answered, always with how many of them answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404

from muster.performance import ratio_of_sums
from muster.performance.arithmetic import Part
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.planning.models import Consultation, Reply
from muster_web.planning.permissions import authority_of, readable_consultations

_GOOD = (Reply.Rating.VERY_GOOD, Reply.Rating.GOOD)


@dataclass(frozen=True)
class Result:
    """One consultation with its coverage: schools asked and answered, rated and rated good or better."""

    consultation: Consultation
    asked: int
    answered: int
    rated: int
    good: int

    @property
    def coverage(self) -> Decimal | None:
        """Per cent of the schools asked that answered."""
        return ratio_of_sums([Part(Decimal(self.answered), Decimal(self.asked))])

    @property
    def good_percent(self) -> Decimal | None:
        """Per cent good or better of those that rated it; to be read beside the coverage."""
        return ratio_of_sums([Part(Decimal(self.good), Decimal(self.rated))])


def results_of(viewer: Viewer) -> list[Result]:
    """Everything the viewer's authority asks, that which closes last first."""
    here = authority_of(viewer)
    asked = (
        Organisation.objects.filter(
            kind=Organisation.Kind.SCHOOL, authority=here, closed=None, owes_returns=True
        ).count()
        if here
        else 0
    )
    found = readable_consultations(viewer).annotate(
        answered=Count("replies"),
        rated_by=Count("replies", filter=Q(replies__rating__isnull=False)),
        good=Count("replies", filter=Q(replies__rating__in=_GOOD)),
    )
    return [Result(one, asked, one.answered, one.rated_by, one.good) for one in found]


def get_consultation(viewer: Viewer, pk: int) -> Consultation:
    """A consultation of the viewer's authority, or Http404."""
    return get_object_or_404(readable_consultations(viewer), pk=pk)


def with_feedback(results: Iterable[Result]) -> Part:
    """Of the major consultations, how many had feedback."""
    major = [one.consultation for one in results if one.consultation.major]
    return Part(Decimal(sum(bool(one.feedback) for one in major)), Decimal(len(major)))
