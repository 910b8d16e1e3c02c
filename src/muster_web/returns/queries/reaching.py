"""How the schools of some returns are reached, and which of them need not be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Max, Q
from django.utils import timezone

from muster.model.words import date_in_words
from muster.submit.states import BEING_CHECKED, SENT, State
from muster_web.accounts.models import Grant, Membership
from muster_web.accounts.roles import Role
from muster_web.returns.models import ChaseLetter, Event, Return

LATELY = timedelta(hours=24)


def addresses_of(returns: Sequence[Return]) -> dict[int, set[str]]:
    """The addresses to write to by organisation: those who prepare the return, or else the office's own."""
    found: dict[int, set[str]] = defaultdict(set)
    collections = {one.round.collection for one in returns}
    grants = Grant.objects.filter(
        Grant.in_force(), Membership.in_force(prefix="membership__"), Q(collection="") | Q(collection__in=collections),
        role=Role.PREPARER, membership__organisation__in=[one.organisation_id for one in returns],
        membership__user__is_active=True,
    )  # fmt: skip
    for organisation, address in grants.values_list("membership__organisation", "membership__user__email"):
        found[organisation].add(address)
    for one in returns:
        if one.organisation.local_email and one.organisation_id not in found:
            found[one.organisation_id].add(one.organisation.local_email)
    return found


def reasons_to_skip(returns: Iterable[Return]) -> dict[int, str]:
    """Why a school needs no letter, by return: it has sent, is being checked, is at work, or was written to lately."""
    chosen = list(returns)
    since = timezone.now() - LATELY
    acted = _last(
        Event.objects.filter(subject__in=chosen, at__gte=since, acting_for=F("subject__organisation"))
        .values_list("subject")
        .annotate(last=Max("at"))
    )
    written = _last(
        ChaseLetter.objects.filter(subject__in=chosen, skipped="", chase__at__gte=since)
        .values_list("subject")
        .annotate(last=Max("chase__at"))
    )
    found = {one.pk: _reason(one, acted.get(one.pk), written.get(one.pk)) for one in chosen}
    return {pk: why for pk, why in found.items() if why}


def _last(rows: Iterable[tuple[int, datetime]]) -> dict[int, datetime]:
    return dict(rows)


def _reason(one: Return, acted: datetime | None, written: datetime | None) -> str:
    state = State(one.state)
    if state in SENT | {State.APPROVED, State.AUTHORISED}:
        return "it has sent its return"
    if state == State.NOT_REQUIRED:
        return "no return is required of it"
    if state in BEING_CHECKED:
        return "its file is being checked now"
    if acted:
        return f"it worked on the return at {_moment(acted)}"
    return f"it was written to at {_moment(written)}" if written else ""


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local:%H:%M} on {date_in_words(local)}"


@dataclass(frozen=True)
class Contact:
    """Whom to telephone about a return."""

    subject: Return
    name: str
    phone: str
    from_register: bool


def contacts_of(returns: Iterable[Return]) -> list[Contact]:
    """A contact for each return: what people here keep goes before what the official register says."""
    return [_contact(one) for one in returns]


def _contact(one: Return) -> Contact:
    school = one.organisation
    name = school.local_contact or _head(school.register)
    phone = school.local_phone or str(school.register.get("TelephoneNum") or "")
    return Contact(one, name, phone, not school.local_phone and bool(phone))


def _head(register: dict[str, str]) -> str:
    parts = (register.get(name) for name in ("HeadTitle (name)", "HeadFirstName", "HeadLastName"))
    return " ".join(part for part in parts if part)
