"""Compute the figures of a quarter from returns, keep what each was made from, and compute them again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from importlib.metadata import version
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from muster.inspecting import ReturnsFigure, counted_figures, counts_figures
from muster.model import MusterError
from muster.model.words import count_of
from muster_web.accounts.models import User
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.performance.actions.telling import tell
from muster_web.performance.models import Figure, Quarter
from muster_web.performance.permissions import refuse_unless_keeper
from muster_web.performance.queries.return_history import HISTORY, SERVICE, Due, due_in_year, percentage
from muster_web.performance.queries.sent_returns import (
    SentReturn,
    given_by,
    last_round,
    returns_of_authority,
    sent_again,
    sent_returns,
)


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
    for name in sorted({one.partition(".")[0] for one in asked}):
        wanted = {one.partition(".")[2] for one in asked if one.startswith(f"{name}.")}
        yield from _of_history(quarter, wanted) if name == SERVICE else _of_collection(quarter, name, wanted)


# -- from the records of returns ---------------------------------------------------------------------------


def _of_collection(quarter: Quarter, collection: str, wanted: set[str]) -> Iterator[Figure]:
    authority = quarter.plan.authority
    round_ = last_round(authority, collection, quarter.period.ends)
    if round_ is None or not counts_figures(collection):
        return
    owed = returns_of_authority(authority).filter(round=round_)
    sent = sent_returns(owed)
    said = f"{len(sent)} of {count_of(owed.count(), 'return')} sent, of {round_}"
    for one in figures_over(round_.collection, round_.year, sent):
        if one.indicator.name in wanted:
            yield _figure(quarter, collection, one, sent, said)


def figures_over(collection: str, year: int, sent: Iterable[SentReturn]) -> list[ReturnsFigure]:
    """Every figure of a collection over returns that were sent.  Raises MusterError where one cannot be read."""
    with ExitStack() as opened:
        return counted_figures(collection, year, given_by(opened, sent))


def _figure(
    quarter: Quarter, collection: str, one: ReturnsFigure, sent: Sequence[SentReturn], said: str
) -> Figure:
    of = {each.subject.organisation.ref: each for each in sent}
    parts = [
        {
            **_data_of(of[part.ref]),
            "numerator": _text(part.numerator),
            "denominator": _text(part.denominator),
            "value": _text(part.value),
        }
        for part in one.parts
    ]
    return Figure(
        quarter=quarter, name=f"{collection}.{one.indicator.name}", title=one.indicator.title,
        says=f"{one.indicator.says} {one.indicator.note}".strip(), unit=one.indicator.unit,
        value=_text(one.value), numerator=_text(one.numerator), denominator=_text(one.denominator),
        parts=parts, made_by=dict(one.made_by), coverage=said,
    )  # fmt: skip


def _data_of(one: SentReturn) -> dict[str, Any]:
    """Which data of a return went into a figure: the version and its SHA-256, and the changes laid over it."""
    subject, version_ = one.subject, one.version
    return {
        "ref": subject.organisation.ref, "name": subject.organisation.name, "return": subject.pk,
        "version": str(version_.pk), "number": version_.number, "file": version_.name, "sha256": version_.sha256,
        "edits": [edit.pk for edit in one.edits],
    }  # fmt: skip


def _text(number: object) -> str:
    return "" if number is None else f"{number:f}"


# -- from the history of returns ---------------------------------------------------------------------------


def _of_history(quarter: Quarter, wanted: set[str]) -> Iterator[Figure]:
    due = due_in_year(quarter.plan.authority, quarter.period, as_of=timezone.now())
    for name in sorted(wanted & HISTORY.keys()):
        yield _history_figure(quarter, name, due)


def _history_figure(quarter: Quarter, name: str, due: Sequence[Due]) -> Figure:
    asked = HISTORY[name]
    about = [one for one in due if asked.about(one)]
    parts = [_history_part(one, counts=asked.counts(one)) for one in about]
    above = sum(asked.counts(one) for one in about)
    checksum = hashlib.sha256(f"{name}\n{asked.says}".encode()).hexdigest()
    return Figure(
        quarter=quarter, name=f"{SERVICE}.{name}", title=asked.title, says=asked.says, unit=asked.unit,
        value=percentage(above, len(about)), numerator=str(above), denominator=str(len(about)), parts=parts,
        made_by={
            "muster": version("muster"), "engine": "service", "collection": SERVICE, "year": quarter.plan.year,
            "query": {"says": asked.says, "sha256": checksum},
        },
        coverage=f"{count_of(len(about), 'return')} due or sent in the year so far",
    )  # fmt: skip


def _history_part(one: Due, *, counts: bool) -> dict[str, Any]:
    subject = one.subject
    held = subject.official or subject.current
    return {
        "ref": subject.organisation.ref, "name": f"{subject.organisation.name}: {subject.round}",
        "return": subject.pk, "version": str(held.pk) if held else "", "number": held.number if held else 0,
        "file": held.name if held else "no file", "sha256": held.sha256 if held else "", "edits": [],
        "numerator": str(int(counts)), "denominator": "1", "value": "yes" if counts else "no", "said": one.in_words,
    }  # fmt: skip


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
    again = _history_again(figure) if figure.made_by["engine"] == "service" else _records_again(figure)
    return [*_sums_differ(figure, again), *_makers_differ(figure.made_by, again.made_by)]


def _history_again(figure: Figure) -> Figure:
    quarter = Quarter.objects.select_related("plan__authority").get(pk=figure.quarter_id)
    due = due_in_year(quarter.plan.authority, quarter.period, as_of=figure.at)
    return _history_figure(quarter, figure.name.partition(".")[2], due)


def _records_again(figure: Figure) -> Figure:
    sent = sent_again(figure.parts)
    gone = len(figure.parts) - len(sent)
    if gone:
        raise MusterError(f"{count_of(gone, 'version')} of the data are no longer kept")
    collection, _, name = figure.name.partition(".")
    made = figures_over(collection, figure.made_by["year"], sent)
    one = next((one for one in made if one.indicator.name == name), None)
    if one is None:
        raise MusterError(f"the catalogue has no figure {name} any more")
    return _figure(figure.quarter, collection, one, sent, figure.coverage)


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
