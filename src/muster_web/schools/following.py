"""What follows in the file of a school from what happens to its returns."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from django.db import transaction
from django_tasks import task

from muster_web.returns.actions.announcing import happened
from muster_web.returns.models import Event, Return

_COUNTED_AFTER = frozenset({"return_authorised", "reopening_lapsed"})


def connect() -> None:
    """Let the files of schools follow their returns."""
    happened.connect(follow, dispatch_uid="schools")


def follow(events: Collection[Event], **_: object) -> None:
    """Have returns counted that were authorised, and take those out of the file that were withdrawn."""
    from muster_web.schools.actions.counting import take_out_of_file

    for one in events:
        if one.name in _COUNTED_AFTER:
            transaction.on_commit(partial(count_return.enqueue, one.subject_id))
        elif one.name == "return_withdrawn":
            take_out_of_file(subject=one.subject)


@task(queue_name="checking")
def count_return(subject: int) -> None:
    """Count a return into the file of its school; done again, it changes nothing."""
    from muster_web.schools.actions.counting import count_into_file

    count_into_file(subject=Return.objects.get(pk=subject))
