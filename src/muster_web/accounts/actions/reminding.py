"""Remind of what waits too long: requests without an answer, and organisations with only one approver."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from muster_web.accounts.actions.asking import WAITS_AT_MOST
from muster_web.accounts.actions.telling import tell
from muster_web.accounts.mailing import write_to
from muster_web.accounts.models import AccessRequest, Organisation, User
from muster_web.accounts.queries.standing import approvers_of, overseers_of
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import SYSTEM
from muster_web.audit.models import AuditEvent

FIRST_REMINDER = timedelta(days=3)
NUDGED_AGAIN = timedelta(days=30)


def remind_of_requests() -> int:
    """Remind the approvers of a request on its third day, and those who oversee on its sixth; how many of both."""
    waiting = AccessRequest.objects.filter(answer=AccessRequest.Answer.OPEN).select_related("organisation")
    now, done = timezone.now(), 0
    for one in waiting.filter(reminders=0, asked__lte=now - FIRST_REMINDER):
        done += _remind(one, approvers_of(one.organisation), 1)
    for one in waiting.filter(reminders=1, asked__lt=now - WAITS_AT_MOST):
        above = [person for each in overseers_of(one.organisation) for person in approvers_of(each)]
        done += _remind(one, above, 2)
    return done


@transaction.atomic
def _remind(subject: AccessRequest, people: list[User], number: int) -> int:
    """One reminder, by whichever worker comes first."""
    if not AccessRequest.objects.filter(pk=subject.pk, reminders=number - 1).update(
        reminders=F("reminders") + 1
    ):
        return 0
    write_to(people, "request_waiting", organisation=subject.organisation, days=subject.days_waiting)
    tell(SYSTEM, "request_reminded", subject.organisation, subject=f"request:{subject.pk}", number=number)
    return 1


def nudge_lonely_approvers() -> int:
    """Once a month tell the only approver of an organisation that a second is needed; how many were told."""
    done = 0
    for one in lonely():
        if not _nudged_lately(one):
            write_to(approvers_of(one), "one_approver", organisation=one)
            tell(SYSTEM, "second_approver_asked", one, subject=f"organisation:{one.pk}")
            done += 1
    return done


def lonely() -> list[Organisation]:
    """The organisations with exactly one approver."""
    today = timezone.localdate()
    grants = "memberships__grants"
    holds = Q(**{f"{grants}__role": Role.APPROVER, f"{grants}__ended": None, f"{grants}__starts__lte": today})
    holds &= Q(memberships__ended=None, memberships__user__is_active=True)
    holds &= Q(**{f"{grants}__ends": None}) | Q(**{f"{grants}__ends__gte": today})
    counted = Count("memberships__user", filter=holds, distinct=True)
    return list(Organisation.objects.filter(closed=None).annotate(approvers=counted).filter(approvers=1))


def _nudged_lately(one: Organisation) -> bool:
    since = timezone.now() - NUDGED_AGAIN
    return AuditEvent.objects.filter(
        name="second_approver_asked", subject=f"organisation:{one.pk}", at__gt=since
    ).exists()
