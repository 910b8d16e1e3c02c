"""Write to people by e-mail that something new waits for them at a return; never what it is, nor about whom."""

from __future__ import annotations

from datetime import timedelta

from muster_web.accounts.mailing import write_to
from muster_web.accounts.models import User
from muster_web.accounts.queries.standing import holders
from muster_web.accounts.roles import Role
from muster_web.returns.models import Event, Message, ThreadRead

# Which events are written of, and with which letter.
_LETTERS = {
    "message_written": "message", "explanations_questioned": "message", "case_opened": "case",
    "case_proposal_made": "case", "case_decided": "case", "return_sent_back": "sent_back",
    "return_sent_back_by_collector": "sent_back",
}  # fmt: skip
_OF_CASES = [event for event, letter in _LETTERS.items() if letter == "case"]
_ONE_A_DAY = timedelta(hours=24)


def write_of(event: Event) -> None:
    """Queue the letters of an event, if it has any, to the parties that it is not from.

    Of messages somebody is told once, until they have read them; of cases a school is told once a day.
    """
    letter = _LETTERS.get(event.name)
    if letter == "message":
        people = [one for one in (*_school(event), *_authority(event)) if _has_read_the_others(one, event)]
    elif letter == "case":
        people = [] if _told_today(event) else _school(event)
    else:
        people = _school(event) if letter else []
    if people:
        subject = event.subject
        write_to(people, f"returns/mail/{letter}", subject=subject, organisation=subject.organisation.name)


def _school(event: Event) -> list[User]:
    one = event.subject
    if event.acting_for_id == one.organisation_id:
        return []
    return holders(one.organisation, Role.PREPARER, collection=one.round.collection)


def _authority(event: Event) -> list[User]:
    one = event.subject
    if one.agent is None or event.acting_for_id == one.agent_id:
        return []
    return holders(one.agent, Role.LA_OFFICER, collection=one.round.collection)


def _has_read_the_others(person: User, event: Event) -> bool:
    """Whether the last message is the only one that somebody has not read."""
    place = (
        ThreadRead.objects.filter(subject=event.subject, by=person).values_list("up_to", flat=True).first()
    )
    unread = Message.objects.filter(subject=event.subject, pk__gt=place or 0).exclude(by=person)
    return unread.count() == 1


def _told_today(event: Event) -> bool:
    before = event.subject.events.filter(name__in=_OF_CASES, pk__lt=event.pk, at__gt=event.at - _ONE_A_DAY)
    return before.exclude(acting_for=event.subject.organisation_id).exists()
