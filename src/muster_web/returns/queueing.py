"""Background work: asked for with what it is about, done by workers, swept where a worker was lost."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from muster.submit import State
from muster_web.accounts.viewer import SYSTEM
from muster_web.returns.models import MachineRun, Version

MOST_TRIES = 3
LOST_AFTER = timedelta(minutes=15)


def ask_for_check(version: Version, *, why: str = "upload") -> MachineRun:
    """Queue the check of a version once the transaction has ended well."""
    run = MachineRun.objects.create(version=version, asked=timezone.now(), why=why)
    transaction.on_commit(partial(_enqueue, run.pk))
    return run


def _enqueue(run: int) -> None:
    check_version.enqueue(run)


@task(queue_name="checking")
def check_version(run: int) -> None:
    """Check the version of a run; done once, however often it is called."""
    from muster_web.returns.actions.checking import check

    check(run=MachineRun.objects.select_related("version__subject__round").get(pk=run))


@task(queue_name="checking")
def open_upload(upload: str) -> None:
    """Take an upload of many files apart and queue each."""
    from muster_web.returns.actions.uploading import take_apart
    from muster_web.returns.models import Upload

    take_apart(upload=Upload.objects.get(pk=upload))


@task(queue_name="checking")
def compare_returns(comparison: int) -> None:
    """Compare the returns an authority checks; done again, it changes nothing."""
    from muster_web.returns.actions.comparing import compare
    from muster_web.returns.models import Comparison

    compare(comparison=Comparison.objects.select_related("round", "authority").get(pk=comparison))


def position(run: MachineRun) -> int:
    """How many checks are waiting before this one."""
    waiting = MachineRun.objects.filter(ended=None, asked__lt=run.asked)
    return waiting.count()


def sweep() -> int:
    """Queue again what a lost worker left; the number of checks queued again.

    A check that was lost three times is not tried again: its file is refused with the reason, and the state before
    comes back.
    """
    from muster_web.returns.actions.checking import give_up
    from muster_web.returns.actions.moving import move

    lost = MachineRun.objects.filter(ended=None, started__lt=timezone.now() - LOST_AFTER)
    again = 0
    for run in lost.select_related("version__subject__round"):
        if run.tries >= MOST_TRIES:
            give_up(run=run, reason=f"Checking was begun {run.tries} times and each time broke off.")
            continue
        if run.version.subject.state == State.VALIDATING:
            move(run.version.subject, "requeue", viewer=SYSTEM)
        MachineRun.objects.filter(pk=run.pk).update(started=None)
        _enqueue(run.pk)
        again += 1
    return again
