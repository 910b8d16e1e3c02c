"""Counts and lists over the returns of a round that a viewer may see; a count is the length of its list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404
from django.utils import timezone

from muster.submit.states import BEING_CHECKED, OPEN, SENT, State
from muster_web.accounts.models import Access
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer
from muster_web.returns.models import Event, LocalDeadline, Return, Round, RuleCount
from muster_web.returns.permissions import returns_to_send_for, visible_returns

# Today's work, in the order it comes up: the name of the filter, its words, and the states it covers.
WORK = {
    "not_loaded": ("Not loaded", frozenset({State.EXPECTED, State.WITHDRAWN})),
    "being_checked": ("Being checked", BEING_CHECKED),
    "not_submitted": ("Loaded, not submitted", OPEN - {State.RETURNED_BY_AGENT, State.RETURNED_BY_COLLECTOR}),
    "to_approve": ("Submitted", SENT),
    "sent_back": ("Sent back", frozenset({State.RETURNED_BY_AGENT, State.RETURNED_BY_COLLECTOR})),
    "approved": ("Approved", frozenset({State.APPROVED})),
    "authorised": ("Authorised", frozenset({State.AUTHORISED})),
    "not_required": ("Not required", frozenset({State.NOT_REQUIRED})),
}


@dataclass(frozen=True)
class RoundOnBoard:
    """A round with the number of returns the viewer sees in each kind of work."""

    round: Round
    counts: dict[str, int]
    only: Return | None

    @property
    def returns(self) -> int:
        """How many returns there are in all."""
        return sum(self.counts.values())


def in_work(returns: QuerySet[Return], work: str) -> QuerySet[Return]:
    """The returns in one kind of work; all of them where the name is not known."""
    return returns.filter(state__in=WORK[work][1]) if work in WORK else returns


def counts_of(returns: QuerySet[Return]) -> dict[str, int]:
    """How many returns are in each kind of work, in one query."""
    asked = {name: Count("pk", filter=Q(state__in=states)) for name, (_, states) in WORK.items()}
    return returns.order_by().aggregate(**asked)


def rounds_of(viewer: Viewer) -> list[RoundOnBoard]:
    """The rounds the viewer has to do with, the one that closes first at the top; counted are the returns they see."""
    mine, reached = visible_returns(viewer), returns_to_send_for(viewer).order_by()
    rounds = Round.objects.filter(pk__in=reached.values("round")).order_by("closes")
    return [_on_board(mine.filter(round=one), one) for one in rounds]


def _on_board(returns: QuerySet[Return], round: Round) -> RoundOnBoard:
    counts = counts_of(returns)
    only = returns.first() if sum(counts.values()) == 1 else None
    return RoundOnBoard(round, counts, only)


SORTS = {
    "name": ("organisation__name",),
    "number": ("organisation__la_code", "organisation__estab"),
    "to_fix": ("-to_fix", "organisation__name"),
    "to_explain": ("-to_explain", "organisation__name"),
    "last": ("-last_event",),
}


def get_round(viewer: Viewer, pk: int) -> Round:
    """A round the viewer sees or sends a return of, or Http404."""
    reached = returns_to_send_for(viewer).filter(round=pk).order_by().values("round")
    return get_object_or_404(Round, pk__in=reached)


def sent_for_others(viewer: Viewer) -> QuerySet[Return]:
    """The returns of other organisations that a provider sends files for, those that close first at the top."""
    if Role.SUPPLIER not in viewer.roles:
        return Return.objects.none()
    return returns_to_send_for(viewer).order_by("round__closes", "organisation__name", "pk")


# What a list can be narrowed to beside the kind of work: the words, and what they are of a return.
TYPES = {
    "maintained": ("Maintained schools", Q(organisation__is_academy=False)),
    "academy": ("Academies", Q(organisation__is_academy=True)),
}


def returns_of(
    viewer: Viewer, round: Round, *, work: str = "", search: str = "", phase: str = "", type: str = ""
) -> QuerySet[Return]:
    """The returns of a round the viewer sees in one kind of work, of a phase and type, with a text in its name."""
    found = search_returns(viewer, round=round.pk, work=work, search=search)
    found = found.filter(organisation__phase=phase) if phase else found
    return found.filter(TYPES[type][1]) if type in TYPES else found


def search_returns(
    viewer: Viewer, *, round: int | None = None, work: str = "", search: str = "", sort: str = "name"
) -> QuerySet[Return]:
    """The same over every round, or over the one with a number."""
    found = in_work(visible_returns(viewer), work)
    found = found if round is None else found.filter(round=round)
    for word in search.replace("/", " ").split():
        named = Q(organisation__name__icontains=word)
        found = found.filter(named | Q(organisation__estab=word) | Q(organisation__la_code=word))
    return found.order_by(*SORTS.get(sort, SORTS["name"]), "pk")


def phases_of(returns: QuerySet[Return]) -> list[tuple[str, int]]:
    """The phases of the schools of some returns, each with how many returns it has."""
    rows = returns.order_by().exclude(organisation__phase="").values_list("organisation__phase")
    return list(rows.annotate(returns=Count("pk")).order_by("organisation__phase"))


def types_of(returns: QuerySet[Return]) -> list[tuple[str, str, int]]:
    """Maintained schools and academies: the name of the filter, its words, and how many returns it has."""
    counts = returns.order_by().aggregate(**{name: Count("pk", filter=q) for name, (_, q) in TYPES.items()})
    return [(name, words, counts[name]) for name, (words, _) in TYPES.items() if counts[name]]


def access_to(viewer: Viewer, returns: Iterable[Return]) -> dict[int, str]:
    """By organisation, how far one that let the viewer's organisation in did so, in words; in one query."""
    givers = [one.organisation_id for one in returns]
    given = Access.objects.filter(Access.in_force(), giver__in=givers, receiver=viewer.organisation)
    return {one.giver_id: _LEVELS[Access.Level(one.level)] for one in given}


_LEVELS = {
    Access.Level.SEND: "lets you send",
    Access.Level.VIEW: "lets you see",
    Access.Level.HELP: "lets you help",
    Access.Level.SUBMIT_FOR: "lets you submit for it",
}


def local_deadline(viewer: Viewer, round: Round) -> LocalDeadline | None:
    """The day the viewer's authority set; for a school the day its authority set."""
    here = viewer.organisation
    authority = here.authority_id if here and here.authority_id else here.pk if here else None
    return LocalDeadline.objects.filter(round=round, authority=authority).select_related("set_by").first()


@dataclass(frozen=True)
class RuleOverReturns:
    """One rule with how many returns it fails in, and how often in all."""

    rule: str
    code: str
    severity: str
    returns: int
    findings: int
    explained: int


def rules_over(returns: QuerySet[Return]) -> list[RuleOverReturns]:
    """The rules that fail in some returns, those of most returns first."""
    rows = (
        RuleCount.objects.filter(subject__in=returns.order_by().values("pk"))
        .values("rule", "code", "severity")
        .annotate(returns=Count("subject"), found=Sum("findings"), said=Sum("explained"))
        .order_by("-returns", "code")
    )
    return [
        RuleOverReturns(row["rule"], row["code"], row["severity"], row["returns"], row["found"], row["said"])
        for row in rows
    ]


@dataclass(frozen=True)
class Forecast:
    """How many returns will have been sent by a day, at the pace of the last days."""

    sent: int
    owed: int
    a_day: float
    days_left: int

    @property
    def by_then(self) -> int:
        """How many that makes, never more than are owed."""
        return min(self.owed, self.sent + round(self.a_day * self.days_left))

    @property
    def percent(self) -> int:
        """The same of a hundred."""
        return round(100 * self.by_then / self.owed) if self.owed else 100


_PACE_DAYS = 5


def forecast(returns: QuerySet[Return], round_: Round, *, by: date | None = None) -> Forecast:
    """Where the returns of a round will stand on a day, else its closing day, at the pace of the last five days."""
    today = timezone.localdate()
    counted = returns.order_by().exclude(state=State.NOT_REQUIRED)
    done = SENT | {State.APPROVED, State.AUTHORISED}
    since = timezone.now() - timedelta(days=_PACE_DAYS)
    lately = Event.objects.filter(name="return_submitted", at__gte=since, subject__in=counted.values("pk"))
    a_day = lately.values("subject").distinct().count() / _PACE_DAYS
    left = max(0, ((by or round_.closes) - today).days)
    return Forecast(counted.filter(state__in=done).count(), counted.count(), a_day, left)
