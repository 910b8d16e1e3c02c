"""Figures made from the history of returns, each of which counts or does not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

from django.utils import timezone

from muster.model.words import count_of
from muster_web.performance.models import Figure, Quarter
from muster_web.performance.queries.return_history import HISTORY, SERVICE, Due, due_in_year, percentage


def history_figures(quarter: Quarter, wanted: set[str]) -> Iterator[Figure]:
    """The figures of these names, not yet kept."""
    due = due_in_year(quarter.plan.authority, quarter.period, as_of=timezone.now())
    for name in sorted(wanted & HISTORY.keys()):
        yield _figure(quarter, name, due)


def history_figure_again(figure: Figure) -> Figure:
    """A figure from the history as it stood when the figure was made."""
    quarter = Quarter.objects.select_related("plan__authority").get(pk=figure.quarter_id)
    due = due_in_year(quarter.plan.authority, quarter.period, as_of=figure.at)
    return _figure(quarter, figure.name.partition(".")[2], due)


def _figure(quarter: Quarter, name: str, due: Sequence[Due]) -> Figure:
    asked = HISTORY[name]
    about = [one for one in due if asked.about(one)]
    parts = [_part(one, counts=asked.counts(one)) for one in about]
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


def _part(one: Due, *, counts: bool) -> dict[str, Any]:
    subject = one.subject
    held = subject.official or subject.current
    return {
        "ref": subject.organisation.ref, "name": f"{subject.organisation.name}: {subject.round}",
        "return": subject.pk, "version": str(held.pk) if held else "", "number": held.number if held else 0,
        "file": held.name if held else "no file", "sha256": held.sha256 if held else "", "edits": [],
        "numerator": str(int(counts)), "denominator": "1", "value": "yes" if counts else "no", "said": one.in_words,
    }  # fmt: skip
