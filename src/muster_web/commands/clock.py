"""The clock: does what is due by the time alone, such as taking up checks that a lost worker left.

Run as ``python -m muster_web.commands.clock``; ``muster serve`` starts one. Several at once share the duties.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

_LOG = logging.getLogger("muster.clock")


@dataclass(frozen=True)
class Duty:
    """Something to be done every so often; ``do`` answers how much was done."""

    name: str
    every: timedelta
    do: Callable[[], int]


def duties() -> tuple[Duty, ...]:
    """Everything the clock does, the most frequent first."""
    from muster_web.accounts.actions.reminding import nudge_lonely_approvers, remind_of_requests
    from muster_web.machines.actions.webhooks import send_due
    from muster_web.privacy.actions.exporting_many import delete_old_exports
    from muster_web.privacy.actions.retaining import apply_by_clock
    from muster_web.returns.actions.comparing import compare_all
    from muster_web.returns.actions.lapsing import lapse_reopened
    from muster_web.returns.actions.reminding import remind_unsent
    from muster_web.returns.queueing import sweep
    from muster_web.schools.actions.counting import count_due
    from muster_web.transfers.actions.chasing import chase_leavers, chase_unopened

    return (
        Duty("send notices to machines", timedelta(seconds=10), send_due),
        Duty("take up lost checks", timedelta(minutes=1), sweep),
        Duty("close reopened returns", timedelta(minutes=10), lapse_reopened),
        Duty("compare returns across schools", timedelta(minutes=10), compare_all),
        Duty("count authorised returns into files of schools", timedelta(minutes=10), count_due),
        Duty("delete exports of yesterday", timedelta(hours=1), delete_old_exports),
        Duty("remind of returns not submitted", timedelta(hours=1), remind_unsent),
        Duty("remind of requests for access", timedelta(hours=1), remind_of_requests),
        Duty("remind of files between schools", timedelta(hours=1), chase_unopened),
        Duty("remind of pupils who left without a file", timedelta(hours=1), chase_leavers),
        Duty("ask for a second approver", timedelta(days=1), nudge_lonely_approvers),
        Duty("delete what was kept long enough", timedelta(days=1), apply_by_clock),
    )


def tick() -> dict[str, int]:
    """Do every duty that is due; how much each did.  One that fails is told in the log and does not stop the others."""
    from muster_web.operations.heartbeat import note_outcome, take_duty

    done = {}
    for duty in duties():
        if not take_duty(duty.name, duty.every):
            continue
        try:
            done[duty.name] = duty.do()
            note_outcome(duty.name, {"done": done[duty.name]})
        except Exception as error:
            _LOG.exception("the duty '%s' failed", duty.name)
            note_outcome(duty.name, {"fault": type(error).__name__})
    return done


def main() -> None:
    """Tick every ten seconds until a signal ends it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster_web.config.settings")
    import django

    django.setup()
    from django.db import close_old_connections

    from muster_web.operations.heartbeat import gone, keep_beating

    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    beating = keep_beating("clock")
    while not stopped.is_set():
        close_old_connections()
        tick()
        stopped.wait(10)
    beating.set()
    gone("clock")


if __name__ == "__main__":
    main()
