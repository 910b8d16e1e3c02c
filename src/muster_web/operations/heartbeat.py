"""Say that a process is alive, and take a duty that is due, so that of many clocks only one does it."""

from __future__ import annotations

import os
import socket
import threading
from datetime import timedelta

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from muster_web.operations.models import SignOfLife

EVERY = 15.0
ALIVE_FOR = timedelta(minutes=2)


def here(kind: str) -> str:
    """The name of this process: its kind, machine and number."""
    return f"{kind}:{socket.gethostname()[:60]}:{os.getpid()}"


def beat(kind: str, *, name: str = "", data: dict[str, object] | None = None) -> None:
    """Note that a process of a kind is alive now, or that a duty was done."""
    SignOfLife.objects.update_or_create(
        name=name or here(kind), defaults={"kind": kind, "at": timezone.now(), "data": data or {}}
    )


def keep_beating(kind: str) -> threading.Event:
    """Note it again and again from a thread of this process, until the answered event is set."""
    stopped = threading.Event()
    threading.Thread(target=_beat_until, args=(kind, stopped), daemon=True).start()
    return stopped


def _beat_until(kind: str, stopped: threading.Event) -> None:
    from django.db import DatabaseError

    while not stopped.is_set():
        try:
            beat(kind)
        except DatabaseError:
            pass  # the next beat tries again; a database that stays away shows as a missing sign of life
        finally:
            connection.close()
        stopped.wait(EVERY)


def gone(kind: str) -> None:
    """Note that this process has ended as it should."""
    SignOfLife.objects.filter(name=here(kind)).delete()


def alive(kind: str) -> int:
    """How many processes of a kind have been heard of lately."""
    return SignOfLife.objects.filter(kind=kind, at__gte=timezone.now() - ALIVE_FOR).count()


def take_duty(name: str, every: timedelta) -> bool:
    """Whether a duty is due and was taken by this call; of several callers at once one is answered yes."""
    now = timezone.now()
    row = f"duty:{name}"
    if SignOfLife.objects.filter(name=row, at__lte=now - every).update(at=now):
        return True
    if SignOfLife.objects.filter(name=row).exists():
        return False
    try:
        with transaction.atomic():
            SignOfLife.objects.create(name=row, kind="duty", at=now)
    except IntegrityError:
        return False
    return True


def note_outcome(name: str, data: dict[str, object]) -> None:
    """Keep what came of a duty, for whoever asks how the deployment is."""
    SignOfLife.objects.filter(name=f"duty:{name}").update(data=data)
