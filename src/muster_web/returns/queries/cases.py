"""Cases of several schools as each party may see them: one's own record in full, of another's only where it differs."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from muster.model.words import value_in_words
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.returns.models import Case, CaseSide, Round
from muster_web.returns.permissions import visible_returns

FILTERS = {
    "open": ("Open", Q(state=Case.State.OPEN)),
    "to_correct": (
        "Waiting for a correction",
        Q(state__in=(Case.State.AGREED, Case.State.DECIDED), outcome=Case.Outcome.CORRECT),
    ),
    "settled": (
        "Settled",
        Q(state=Case.State.GONE)
        | Q(state__in=(Case.State.AGREED, Case.State.DECIDED), outcome=Case.Outcome.ALL_RIGHT),
    ),
}


def cases_of(viewer: Viewer, round: Round, *, show: str = "") -> QuerySet[Case]:
    """The cases of a round that touch a return the viewer may see, those due first at the top."""
    seen = visible_returns(viewer).filter(round=round).order_by().values("pk")
    found = Case.objects.filter(pk__in=CaseSide.objects.filter(subject__in=seen).values("case"))
    found = found.filter(FILTERS[show][1]) if show in FILTERS else found
    sides = "sides__subject__organisation"
    return found.select_related("at_fault__organisation").prefetch_related(sides).order_by("due", "pk")


def case_counts(viewer: Viewer, round: Round) -> dict[str, int]:
    """How many cases each filter shows, in one query."""
    asked = {name: Count("pk", filter=which) for name, (_, which) in FILTERS.items()}
    return cases_of(viewer, round).prefetch_related(None).order_by().aggregate(**asked)


def get_case(viewer: Viewer, pk: int) -> Case:
    """A case that touches a return the viewer may see, or Http404."""
    sides = CaseSide.objects.filter(subject__in=visible_returns(viewer).order_by().values("pk"))
    found = Case.objects.select_related("round", "authority", "at_fault__organisation", "decided_by")
    return get_object_or_404(found, pk=pk, pk__in=sides.values("case"))


@dataclass(frozen=True)
class Row:
    """One item of the records compared: what each side says of it, in the order of the sides."""

    title: str
    values: tuple[str, ...]
    differs: bool


@dataclass(frozen=True)
class Column:
    """One record of one return: its name to people and the name of its page, '' where the party may not see it."""

    side: CaseSide
    record: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Evidence:
    """A case as one party sees it; ``complete`` is False where the other school's differing values are hidden."""

    case: Case
    columns: list[Column]
    rows: list[Row]
    complete: bool

    @property
    def sides(self) -> list[CaseSide]:
        """The returns of the columns; one that holds two of the records is there twice."""
        return [column.side for column in self.columns]


HIDDEN = "something else"


def evidence_for(viewer: Viewer, case: Case) -> Evidence:
    """What the returns say, item by item.

    A school sees its own values and, of the other's, only that they are the same or something else; the authority and
    the department see both.
    """
    sides = list(case.sides.select_related("subject__organisation").order_by("pk"))
    complete = _sees_all(viewer, case)
    held = [(side, record) for side in sides for record in side.records]
    titles = list(dict.fromkeys(title for _, record in held for title in record["values"]))
    rows = [_row(title, held, viewer, complete) for title in titles]
    columns = [
        Column(side, record["record"], record.get("mark", ""))
        if complete or side.subject.organisation == viewer.organisation
        else Column(side)
        for side, record in held
    ]
    return Evidence(case, columns, rows, complete)


def _sees_all(viewer: Viewer, case: Case) -> bool:
    here = viewer.organisation
    return here is not None and (here == case.authority or here.kind == Organisation.Kind.DEPARTMENT)


def _row(title: str, columns: list[tuple[CaseSide, dict]], viewer: Viewer, complete: bool) -> Row:  # type: ignore[type-arg]
    held = [record["values"].get(title) for _, record in columns]
    mine = {
        record["values"].get(title)
        for side, record in columns
        if side.subject.organisation == viewer.organisation
    }
    shown = [value_in_words(value) if complete or value in mine else HIDDEN for value in held]
    return Row(title, tuple(shown), len(set(held)) > 1)
