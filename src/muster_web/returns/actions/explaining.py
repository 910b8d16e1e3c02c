"""Say why a query stands, talk about it, and keep what was said with its finding."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, Q

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import Viewer
from muster_web.returns.actions.moving import locked, tell
from muster_web.returns.models import Finding, Message, Note, Return, RuleCount, ThreadRead
from muster_web.returns.permissions import permissions

LONGEST = 2_000


@transaction.atomic
def explain(
    *, viewer: Viewer, subject: Return, fingerprints: Iterable[str], text: str, reason: str = ""
) -> list[Note]:
    """Give one explanation to some queries of a return; an explanation there was is replaced and stays in the events.

    Raises MusterError where the text says nothing, and NotAllowed where the viewer may not or a finding is an error.
    """
    said = _worth_saying(text)
    now = _may_note(viewer, subject)
    wanted = set(fingerprints)
    found = list(Finding.objects.filter(subject=now, version=now.current_id, fingerprint__in=wanted))
    if {one.fingerprint for one in found} != wanted:
        raise MusterError("A finding is no longer there; load the page again to see what is there now.")
    if any(one.severity == "error" for one in found):
        raise NotAllowed("An error cannot be explained; it has to be put right.")
    notes = [_note(viewer, now, one, said, reason) for one in found]
    count_explained(now)
    tell(now, "findings_explained", viewer=viewer, data={"notes": [note.pk for note in notes]})
    return notes


def _worth_saying(text: str) -> str:
    said = text.strip()
    if not said:
        raise MusterError("Write why the value is right.")
    if len(said) > LONGEST:
        raise MusterError(f"The explanation has {len(said):,} characters; {LONGEST:,} is the most.")
    return said


def _may_note(viewer: Viewer, subject: Return) -> Return:
    now = locked(subject)
    if "note" not in permissions(viewer, now):
        raise NotAllowed("Your account does not let you explain findings of this return.")
    return now


def _note(viewer: Viewer, subject: Return, finding: Finding, text: str, reason: str) -> Note:
    note, _ = Note.objects.update_or_create(
        subject=subject, level=Note.Level.FINDING, fingerprint=finding.fingerprint,
        defaults={
            "rule": finding.rule, "reason": reason, "text": text, "by": viewer.user, "service": viewer.service,
            "version": subject.current, "confirmed": subject.current, "accepted": None, "accepted_by": None,
        },
    )  # fmt: skip
    return note


def count_explained(subject: Return) -> None:
    """Bring what is shown of the findings in line with the notes there are."""
    noted = Note.objects.that_count().filter(subject=subject).values("fingerprint")
    mine = Finding.objects.filter(subject=subject, version=subject.current_id, severity="query")
    mine.update(explained=False)
    mine.filter(fingerprint__in=noted).update(explained=True)
    for row in mine.values("rule").annotate(said=Count("pk", filter=Q(explained=True))):
        RuleCount.objects.filter(subject=subject, rule=row["rule"]).update(explained=row["said"])
    about = mine.filter(asks_source=False)
    subject.explained = about.filter(explained=True).count()
    subject.to_explain = about.filter(explained=False).count()
    subject.save(update_fields=["explained", "to_explain"])


@transaction.atomic
def confirm_notes(*, viewer: Viewer, subject: Return, notes: Iterable[int]) -> int:
    """Say that carried explanations still hold for the version there is now; how many were confirmed."""
    now = _may_note(viewer, subject)
    confirmed = now.notes.filter(pk__in=list(notes)).update(confirmed=now.current)
    tell(now, "explanations_confirmed", viewer=viewer, data={"count": confirmed})
    return confirmed


@transaction.atomic
def say(*, viewer: Viewer, subject: Return, text: str, note: Note | None = None) -> Message:
    """Add to the thread of a return, or of one of its notes."""
    said = _worth_saying(text)
    now = _may_note(viewer, subject)
    message = Message.objects.create(
        subject=now,
        note=note,
        text=said,
        by=viewer.user,
        service=viewer.service,
        acting_for=viewer.organisation,
    )
    tell(now, "message_written", viewer=viewer, data={"message": message.pk})
    return message


@transaction.atomic
def note_thread_read(*, viewer: Viewer, subject: Return) -> None:
    """Note that the viewer has read the thread of a return as far as it goes."""
    last = subject.messages.order_by("-pk").values_list("pk", flat=True).first()
    if viewer.user is not None and last is not None:
        ThreadRead.objects.update_or_create(subject=subject, by=viewer.user, defaults={"up_to": last})
