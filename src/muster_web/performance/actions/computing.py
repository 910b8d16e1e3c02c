"""Compute the figures of a quarter from returns, keep what each was made from, and compute them again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from muster.model import MusterError
from muster_web.accounts.models import User
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.performance.actions.telling import tell
from muster_web.performance.models import Figure, Quarter
from muster_web.performance.permissions import refuse_unless_keeper
from muster_web.performance.queries.history_figures import history_figure_again, history_figures
from muster_web.performance.queries.joined_figures import JOINED, joined_figure_again, joined_figures
from muster_web.performance.queries.last_returns import LastReturns
from muster_web.performance.queries.record_figures import record_figure_again, record_figures
from muster_web.performance.queries.return_history import SERVICE


@transaction.atomic
def ask_for_figures(*, viewer: Viewer, quarter: Quarter) -> None:
    """Have the figures of a quarter computed from the returns as they stand.  Raises MusterError once published."""
    refuse_unless_keeper(viewer, quarter.plan)
    quarter = Quarter.objects.select_for_update().select_related("plan__authority").get(pk=quarter.pk)
    if quarter.published:
        raise MusterError("This quarter is published; its figures stay as they were.")
    quarter.figures_asked, quarter.figures_ended, quarter.figures_fault = timezone.now(), None, ""
    quarter.save(update_fields=["figures_asked", "figures_ended", "figures_fault"])
    tell("figures_asked", viewer, quarter)
    transaction.on_commit(
        partial(compute_figures.enqueue, quarter.pk, viewer.user.pk if viewer.user else None)
    )


@task(queue_name="checking")
def compute_figures(quarter: int, user: int | None) -> None:
    """Compute the figures of a quarter; done again, it makes them anew."""
    found = Quarter.objects.select_related("plan__authority").get(pk=quarter)
    compute(quarter=found, by=User.objects.filter(pk=user).first() if user else None)


def compute(*, quarter: Quarter, by: User | None) -> list[Figure]:
    """Compute every figure the plan's indicators ask for; what cannot be read is said with the quarter."""
    fault, made = "", []
    try:
        made = list(_all_figures(quarter))
    except MusterError as problem:
        fault = str(problem)
    with transaction.atomic():
        now = Quarter.objects.select_for_update().get(pk=quarter.pk)
        if now.published:
            return []
        for one in made:
            one.by = by
            one.save(force_insert=True)
        now.figures_ended, now.figures_fault = timezone.now(), fault
        now.save(update_fields=["figures_ended", "figures_fault"])
        record(
            "figures_computed", actor=f"user:{by.pk}" if by else "system", subject=f"quarter:{quarter.pk}",
            organisations=[quarter.plan.authority_id], data={"figures": [one.pk for one in made]},
        )  # fmt: skip
    return made


def _all_figures(quarter: Quarter) -> Iterator[Figure]:
    asked = set(quarter.plan.indicators.exclude(figure="").values_list("figure", flat=True))
    last = LastReturns(quarter.plan.authority, quarter.period.ends)
    for source in sorted({one.partition(".")[0] for one in asked}):
        wanted = {one.partition(".")[2] for one in asked if one.startswith(f"{source}.")}
        if source == SERVICE:
            yield from history_figures(quarter, wanted)
        elif source == JOINED:
            yield from joined_figures(quarter, last, wanted)
        else:
            yield from record_figures(quarter, last.of(source), wanted)


# -- again -------------------------------------------------------------------------------------------------


def verify(*, viewer: Viewer, figure: Figure) -> list[str]:
    """Compute a figure again for somebody, who is told what differs; that it was asked goes into the audit."""
    refuse_unless_keeper(viewer, figure.quarter.plan)
    found = differences(figure)
    tell("figure_verified", viewer, figure.quarter, data={"figure": figure.pk, "differences": len(found)})
    return found


def differences(figure: Figure) -> list[str]:
    """Compute a figure again from the very data it was made from, and say what comes out otherwise and why.

    Raises MusterError where the data are no longer there.  A figure of the history of returns is held to that history.
    """
    again = _again(figure)
    return [*_sums_differ(figure, again), *_makers_differ(figure.made_by, again.made_by)]


def _again(figure: Figure) -> Figure:
    source = figure.name.partition(".")[0]
    if source == SERVICE:
        return history_figure_again(figure)
    return joined_figure_again(figure) if source == JOINED else record_figure_again(figure)


def _sums_differ(then: Figure, now: Figure) -> Iterator[str]:
    if (then.numerator, then.denominator) != (now.numerator, now.denominator):
        yield f"it was {then.numerator}/{then.denominator} and is {now.numerator}/{now.denominator}"
    before, after = (
        {(part["ref"], part["return"]): (part["numerator"], part["denominator"]) for part in one.parts}
        for one in (then, now)
    )
    for place in sorted(before.keys() | after.keys()):
        if before.get(place) != after.get(place):
            yield f"what {place[0]} adds is another sum"


def _makers_differ(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    if then["query"]["sha256"] != now["query"]["sha256"]:
        yield "its query is another one"
    if then.get("tables_sha256") != now.get("tables_sha256"):
        yield "the derived tables of the catalogue are others"
    if then["muster"] != now["muster"]:
        yield f"the program was Muster {then['muster']} and is Muster {now['muster']}"
