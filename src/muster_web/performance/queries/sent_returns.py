"""The data that figures are made from: of each return the version its authority answers for, never an unsent draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Q, QuerySet

from muster.inspecting import Given
from muster.submit.states import SENT, State
from muster_web.accounts.models import Organisation
from muster_web.returns.actions.checking import as_library_edit
from muster_web.returns.files import as_source
from muster_web.returns.models import Edit, Event, Return, Round, Version

_STANDS = SENT | {State.APPROVED, State.AUTHORISED}


@dataclass(frozen=True)
class SentReturn:
    """A return with the version that counts, and the changes made on screen that were laid over it when it was sent."""

    subject: Return
    version: Version
    edits: tuple[Edit, ...]


def returns_of_authority(authority: Organisation) -> QuerySet[Return]:
    """The returns an authority answers for, of statutory rounds, as far as owed: its own and those it checks."""
    mine = Q(agent=authority) | Q(organisation=authority)
    found = Return.objects.filter(mine, round__phase=Round.Phase.STATUTORY)
    return found.exclude(state=State.NOT_REQUIRED).select_related("round", "organisation")


def last_round(authority: Organisation, collection: str, until: date) -> Round | None:
    """The last statutory round of a collection whose census day is not after a day, of those the authority is in."""
    mine = returns_of_authority(authority).filter(round__collection=collection, round__census_day__lte=until)
    return Round.objects.filter(pk__in=mine.order_by().values("round")).order_by("-census_day", "-pk").first()


def sent_returns(returns: QuerySet[Return]) -> list[SentReturn]:
    """The returns that were sent on: the official version where there is one, else the one that was sent."""
    stands = returns.filter(Q(official__isnull=False) | Q(state__in=_STANDS))
    subjects = list(stands.select_related("official", "current").order_by("organisation__estab", "pk"))
    edits = _edits_of(subjects)
    found = ((one, one.official or one.current) for one in subjects)
    return [SentReturn(one, version, tuple(edits.get(one.pk, ()))) for one, version in found if version]


def _edits_of(subjects: Sequence[Return]) -> dict[int, list[Edit]]:
    """The changes laid over each return; those made after it was authorised are not of the official version."""
    authorised = dict(
        Event.objects.filter(subject__in=subjects, name="return_authorised")
        .order_by()
        .values_list("subject")
        .annotate(last=Max("at"))
    )
    found: dict[int, list[Edit]] = {}
    for edit in Edit.objects.filter(subject__in=subjects, state=Edit.State.OPEN).order_by("pk"):
        until = authorised.get(edit.subject_id)
        if until is None or edit.at <= until:
            found.setdefault(edit.subject_id, []).append(edit)
    return found


def sent_again(parts: Iterable[Mapping[str, Any]]) -> list[SentReturn]:
    """The same data that a figure was made from earlier, by the parts that it keeps."""
    kept = {str(one["version"]): one for one in parts}
    versions = Version.objects.filter(pk__in=kept).select_related("subject__round", "subject__organisation")
    edits = {one.pk: one for one in Edit.objects.filter(pk__in=_edit_numbers(kept.values()))}
    return [
        SentReturn(one.subject, one, tuple(edits[pk] for pk in kept[str(one.pk)]["edits"] if pk in edits))
        for one in versions
    ]


def _edit_numbers(parts: Iterable[Mapping[str, Any]]) -> list[int]:
    return [pk for one in parts for pk in one["edits"]]


def given_by(opened: ExitStack, sent: Iterable[SentReturn]) -> dict[str, Given]:
    """The data of returns for the library, by number; the files are there until ``opened`` closes."""
    return {
        one.subject.organisation.ref: Given(
            opened.enter_context(
                as_source(one.version.stored, one.version.name, one.version.sha256, one.version.size)
            ),
            tuple(map(as_library_edit, one.edits)),
        )
        for one in sent
    }
