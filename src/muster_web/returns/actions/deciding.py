"""Sign, submit, approve, send back, authorise, reopen: the decisions on a return."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from muster.submit.states import May, NotAllowed
from muster_web.accounts.viewer import Viewer
from muster_web.returns.actions.moving import locked, move, move_many, tell, why_not
from muster_web.returns.models import Receipt, Return, Sign
from muster_web.returns.permissions import permissions

RECEIPTS = Signer(salt="muster.receipt")


@transaction.atomic
def sign(*, viewer: Viewer, subject: Return, revision: int) -> Sign:
    """The head signs the summary of the data as they stand; data changed since it was shown are not signed."""
    now = locked(subject)
    if "sign" not in permissions(viewer, now):
        raise NotAllowed("Only the head, or somebody given that role, can sign the return.")
    if now.current is None or now.revision != revision:
        raise NotAllowed(
            "The return has changed since this summary was shown; look at it again before you sign."
        )
    signed = Sign.objects.create(version=now.current, by=viewer.user, revision=revision)
    tell(now, "summary_signed", viewer=viewer, data={"version": now.current.number, "revision": revision})
    return signed


@transaction.atomic
def submit(*, viewer: Viewer, subject: Return) -> Receipt:
    """Send a return on and give the receipt for it; what stands in the way is told by NotAllowed."""
    now = move(subject, "submit", viewer=viewer)
    now.opened_by_agent = None
    now.save(update_fields=["opened_by_agent"])
    receipt = _receipt("submitted", now, viewer)
    receipt.save(force_insert=True)
    return receipt


def _receipt(kind: str, subject: Return, viewer: Viewer) -> Receipt:
    """A signed receipt that is not saved yet."""
    version = subject.current
    assert version is not None, "only a return that was loaded can be sent on"
    counts = {
        "version": version.number, "records": version.records, "to_fix": subject.to_fix,
        "to_explain": subject.to_explain, "explained": subject.explained, "revision": subject.revision,
    }  # fmt: skip
    receipt = Receipt(kind=kind, version=version, by=viewer.user, sha256=version.sha256, counts=counts)
    receipt.signature = RECEIPTS.signature(said_by(receipt))
    return receipt


def said_by(receipt: Receipt) -> str:
    """What a receipt vouches for, as the one line that is signed."""
    version = receipt.version
    at = receipt.at.isoformat(timespec="seconds")
    counts = ",".join(f"{name}={value}" for name, value in sorted(receipt.counts.items()))
    return f"{receipt.pk}|{receipt.kind}|{version.subject_id}|{version.number}|{receipt.sha256}|{at}|{counts}"


def is_genuine(receipt: Receipt) -> bool:
    """Whether a receipt is as it was given."""
    try:
        RECEIPTS.unsign(f"{said_by(receipt)}:{receipt.signature}")
    except BadSignature:
        return False
    return True


@transaction.atomic
def withdraw(*, viewer: Viewer, subject: Return) -> Return:
    """Take a submission back while nobody has looked at it."""
    return move(subject, "withdraw", viewer=viewer)


@transaction.atomic
def approve(*, viewer: Viewer, subject: Return, comment: str = "") -> Return:
    """The authority approves a return of one of its schools."""
    return move(subject, "approve", viewer=viewer, comment=comment)


@transaction.atomic
def send_back(*, viewer: Viewer, subject: Return, reason: str) -> Return:
    """The authority, or the department, gives a return back to be put right, with the reason."""
    missing = {} if reason.strip() else {"reason_given": "Say what the school has to do."}
    action = "return" if "approve" in permissions(viewer, subject) else "send_back"
    return move(subject, action, viewer=viewer, comment=reason.strip(), given=missing)


@transaction.atomic
def authorise(*, viewer: Viewer, subject: Return) -> Receipt:
    """The department takes a return; its version is the official one from now on."""
    now = move(subject, "authorise", viewer=viewer)
    now.official, now.reopened_until = now.current, None
    now.save(update_fields=["official", "reopened_until"])
    receipt = _receipt("authorised", now, viewer)
    receipt.save(force_insert=True)
    return receipt


@transaction.atomic
def reopen(*, viewer: Viewer, subject: Return, reason: str, until: date | None) -> Return:
    """The department lets an authorised return be put right until a day; the official version stays meanwhile."""
    late = until is None or until < timezone.localdate()
    standing = {
        "reason_given": "" if reason.strip() else "Say why it is reopened.",
        "expiry_given": "Name the day until which it is open, today or later." if late else "",
    }
    now = move(subject, "reopen", viewer=viewer, comment=reason.strip(), given=standing)
    now.reopened_until = until
    now.save(update_fields=["reopened_until"])
    return now


@transaction.atomic
def opened_by_agent(*, viewer: Viewer, subject: Return) -> None:
    """Note that the authority has begun to look at a submission, so that it is no longer withdrawn unseen."""
    if subject.agent_id and viewer.organisation and viewer.organisation.pk == subject.agent_id:
        seen = timezone.now()
        if Return.objects.filter(pk=subject.pk, opened_by_agent=None).update(opened_by_agent=seen):
            subject.opened_by_agent = seen


@dataclass(frozen=True)
class Decided:
    """What became of one return in a batch; ``why`` says what stands in the way of one that was left."""

    subject: Return
    done: bool
    why: str = ""


@transaction.atomic
def approve_many(*, viewer: Viewer, subjects: Iterable[Return], comment: str = "") -> list[Decided]:
    """Approve each return that can be approved; the others are left as they are, each with the reason."""
    answered = move_many(subjects, "approve", viewer=viewer, comment=comment)
    return [_decided(one, answer) for one, answer in answered]


@transaction.atomic
def authorise_many(*, viewer: Viewer, subjects: Iterable[Return]) -> list[Decided]:
    """Authorise each return that can be authorised; the others are left as they are, each with the reason."""
    answered = move_many(subjects, "authorise", viewer=viewer)
    done = [one for one, answer in answered if answer.allowed]
    taken = Return.objects.filter(pk__in=[one.pk for one in done])
    taken.update(official=F("current"), reopened_until=None)
    Receipt.objects.bulk_create([_receipt("authorised", one, viewer) for one in done], batch_size=500)
    return [_decided(one, answer) for one, answer in answered]


def _decided(subject: Return, answer: May) -> Decided:
    return Decided(subject, answer.allowed, "" if answer.allowed else why_not(answer))
