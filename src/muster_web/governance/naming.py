"""Events of the audit as people read them: who, for whom, what, about what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from muster_web.accounts.models import Organisation, User
from muster_web.audit.models import AuditEvent


@dataclass(frozen=True)
class Line:
    """One event in words."""

    number: int
    at: datetime
    what: str
    by: str
    acting_for: str
    about: str
    reason: str


def named(events: Iterable[AuditEvent]) -> list[Line]:
    """The events with the people and organisations called by name, in two queries."""
    listed = list(events)
    people = User.objects.in_bulk(
        _numbers("user", (text for one in listed for text in (one.actor, one.subject)))
    )
    organisations = Organisation.objects.in_bulk(_numbers("organisation", (one.acting_for for one in listed)))
    return [_line(one, people, organisations) for one in listed]


def _numbers(kind: str, texts: Iterable[str]) -> set[int]:
    found = (text.partition(":") for text in texts)
    return {int(number) for name, _, number in found if name == kind and number.isdecimal()}


def _about(subject: str, people: dict[int, User]) -> str:
    """What an event is about: a person by name, anything else by its kind and number."""
    kind, _, number = subject.partition(":")
    who = people.get(int(number)) if kind == "user" and number.isdecimal() else None
    return str(who or subject.replace(":", " "))


def _line(one: AuditEvent, people: dict[int, User], organisations: dict[int, Organisation]) -> Line:
    kind, _, number = one.actor.partition(":")
    who = people.get(int(number)) if kind == "user" and number.isdecimal() else None
    by = str(who) if who else ("Muster" if one.actor in ("system", "service:muster") else number or one.actor)
    _, _, place = one.acting_for.partition(":")
    acting_for = str(organisations.get(int(place), "")) if place.isdecimal() else ""
    what = one.name.replace("_", " ")
    return Line(
        one.number, one.at, what[:1].upper() + what[1:], by, acting_for, _about(one.subject, people),
        str(one.data.get("reason", "")),
    )  # fmt: skip
