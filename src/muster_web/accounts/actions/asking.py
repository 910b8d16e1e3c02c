"""Ask for access and answer: the answer is another person's, and what was asked for is in force with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from muster.submit.states import NotAllowed
from muster_web.accounts.actions.granting import Terms, join, write_grant
from muster_web.accounts.actions.sharing import write_access
from muster_web.accounts.actions.telling import tell
from muster_web.accounts.mailing import write_to
from muster_web.accounts.models import Access, AccessRequest, Membership, Organisation, User
from muster_web.accounts.queries.standing import approvers_of, manages, overseers_of, oversees, who_can_help
from muster_web.accounts.roles import GIVEN_BY, Role
from muster_web.accounts.viewer import Viewer

WAITS_AT_MOST = timedelta(days=5)


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: a role (with or without joining first), or access for their organisation at a level."""

    what: AccessRequest.What
    purpose: str
    role: Role | None = None
    level: str = ""
    collection: str = ""
    until: date | None = None


@transaction.atomic
def ask(*, viewer: Viewer, organisation: Organisation, wish: Wish) -> AccessRequest:
    """Ask an organisation for something; its approvers hear of it, or who oversees it where there are none."""
    if viewer.user is None:
        raise NotAllowed("Sign in to ask for access.")
    _refuse_wish(viewer, organisation, wish)
    for_returns = wish.what == AccessRequest.What.ACCESS
    made = AccessRequest.objects.create(
        what=wish.what, organisation=organisation, by=viewer.user, role=wish.role or "", level=wish.level,
        by_organisation=viewer.organisation if for_returns else None, collection=wish.collection,
        until=wish.until, purpose=wish.purpose.strip(),
    )  # fmt: skip
    about = [organisation, viewer.organisation] if for_returns and viewer.organisation else [organisation]
    tell(viewer, "access_asked", *about, subject=f"request:{made.pk}", what=wish.what.value)
    write_to(_who_answers(made), "access_asked", organisation=organisation)
    return made


def _refuse_wish(viewer: Viewer, organisation: Organisation, wish: Wish) -> None:
    if not wish.purpose.strip():
        raise NotAllowed("Say what you need it for.")
    if wish.until is not None and wish.until < timezone.localdate():
        raise NotAllowed("The last day is over already; choose today or a later day.")
    if wish.what == AccessRequest.What.ACCESS:
        if wish.level not in Access.Level.values or viewer.organisation in (None, organisation):
            raise NotAllowed("Choose another organisation than your own, and what you want to do for it.")
    elif wish.role is None or organisation.kind not in GIVEN_BY[wish.role]:
        raise NotAllowed(f"Choose a role that can be held in {organisation.name}.")
    same = AccessRequest.objects.filter(
        by=viewer.user, organisation=organisation, what=wish.what, role=wish.role or "", level=wish.level,
        collection=wish.collection, answer=AccessRequest.Answer.OPEN,
    )  # fmt: skip
    if same.exists():
        raise NotAllowed("You have asked for this already, and it is waiting for an answer.")


def _who_answers(subject: AccessRequest) -> list[User]:
    """The approvers apart from who asks; where there are none, those of the organisations that oversee."""
    own = [one for one in approvers_of(subject.organisation) if one.pk != subject.by_id]
    above = [one for each in overseers_of(subject.organisation) for one in approvers_of(each)]
    return [one for one in own or above if one.pk != subject.by_id]


def is_overdue(subject: AccessRequest) -> bool:
    """Whether a request has waited longer than its organisation may let it."""
    return timezone.now() - subject.asked > WAITS_AT_MOST


def may_answer(viewer: Viewer, subject: AccessRequest) -> bool:
    """Whether the viewer may answer: an approver who does not ask it; from the sixth day who oversees may too."""
    if viewer.user is None or viewer.user.pk == subject.by_id:
        return False
    if manages(viewer, subject.organisation, about=subject.by):
        return True
    return is_overdue(subject) and oversees(viewer, subject.organisation)


@transaction.atomic
def answer(*, viewer: Viewer, subject: AccessRequest, granted: bool, reason: str = "") -> AccessRequest:
    """Grant or refuse a request; the first answer counts, and nobody answers their own."""
    now = AccessRequest.objects.select_for_update(of=("self",)).select_related(
        "organisation", "by", "by_organisation"
    ).get(pk=subject.pk)  # fmt: skip
    if now.answer != AccessRequest.Answer.OPEN:
        raise NotAllowed(f"It was answered already: {now.get_answer_display().lower()} by {now.answered_by}.")
    if viewer.user is not None and viewer.user.pk == now.by_id:
        raise NotAllowed("Nobody answers their own request. Another approver has to.")
    if not may_answer(viewer, now):
        raise NotAllowed(f"Your account does not let you answer this. Ask {who_can_help(now.organisation)}.")
    if not granted and not reason.strip():
        raise NotAllowed("Say why it is refused; the person who asked is told.")
    if granted:
        _give(viewer, now)
    now.answer = AccessRequest.Answer.GRANTED if granted else AccessRequest.Answer.REFUSED
    now.answered, now.answered_by, now.answer_reason = timezone.now(), viewer.user, reason.strip()[:500]
    now.save()
    tell(viewer, f"request_{now.answer}", now.organisation, subject=f"request:{now.pk}", by=now.by_id)
    write_to([now.by], "request_answered", organisation=now.organisation, granted=granted)
    return now


def _give(viewer: Viewer, subject: AccessRequest) -> None:
    terms = Terms(subject.collection, subject.until, subject.purpose[:300])
    if subject.what == AccessRequest.What.ACCESS:
        assert subject.by_organisation is not None, "access is asked for by an organisation"
        write_access(
            viewer=viewer, giver=subject.organisation, receiver=subject.by_organisation, level=subject.level,
            terms=terms,
        )  # fmt: skip
        return
    if subject.what == AccessRequest.What.ROLE and not _member(subject):
        raise NotAllowed(
            "The person does not belong to the organisation any more; they have to ask to join it."
        )
    membership = join(viewer=viewer, user=subject.by, organisation=subject.organisation, terms=terms)
    write_grant(viewer=viewer, membership=membership, role=Role(subject.role), terms=terms)


def _member(subject: AccessRequest) -> bool:
    mine = Membership.objects.filter(
        Membership.in_force(), user=subject.by, organisation=subject.organisation
    )
    return mine.exists()


@transaction.atomic
def withdraw_request(*, viewer: Viewer, subject: AccessRequest) -> None:
    """Take back what one asked for, while nobody has answered."""
    if viewer.user is None or viewer.user.pk != subject.by_id:
        raise NotAllowed("Only the person who asked can take it back.")
    mine = AccessRequest.objects.filter(pk=subject.pk, answer=AccessRequest.Answer.OPEN)
    if not mine.update(answer=AccessRequest.Answer.WITHDRAWN, answered=timezone.now()):
        raise NotAllowed("It was answered already.")
    tell(viewer, "request_withdrawn", subject.organisation, subject=f"request:{subject.pk}")
