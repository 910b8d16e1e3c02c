"""Checks of what has to go on by itself: workers, the clock, the queue, backups."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from muster_web.operations.doctor.answers import Answer, doubtful, well, wrong
from muster_web.operations.heartbeat import alive
from muster_web.operations.models import SignOfLife

_LONGEST_WAIT = timedelta(minutes=10)
_OLDEST_BACKUP = timedelta(hours=36)


def workers() -> Answer:
    """At least one worker is alive and nothing waits too long."""
    count = alive("worker")
    if not count:
        return wrong(
            "no worker has been heard of for two minutes, so no upload is checked",
            "start 'muster serve', or a worker",
        )
    late = DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - _LONGEST_WAIT).count()
    if late:
        return doubtful(
            f"{late:,} pieces of work have waited for more than ten minutes",
            "start more workers with --workers",
        )
    return well("1 worker is alive" if count == 1 else f"{count} workers are alive")


def the_clock() -> Answer:
    """The clock is alive and none of its duties failed the last time."""
    if not alive("clock"):
        return wrong(
            "the clock has not been heard of for two minutes: lost checks are not taken up",
            "start 'muster serve'",
        )
    failed = [
        one.name.removeprefix("duty:")
        for one in SignOfLife.objects.filter(kind="duty")
        if one.data.get("fault")
    ]
    if failed:
        return wrong(f"this duty failed the last time: {', '.join(failed)}", "the log says why")
    return well("the clock is alive")


def backups() -> Answer:
    """The last backup is not older than a day and a half."""
    last = SignOfLife.objects.filter(name="backup").first()
    if last is None:
        return wrong("there was never a backup", "run 'muster backup FOLDER' every night")
    age = timezone.now() - last.at
    if age > _OLDEST_BACKUP:
        return wrong(
            f"the last backup is {age.total_seconds() / 3600:,.0f} hours old",
            "run 'muster backup FOLDER' every night",
        )
    return well(f"the last backup is {age.total_seconds() / 3600:,.0f} hours old")
