"""Build a return here from what its school and its payroll provider sent, what was keyed and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from muster.assembling import Assembled, Given, Keyed, assemble, kinds_of_files
from muster.assembling import Part as GivenPart
from muster.model import MusterError
from muster.model.authority import School
from muster.model.data import SourceFile
from muster.submit.states import NotAllowed
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.returns.actions.keeping import keep_sent
from muster_web.returns.actions.moving import locked, move, tell
from muster_web.returns.files import as_source, keep
from muster_web.returns.models import Build, KeyedValue, MatchDecision, Part, Return, Upload, Version
from muster_web.returns.permissions import permissions
from muster_web.returns.queries.beside import official_of_last_year
from muster_web.returns.queueing import ask_for_check


def send_part(*, viewer: Viewer, subject: Return, kind: str, name: str, chunks: Iterable[bytes]) -> Part:
    """Keep a file for building a return; one of the same name from the same sender is replaced, and kept.

    Raises NotAllowed, or MusterError where the bytes are too many or infected, or no return is made of such files.
    """
    _may_build(viewer, subject)
    if kind not in kinds_of_files(subject.round.collection):
        raise MusterError(
            f"A return of this collection is not made from such files; load it as it is ({name})."
        )
    kept = keep_sent(viewer=viewer, chunks=chunks, name=name)
    return _note_part(viewer, subject, Part(kind=kind, name=name[-255:], **vars(kept)))


def _may_build(viewer: Viewer, subject: Return) -> None:
    if "upload" not in permissions(viewer, subject) or viewer.organisation is None:
        raise NotAllowed("Your account does not let you send files for this return.")


@transaction.atomic
def _note_part(viewer: Viewer, subject: Return, part: Part) -> Part:
    assert viewer.organisation is not None, "who may build belongs to an organisation"
    now = locked(subject)
    same = now.parts.filter(sender=viewer.organisation, name=part.name, kind=part.kind, replaced=None)
    same.update(replaced=timezone.now())
    part.subject, part.sender, part.by = now, viewer.organisation, viewer.user
    part.save()
    tell(now, "part_received", viewer=viewer, data={"part": part.pk, "kind": part.kind})
    return part


@transaction.atomic
def take_part_away(*, viewer: Viewer, part: Part) -> None:
    """Leave a file out of later builds; its bytes are kept."""
    now = locked(part.subject)
    _may_build(viewer, now)
    if viewer.organisation not in (part.sender, now.organisation):
        raise NotAllowed("Only whoever sent the file, or the school, can leave it out.")
    part.replaced = timezone.now()
    part.save(update_fields=["replaced"])
    tell(now, "part_left_out", viewer=viewer, data={"part": part.pk})


@transaction.atomic
def key_values(*, viewer: Viewer, build: Build, values: Mapping[int, str]) -> int:
    """Keep the values keyed for a build's open items, by their number in its list; how many were kept."""
    now = locked(build.subject)
    _may_build(viewer, now)
    kept = 0
    for number, value in values.items():
        if value.strip() and 0 <= number < len(build.to_key):
            _keep_value(viewer, now, build.to_key[number], value.strip())
            kept += 1
    tell(now, "values_keyed", viewer=viewer, data={"values": kept})
    return kept


def _keep_value(viewer: Viewer, subject: Return, asked: Mapping[str, str], value: str) -> None:
    place: dict[str, Any] = {name: asked[name] for name in ("key", "table", "target", "item")}
    KeyedValue.objects.update_or_create(
        subject=subject, **place, defaults={"value": value, "by": viewer.user, "at": timezone.now()}
    )


@transaction.atomic
def decide_match(*, viewer: Viewer, build: Build, number: int, same: bool) -> MatchDecision:
    """Say whether the two records of a proposal of a build are one person; the last answer counts."""
    now = locked(build.subject)
    _may_build(viewer, now)
    if not 0 <= number < len(build.proposals):
        raise MusterError("The proposal is no longer there; load the page again.")
    one = build.proposals[number]
    decision, _ = MatchDecision.objects.update_or_create(
        subject=now, left=one["left"]["key"], right=one["right"]["key"],
        defaults={"same": same, "by": viewer.user, "at": timezone.now()},
    )  # fmt: skip
    tell(now, "match_decided", viewer=viewer, data={"decision": decision.pk, "same": same})
    return decision


def build_return(*, viewer: Viewer, subject: Return) -> Build:
    """Assemble a return from its parts and take the result as its next version, to be checked like any file.

    Raises NotAllowed, or MusterError where the parts give none of the school's records.
    """
    _may_build(viewer, subject)
    assembled = _assembled(subject)
    return _take(viewer, subject, assembled)


def _assembled(subject: Return) -> Assembled:
    """The parts read and linked, with what was keyed and decided."""
    with ExitStack() as opened:
        parts = [
            GivenPart(
                _source(opened, part),
                "payroll" if part.kind == Part.Kind.PAYROLL else "mis",
                str(part.sender),
            )
            for part in subject.parts.filter(replaced=None).select_related("sender").order_by("pk")
        ]
        before = official_of_last_year(subject)
        given = Given(
            parts=parts,
            at=_last_change(subject),
            last_year=_source(opened, before) if before else None,
            keyed=[Keyed(k.key, k.table, k.target, k.item, k.value) for k in subject.keyed_values.all()],
            decided=[(d.left, d.right, d.same) for d in subject.match_decisions.order_by("pk")],
        )
        round_ = subject.round
        return assemble(round_.collection, round_.year, school_of(subject.organisation), given)


def _last_change(subject: Return) -> datetime:
    """When something that the return is built from last changed; a build at any later time is the same."""
    times = [
        *subject.parts.values_list("at", flat=True),
        *(one for one in subject.parts.values_list("replaced", flat=True) if one),
        *subject.keyed_values.values_list("at", flat=True),
        *subject.match_decisions.values_list("at", flat=True),
    ]
    return max(times, default=timezone.now())


def _source(opened: ExitStack, kept: Part | Version) -> SourceFile:
    return opened.enter_context(as_source(kept.stored, kept.name, kept.sha256, kept.size))


def school_of(organisation: Organisation) -> School:
    """A school as the library knows it, from the register and what people here keep."""
    return School(
        ref=organisation.ref, name=organisation.name, urn=organisation.urn or "", phase=organisation.phase,
        kind=organisation.type, academy=organisation.is_academy,
    )  # fmt: skip


@transaction.atomic
def _take(viewer: Viewer, subject: Return, assembled: Assembled) -> Build:
    kept = keep([assembled.xml], limit=settings.UPLOAD_LIMIT)
    now = locked(subject)
    build = Build(subject=now, by=viewer.user, **_open_points(assembled))
    if now.current is not None and now.current.sha256 == kept.sha256:
        build.save()
        return build
    moved = move(now, "upload", viewer=viewer, data={"sha256": kept.sha256, "built": True})
    build.version = _version(viewer, moved, assembled.name, kept_as=vars(kept))
    build.save()
    ask_for_check(build.version)
    return build


def _version(viewer: Viewer, subject: Return, name: str, *, kept_as: Mapping[str, Any]) -> Version:
    assert viewer.organisation is not None, "who may build belongs to an organisation"
    upload = Upload.objects.create(
        round=subject.round, organisation=viewer.organisation, by=viewer.user, service=viewer.service, name=name,
        state="opened", **kept_as,
    )  # fmt: skip
    return Version.objects.create(
        subject=subject,
        upload=upload,
        number=subject.versions.count() + 1,
        name=name,
        by=viewer.user,
        **kept_as,
    )


def _open_points(assembled: Assembled) -> dict[str, object]:
    """What a build keeps beside the file it made, as JSON."""
    whole = assembled.coverage
    came: dict[str, dict[str, str]] = {}
    for (identity, item), words in assembled.came.items():
        came.setdefault(identity, {})[item] = words
    return {
        "coverage": [_coverage(one) for one in (whole.whole, *whole.items)] if whole else [],
        "to_key": [{**vars(one), "also_at": list(one.also_at)} for one in assembled.to_key],
        "proposals": [
            {"left": vars(p.left), "right": vars(p.right), "points": p.points, "reasons": list(p.reasons)}
            for p in assembled.proposals
        ],
        "conflicts": [
            {"record": c.record, "item": c.item, "value": c.value, "other": c.other_value, "reason": c.reason,
             "from": c.source.source, "other_from": c.other_source.source}
            for c in assembled.conflicts
        ],
        "told": [f"{n.message} {n.fix}".strip() for n in assembled.notices] + list(assembled.refused),
        "shared": list(assembled.shared),
        "came": came,
    }  # fmt: skip


def _coverage(one: object) -> dict[str, object]:
    names = (
        "table",
        "item",
        "title",
        "automatic",
        "derived",
        "carried",
        "keyed",
        "to_key",
        "waiting",
        "conflicting",
        "wanted",
    )
    return {name: getattr(one, name) for name in names}
