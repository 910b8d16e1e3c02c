"""Remind a school of a return that was loaded and then forgotten."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_tasks import task

from muster.model.words import date_in_words
from muster.submit import State
from muster_web.accounts.models import User
from muster_web.accounts.queries.standing import holders
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import SYSTEM
from muster_web.returns.actions.moving import locked, tell
from muster_web.returns.models import Event, Return, Round

AFTER = timedelta(hours=24)
_LOADED = (State.LOADED, State.AMENDED_BY_SOURCE)


def remind_unsent() -> int:
    """Remind once of each return that was loaded a day ago and not submitted since; how many schools were reminded."""
    told = Event.objects.filter(subject=OuterRef("pk"), name="reminder_sent", at__gte=OuterRef("last_event"))
    today = timezone.localdate()
    waiting = Return.objects.filter(
        state__in=_LOADED,
        last_event__lt=timezone.now() - AFTER,
        round__opens__lte=today,
        round__closes__gte=today,
    )
    waiting = waiting.exclude(round__phase=Round.Phase.PRACTICE).exclude(Exists(told))
    return sum(_remind(one, one.last_event) for one in waiting)


@transaction.atomic
def _remind(subject: Return, seen: object) -> bool:
    now = locked(subject)
    if now.last_event != seen or now.state not in _LOADED:
        return False
    people = holders(now.organisation, Role.PREPARER, collection=now.round.collection)
    tell(now, "reminder_sent", viewer=SYSTEM, data={"people": len(people)})
    transaction.on_commit(partial(send_reminder.enqueue, now.pk, [one.pk for one in people]))
    return True


@task(queue_name="mail")
def send_reminder(subject: int, people: list[int]) -> None:
    """Send the reminder; it names the school and the collection, and nobody in the return."""
    one = Return.objects.select_related("round", "organisation").get(pk=subject)
    closes = one.round.closes
    text = (
        f"The {one.round} of {one.organisation} was loaded and has not been submitted yet.\n\n"
        f"It closes on {date_in_words(closes)}. See what is left to do:\n{settings.SITE_URL}/returns/{one.pk}/\n"
    )
    for address in User.objects.filter(pk__in=people, is_active=True).values_list("email", flat=True):
        send_mail(f"Not submitted yet: {one.round}", text, None, [address])
