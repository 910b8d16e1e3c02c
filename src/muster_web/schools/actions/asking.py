"""Ask the authority something, answer it, and close it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.mailing import write_to
from muster_web.accounts.models import Organisation
from muster_web.accounts.queries.standing import holders
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.returns.models import Return
from muster_web.returns.permissions import visible_returns
from muster_web.schools.models import Reply, Ticket
from muster_web.schools.permissions import CHALLENGERS, WRITERS, answers_tickets, may_ask, readable_tickets


@transaction.atomic
def ask(
    *, viewer: Viewer, school: Organisation, title: str, text: str, subject: Return | None = None
) -> Ticket:
    """Ask the authority of one's own school something, of a return where one is named.  Raises NotAllowed."""
    if not may_ask(viewer, school) or school.authority is None:
        raise NotAllowed("Only the school itself asks its authority.")
    if (
        subject is not None
        and not visible_returns(viewer).filter(pk=subject.pk, organisation=school).exists()
    ):
        raise NotAllowed("That is no return of this school.")
    made = Ticket.objects.create(school=school, of=school.authority, title=title, subject=subject)
    _say(viewer, made, text, "ticket_asked")
    return made


@transaction.atomic
def reply(*, viewer: Viewer, ticket: Ticket, text: str) -> Ticket:
    """Add to a ticket; it is the other's turn then.  Raises NotAllowed where it is closed or not the viewer's."""
    now = _open_one(viewer, ticket)
    now.state = Ticket.State.ANSWERED if answers_tickets(viewer, now) else Ticket.State.ASKED
    now.waits_since = timezone.now()
    now.save(update_fields=["state", "waits_since"])
    _say(viewer, now, text, "ticket_replied")
    return now


@transaction.atomic
def close(*, viewer: Viewer, ticket: Ticket) -> Ticket:
    """Say that a ticket is done with.  Raises NotAllowed where it is closed or not the viewer's."""
    now = _open_one(viewer, ticket)
    now.state, now.waits_since, now.closed_by = Ticket.State.CLOSED, timezone.now(), viewer.user
    now.save(update_fields=["state", "waits_since", "closed_by"])
    _tell("ticket_closed", viewer, now)
    return now


def _open_one(viewer: Viewer, ticket: Ticket) -> Ticket:
    now = Ticket.objects.select_for_update(of=["self"]).select_related("school", "of").get(pk=ticket.pk)
    if not readable_tickets(viewer).filter(pk=now.pk).exists():
        raise NotAllowed("Only the school and the authority it asked write here.")
    if now.state == Ticket.State.CLOSED:
        raise NotAllowed("This is closed; ask anew.")
    return now


def _say(viewer: Viewer, ticket: Ticket, text: str, event: str) -> None:
    if not text.strip():
        raise MusterError("Write something.")
    Reply.objects.create(ticket=ticket, text=text.strip(), by=viewer.user, of=viewer.organisation)
    _tell(event, viewer, ticket)
    to_school = answers_tickets(viewer, ticket)
    people = holders(ticket.school, *CHALLENGERS) if to_school else holders(ticket.of, *WRITERS)
    write_to(people, "schools/mail/ticket", ticket=ticket.pk, organisation=ticket.school.name)


def _tell(name: str, viewer: Viewer, ticket: Ticket) -> None:
    record(
        name, actor=viewer.actor, acting_for=viewer.acting_for, subject=f"ticket:{ticket.pk}",
        organisations=[ticket.school_id, ticket.of_id],
    )  # fmt: skip
