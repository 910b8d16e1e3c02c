"""Propose a change, speak on it, decide and release it: each step is kept, and written to the audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from muster.catalogue import catalogue_folders, collection_names, load_collection
from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.proposals.models import Proposal, Step
from muster_web.proposals.queries import refusal_of

LONGEST = 4000


@dataclass(frozen=True)
class Wish:
    """What is to change: in which collection, about which entry ('' for something new), in a line and in full."""

    collection: str
    about: str
    title: str
    text: str


@transaction.atomic
def propose(*, viewer: Viewer, wish: Wish) -> Proposal:
    """Propose a change of a collection; anybody signed in may."""
    if viewer.user is None:
        raise NotAllowed("Sign in to propose a change.")
    if wish.collection not in (*catalogue_folders(), *collection_names()):
        raise MusterError(f"There is no collection '{wish.collection}'.")
    made = Proposal.objects.create(
        collection=wish.collection, about=wish.about, title=wish.title.strip(), text=_said(wish.text),
        by=viewer.user, organisation=viewer.organisation,
    )  # fmt: skip
    _keep(viewer, made, Step.Name.PROPOSED, made.text)
    return made


@transaction.atomic
def comment(*, viewer: Viewer, subject: Proposal, text: str) -> Step:
    """Say something about a proposal that is not decided yet."""
    now = _ready(viewer, subject, "comment")
    return _keep(viewer, now, Step.Name.COMMENTED, _said(text))


@transaction.atomic
def consult(*, viewer: Viewer, subject: Proposal, until: date, text: str = "") -> Proposal:
    """Ask everybody for their views until a day."""
    now = _ready(viewer, subject, "consult")
    if until <= timezone.localdate():
        raise MusterError("The last day is not in the future; give people time to answer.")
    now.until = until
    return _move(viewer, now, (Proposal.State.CONSULTED, Step.Name.CONSULTED), text)


@transaction.atomic
def decide(*, viewer: Viewer, subject: Proposal, accepted: bool, text: str) -> Proposal:
    """Accept or refuse a proposal, with the reason everybody reads."""
    now = _ready(viewer, subject, "accept" if accepted else "refuse")
    to = (
        (Proposal.State.ACCEPTED, Step.Name.ACCEPTED)
        if accepted
        else (Proposal.State.REFUSED, Step.Name.REFUSED)
    )
    return _move(viewer, now, to, _said(text))


@transaction.atomic
def release(*, viewer: Viewer, subject: Proposal, year: int, text: str = "") -> Proposal:
    """Say in which collection year a change that was accepted is in force; the catalogue must know that year."""
    now = _ready(viewer, subject, "release")
    years = load_collection(now.collection).years
    if year not in years:
        raise MusterError(
            f"The catalogue holds {years[0]} to {years[-1]} of this collection, not {year}; a change is released once "
            "the catalogue has it."
        )
    now.year = year
    return _move(viewer, now, (Proposal.State.RELEASED, Step.Name.RELEASED), text)


@transaction.atomic
def withdraw(*, viewer: Viewer, subject: Proposal) -> Proposal:
    """Take back what one proposed, while it is not decided."""
    now = _ready(viewer, subject, "withdraw")
    return _move(viewer, now, (Proposal.State.WITHDRAWN, Step.Name.WITHDRAWN), "")


def _ready(viewer: Viewer, subject: Proposal, step: str) -> Proposal:
    """The proposal, locked, where the step may be taken.  Raises NotAllowed."""
    now = Proposal.objects.select_for_update().get(pk=subject.pk)
    refusal = refusal_of(viewer, now, step)
    if refusal:
        raise NotAllowed(refusal)
    return now


def _move(viewer: Viewer, subject: Proposal, to: tuple[Proposal.State, Step.Name], text: str) -> Proposal:
    subject.state, name = to
    subject.moved = timezone.now()
    subject.save()
    _keep(viewer, subject, name, text.strip())
    return subject


def _keep(viewer: Viewer, subject: Proposal, name: Step.Name, text: str) -> Step:
    made = Step.objects.create(
        proposal=subject, name=name, text=text, by=viewer.user, organisation=viewer.organisation
    )
    about: dict[str, object] = {"collection": subject.collection, "about": subject.about}
    record(
        f"change_{name.value}", actor=viewer.actor, acting_for=viewer.acting_for,
        organisations=[viewer.organisation.pk] if viewer.organisation else [], subject=f"proposal:{subject.pk}",
        data=about,
    )  # fmt: skip
    return made


def _said(text: str) -> str:
    """What was said.  Raises MusterError where it is nothing, or too much."""
    said = text.strip()
    if not said:
        raise MusterError("Write what you want to say.")
    if len(said) > LONGEST:
        raise MusterError(f"Keep it to {LONGEST:,} characters; it has {len(said):,}.")
    return said
