"""Figures made from the history of returns: how many came on time, and how many electronically."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone

from muster.inspecting import is_keyed
from muster.model.words import date_in_words
from muster.performance import Period
from muster_web.accounts.models import Organisation
from muster_web.performance.queries.sent_returns import returns_of_authority
from muster_web.returns.models import Event, Return

SERVICE = "service"
_SENT, _TAKEN_BACK = "return_submitted", ("submission_withdrawn", "return_withdrawn")


@dataclass(frozen=True)
class Due:
    """A return that was due in a period, and when it was sent; None where it was not, or was taken back."""

    subject: Return
    sent: datetime | None

    @property
    def on_time(self) -> bool:
        """Whether it was sent by the end of its closing day."""
        return self.sent is not None and timezone.localdate(self.sent) <= self.subject.round.closes

    @property
    def in_words(self) -> str:
        """When it was sent and when it was due."""
        due = f"due {date_in_words(self.subject.round.closes)}"
        return (
            f"sent {date_in_words(timezone.localdate(self.sent))}, {due}" if self.sent else f"not sent, {due}"
        )


@dataclass(frozen=True)
class HistoryFigure:
    """One figure of the history of returns: what it says, which returns it is about, and which of them count."""

    title: str
    says: str
    about: Callable[[Due], bool]
    counts: Callable[[Due], bool]
    unit: str = "%"
    better: str = "higher"


HISTORY = {
    "returns_on_time": HistoryFigure(
        "Statutory returns on time",
        "Of the statutory returns of the authority and its schools that were due in the year up to the end of the "
        "quarter, the percentage that were sent by the end of the closing day. A return that is not due yet counts "
        "once it is sent; one that was taken back and not sent again was not sent.",
        lambda _: True,
        lambda one: one.on_time,
    ),
    "own_returns_on_time": HistoryFigure(
        "The authority's own statutory returns on time",
        "The same of the returns the authority owes itself.",
        lambda one: not one.subject.organisation.estab,
        lambda one: one.on_time,
    ),
    "major_returns_electronic": HistoryFigure(
        "Major returns of schools made electronically",
        "Of the statutory returns of schools that were due in the year up to the end of the quarter, the percentage "
        "that were sent as data: a file, loaded on a page or by a program, or built here from files. A form that is "
        "keyed on screen is none, and a return that was not sent counts against it.",
        lambda one: bool(one.subject.organisation.estab),
        lambda one: one.sent is not None and not is_keyed(one.subject.round.collection),
    ),
}  # fmt: skip


def due_in_year(authority: Organisation, period: Period, *, as_of: datetime) -> list[Due]:
    """The returns of rounds that close in the year up to the end of a period, as far as they were due or sent then."""
    year = (period.whole_year.starts, period.ends)
    subjects = list(
        returns_of_authority(authority)
        .filter(round__closes__range=year)
        .select_related("official", "current")
        .order_by("organisation__estab", "round__closes", "pk")
    )
    sent, today = _when_sent(subjects, until=period.ends, as_of=as_of), timezone.localdate(as_of)
    found = (Due(one, sent.get(one.pk)) for one in subjects)
    return [one for one in found if one.sent or one.subject.round.closes < today]


def _when_sent(subjects: Iterable[Return], *, until: date, as_of: datetime) -> dict[int, datetime]:
    """When each return was first sent, not counting what was taken back; those that were not are left out."""
    names = (_SENT, *_TAKEN_BACK)
    events = Event.objects.filter(subject__in=list(subjects), name__in=names, at__lte=as_of).order_by("pk")
    found: dict[int, datetime] = {}
    for subject, name, at in events.values_list("subject", "name", "at"):
        if timezone.localdate(at) > until:
            continue
        if name == _SENT:
            found.setdefault(subject, at)
        else:
            found.pop(subject, None)
    return found


def percentage(numerator: int, denominator: int) -> str:
    """The percentage with one decimal, rounded half up; '' where there is nothing to divide by."""
    if not denominator:
        return ""
    return str((Decimal(100 * numerator) / denominator).quantize(Decimal("0.1"), ROUND_HALF_UP))
