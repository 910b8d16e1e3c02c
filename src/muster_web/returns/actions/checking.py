"""Check a version and make it the current one: findings, counts, carried notes and what changed, in one transaction."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from muster.inspecting import Inspected, Received, Rulings, desk_for
from muster.model import Cause, CheckResult, MusterError
from muster.model import Finding as Found
from muster.resolve import Edit as LibraryEdit
from muster.resolve import Note as Said
from muster.resolve import compare, put_right
from muster.submit import State
from muster_web.accounts.viewer import SYSTEM
from muster_web.returns.actions.moving import locked, move
from muster_web.returns.files import as_source, keep_made
from muster_web.returns.models import (
    Edit,
    Finding,
    MachineRun,
    Note,
    Return,
    Round,
    RuleChange,
    RuleCount,
    Version,
)
from muster_web.returns.queries.beside import previous_version, register_for

RULES_CHANGED = "rules changed"


def check(*, run: MachineRun) -> None:
    """Check the version of a run; a file that cannot be read is refused and the state before comes back."""
    if not _begin(run):
        return
    try:
        inspected = inspect(run.version)
    except MusterError as error:
        give_up(run=run, reason=str(error))
        return
    finish(run=run, inspected=inspected)


@transaction.atomic
def _begin(run: MachineRun) -> bool:
    """Take the run, unless it has ended or another worker has it."""
    row = MachineRun.objects.select_for_update().get(pk=run.pk)
    if row.ended or row.started:
        return False
    row.started, row.tries = Now(), row.tries + 1
    row.save()
    row.refresh_from_db()
    run.started, run.tries = row.started, row.tries
    subject = locked(run.version.subject)
    if row.is_of_upload and subject.state == State.QUEUED:
        move(subject, "start_check", viewer=SYSTEM)
    return True


def inspect(version: Version, *, edits: Iterable[Edit] | None = None) -> Inspected:
    """Read and check a version with the changes made on screen and the explanations there are.

    Raises UnreadableFile.
    """
    subject, round = version.subject, version.subject.round
    overlay = open_edits(subject) if edits is None else edits
    with ExitStack() as opened:
        return desk_for(round.collection, round.year).inspect(
            _received(opened, version),
            edits=[as_library_edit(one) for one in overlay],
            notes=notes_of(subject),
            rulings=rulings_of(round),
            school=subject.organisation.ref,
            names={subject.organisation.ref: subject.organisation.name},
        )


def _received(opened: ExitStack, version: Version) -> Received:
    """The file of a version, with what stands beside it when it is checked."""
    last = previous_version(version.subject)
    files = [
        opened.enter_context(as_source(one.stored, one.name, one.sha256, one.size))
        for one in (version, last)
        if one is not None
    ]
    return Received(tuple(files[:1]), tuple(files[1:]), register_for(version.subject))


def rulings_of(round: Round) -> Rulings:
    """The rules that the department has suspended or turned into queries in a round, each with its reason."""
    changes = list(round.rule_changes.filter(lifted=None))
    suspended = {one.rule: one.reason for one in changes if one.what == RuleChange.What.SUSPENDED}
    downgraded = {one.rule: one.reason for one in changes if one.what == RuleChange.What.DOWNGRADED}
    return Rulings(suspended, downgraded)


def open_edits(subject: Return) -> list[Edit]:
    """The changes made on screen that the school's own system does not hold yet, oldest first."""
    return list(subject.edits.filter(state=Edit.State.OPEN).order_by("pk"))


def as_library_edit(edit: Edit) -> LibraryEdit:
    """A change as the library lays it over a return."""
    return LibraryEdit(edit.table, edit.identity, edit.item, edit.value, edit.was)


def notes_of(subject: Return) -> dict[str, Said]:
    """The explanations of the findings of a return that count, as the library takes them."""
    found = Note.objects.that_count().filter(subject=subject)
    return {one.fingerprint: Said(one.fingerprint, one.text) for one in found}


@transaction.atomic
def finish(*, run: MachineRun, inspected: Inspected) -> None:
    """Make a checked version the current one; done once, in one transaction with the end of the run.

    Where rules changed and another version has become the current one meanwhile, that one stays.
    """
    row = MachineRun.objects.select_for_update().get(pk=run.pk)
    if row.ended:
        return
    version = run.version
    subject = locked(version.subject)
    if row.is_of_upload:
        before = list(_fingerprints(subject))
        _settle_edits(subject, version, inspected)
        keep_findings(subject, version, inspected)
        data_changed(subject)
        _note_changes(version, before, inspected)
    elif subject.current_id == version.pk:
        keep_findings(subject, version, inspected)
    row.ended = timezone.now()
    row.save()
    if row.is_of_upload:
        _load(subject, version)


def _load(subject: Return, version: Version) -> None:
    """Say that the file is loaded; a worker that was taken for lost, and was only slow, says first that it goes on."""
    if subject.state == State.QUEUED:
        subject = move(subject, "start_check", viewer=SYSTEM)
    if subject.state == State.VALIDATING:
        move(subject, "load", viewer=SYSTEM, data={"version": version.number})


def _fingerprints(subject: Return) -> Iterable[str]:
    if subject.current_id is None:
        return ()
    return Finding.objects.filter(version=subject.current_id).values_list("fingerprint", flat=True)


_SETTLED = {
    "put right": Edit.State.PUT_RIGHT,
    "something else": Edit.State.DIFFERS,
    "record gone": Edit.State.GONE,
}


def _settle_edits(subject: Return, version: Version, inspected: Inspected) -> None:
    """Tick off the changes that the new file holds, and say where it holds something else again."""
    edits = {(e.table, e.identity, e.item): e for e in open_edits(subject) if e.version_id != version.pk}
    became = put_right(inspected.collection, map(as_library_edit, edits.values()), inspected.received)
    for one in became:
        edit = edits[one.edit.table, one.edit.identity, one.edit.item]
        edit.identity = one.identity  # the record may be called otherwise once what names it was put right
        if one.state in _SETTLED:
            edit.state, edit.settled = _SETTLED[one.state], timezone.now()
        edit.save(update_fields=["identity", "state", "settled"])


def keep_findings(subject: Return, version: Version, inspected: Inspected) -> None:
    """Replace what is shown of a return by what checking found now; the counts everybody sees follow from it."""
    result = inspected.result
    Finding.objects.filter(subject=subject).delete()
    _insert(subject, version, inspected)
    RuleCount.objects.filter(subject=subject).delete()
    RuleCount.objects.bulk_create(_rule_counts(subject, result))
    version.outcome, version.causes = Version.Outcome.CHECKED, [_cause(one) for one in inspected.causes]
    version.rules = {
        o.rule_id: [o.outcome, o.reason]
        for o in result.outcomes
        if o.reason or o.outcome not in ("passed", "failed")
    }
    version.records = sum(inspected.records.kinds().values())
    version.save()
    subject.current = version
    subject.to_fix, subject.to_explain = result.to_fix, result.to_explain
    subject.explained = result.explained
    subject.save(update_fields=["current", "to_fix", "to_explain", "explained"])


def data_changed(subject: Return) -> None:
    """Note that the data of a return are no longer what they were: a signature under them does not hold any more."""
    subject.revision += 1
    subject.save(update_fields=["revision"])


def _rule_counts(subject: Return, result: CheckResult) -> list[RuleCount]:
    found = Counter((f.rule_id, f.code, f.severity) for f in result.findings)
    explained = Counter(f.rule_id for f in result.findings if f.explanation)
    return [
        RuleCount(
            subject=subject,
            rule=rule,
            code=code,
            severity=severity,
            findings=count,
            explained=explained[rule],
        )
        for (rule, code, severity), count in found.items()
    ]


def _cause(cause: Cause) -> dict[str, object]:
    return {**cause._asdict(), "words": str(cause)}


_COLUMNS = (
    "version_id", "subject_id", "position", "rule", "code", "severity", "scope", "table", "key", "record", "person",
    "record_mark", "person_mark", "values", "owners", "also", "message", "fix", "fingerprint", "line", "file",
    "provisional", "asks_source", "explained",
)  # fmt: skip


def _insert(subject: Return, version: Version, inspected: Inspected) -> None:
    """Write the findings in one statement for all; objects would take ten times as long for a large return."""
    names = ", ".join(connection.ops.quote_name(one) for one in _COLUMNS)
    marks = ", ".join(["%s"] * len(_COLUMNS))
    pk = Version._meta.pk.get_db_prep_value(version.pk, connection)
    rows: list[tuple[Any, ...]] = [
        _row(found, number, (pk, subject.pk), inspected)
        for number, found in enumerate(inspected.result.findings, 1)
    ]
    if rows:
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(Finding._meta.db_table)
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


def _row(found: Found, number: int, keys: tuple[object, int], inspected: Inspected) -> tuple[Any, ...]:
    record, person = inspected.records.marks_of(found)
    return (
        *keys, number, found.rule_id, found.code, found.severity, found.scope, found.table, found.key, found.record,
        found.person, record, person, _json(dict(found.values)), _json(dict(found.owners)), _json(list(found.also)),
        found.message, found.fix, found.fingerprint, found.line, found.file[-255:], found.provisional,
        found.asks_source, bool(found.explanation),
    )  # fmt: skip


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _note_changes(version: Version, before: list[str], inspected: Inspected) -> None:
    changes = compare(before, inspected.result.findings)
    version.fixed, version.still, version.new = len(changes.fixed), len(changes.still), len(changes.new)
    version.save(update_fields=["fixed", "still", "new"])
    keep_made(f"found/{version.pk}.json", _json([f.fingerprint for f in inspected.result.findings]).encode())


@transaction.atomic
def give_up(*, run: MachineRun, reason: str) -> None:
    """Refuse the file of a run with the reason; the return is again as it was before the file came.

    A check under changed rules that cannot be done leaves the version as it stands and keeps the reason.
    """
    row = MachineRun.objects.select_for_update().get(pk=run.pk)
    if row.ended:
        return
    row.ended, row.fault = timezone.now(), reason
    row.save()
    if not row.is_of_upload:
        return
    version = run.version
    version.outcome, version.refusal = Version.Outcome.REFUSED, reason
    version.save(update_fields=["outcome", "refusal"])
    subject = locked(version.subject)
    if subject.state in (State.QUEUED, State.VALIDATING):
        move(subject, "refuse_file", viewer=SYSTEM, data={"version": version.number})


@transaction.atomic
def recheck(*, subject: Return, inspected: Inspected) -> None:
    """Keep what a return holds now after a change on screen; the version stays the same."""
    assert subject.current is not None, "only a return that was loaded is checked again"
    keep_findings(subject, subject.current, inspected)
    data_changed(subject)
