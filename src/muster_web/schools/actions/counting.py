"""Count authorised returns into the files of their schools: the moment they are authorised, and anew on request."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple
from importlib.metadata import version
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from muster.catalogue import collection_names, load_collection
from muster.inspecting import figures_for_file
from muster.model import MusterError
from muster.report.school_file import file_setting
from muster.submit import State
from muster_web.accounts.viewer import SYSTEM, Viewer
from muster_web.audit.record import record
from muster_web.returns.actions.checking import inspect
from muster_web.returns.actions.moving import locked
from muster_web.returns.models import Return
from muster_web.schools.models import ReturnedFigures

Progress = Callable[[str, Sequence[Any]], Iterator[Any]]


def count_into_file(*, viewer: Viewer = SYSTEM, subject: Return) -> bool:
    """Count an authorised return into the file of its school; whether there was anything to count.

    A return that is being put right keeps what was counted when it was authorised: its data are no longer those.
    Raises MusterError where its file cannot be read.
    """
    now = Return.objects.select_related("round", "organisation", "official").get(pk=subject.pk)
    if now not in _countable() or now.official is None:
        return False
    figures = [list(astuple(one)) for one in figures_for_file(inspect(now.official))]
    return _keep(viewer, now, figures)


@transaction.atomic
def _keep(viewer: Viewer, counted: Return, figures: list[list[object]]) -> bool:
    """Keep what was counted, unless the return has gone on since."""
    now = locked(counted)
    if (now.state, now.revision, now.official_id) != (
        State.AUTHORISED,
        counted.revision,
        counted.official_id,
    ):
        return False
    assert now.official is not None, "what is counted is official"
    event = now.events.filter(name="return_authorised").latest("pk")
    ReturnedFigures.objects.update_or_create(
        subject=now,
        defaults={
            "version": now.official, "revision": now.revision, "authorised": event.at, "code": version("muster"),
            "figures": figures,
        },
    )  # fmt: skip
    record(
        "return_counted_into_file", actor=viewer.actor, acting_for=viewer.acting_for, subject=f"return:{now.pk}",
        organisations=[now.organisation_id], data={"figures": len(figures)},
    )  # fmt: skip
    return True


@transaction.atomic
def take_out_of_file(*, viewer: Viewer = SYSTEM, subject: Return) -> None:
    """Take what was counted of a return out of the file of its school, as the return was withdrawn."""
    if ReturnedFigures.objects.filter(subject=subject).delete()[0]:
        record(
            "return_taken_out_of_file", actor=viewer.actor, acting_for=viewer.acting_for,
            subject=f"return:{subject.pk}", organisations=[subject.organisation_id],
        )  # fmt: skip


def count_due() -> int:
    """Count the returns that were authorised and are not in the files yet, as they stand; how many were."""
    due = _countable().exclude(file_figures__version=F("official"), file_figures__revision=F("revision"))
    counted, _ = _count(list(due), lambda _doing, things: iter(things))
    return counted


def count_all(*, progress: Progress = lambda _doing, things: iter(things)) -> tuple[int, list[str]]:
    """Count every authorised return anew; how many were counted, and which could not be read and why."""
    return _count(list(_countable()), progress)


def _count(subjects: Sequence[Return], progress: Progress) -> tuple[int, list[str]]:
    counted, not_read = 0, []
    for one in progress("counting returns", subjects):
        try:
            counted += count_into_file(subject=one)
        except MusterError as error:
            not_read.append(f"{one}: {error}")
    return counted, not_read


def _countable() -> QuerySet[Return]:
    """The authorised returns that fill the file of a school and whose bytes are still here."""
    names = [name for name in collection_names() if file_setting(load_collection(name).folder)]
    found = Return.objects.filter(state=State.AUTHORISED, round__collection__in=names, official=F("current"))
    return (
        found.exclude(official__stored="")
        .exclude(round__phase="practice")
        .select_related("round", "organisation")
    )
