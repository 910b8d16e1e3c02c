"""Background work: asked for with what it is about, done by workers, swept where a worker was lost."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
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
    comes back.  The time is that of the database, as the clocks of workers may differ.
    """
    return _sweep_unheard() + _sweep_begun() + _sweep_uploads()


def _sweep_begun() -> int:
    """Checks whose worker was lost while it checked."""
    from muster_web.returns.actions.checking import give_up
    from muster_web.returns.actions.moving import move

    lost = MachineRun.objects.filter(ended=None, started__lt=Now() - LOST_AFTER)
    again = 0
    for run in lost.select_related("version__subject__round"):
        if run.tries >= MOST_TRIES:
            give_up(run=run, reason=f"Checking was begun {run.tries} times and each time broke off.")
            continue
        if run.is_of_upload and run.version.subject.state == State.VALIDATING:
            move(run.version.subject, "requeue", viewer=SYSTEM)
        MachineRun.objects.filter(pk=run.pk).update(started=None)
        _enqueue(run.pk)
        again += 1
    return again


def _sweep_unheard() -> int:
    """Checks that were asked for and stand in no queue: whoever asked was lost before they could be queued."""
    asked = MachineRun.objects.filter(ended=None, started=None, asked__lt=Now() - LOST_AFTER)
    again = 0
    for run in asked.values_list("pk", flat=True):
        if not _tasks_of(check_version, run).filter(status="READY").exists():
            _enqueue(run)
            again += 1
    return again


def _sweep_uploads() -> int:
    """Uploads that were kept and not gone through to the end; after three tries one is refused with the reason."""
    from muster_web.returns.actions.uploading import refuse_upload
    from muster_web.returns.models import Upload

    again = 0
    for upload in Upload.objects.filter(state="received", at__lt=Now() - LOST_AFTER):
        tries = _tasks_of(open_upload, str(upload.pk))
        if tries.filter(Q(status="READY") | Q(enqueued_at__gt=Now() - LOST_AFTER)).exists():
            continue
        if tries.count() >= MOST_TRIES:
            refuse_upload(
                upload=upload, reason=f"Opening it was begun {MOST_TRIES} times and broke off each time."
            )
            continue
        open_upload.enqueue(str(upload.pk))
        again += 1
    return again


def _tasks_of(work: Any, about: int | str) -> QuerySet[Any]:
    """What the queue in the database knows of one piece of work."""
    from django_tasks_db.models import DBTaskResult

    words = {"args": [about], "kwargs": {}}
    return DBTaskResult.objects.filter(task_path=work.module_path, args_kwargs=words)
