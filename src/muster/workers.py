"""Work spread over every core, so that an interruption or a lost worker ends in one clear message."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from muster.model import MusterError

_T = TypeVar("_T")
_R = TypeVar("_R")


def in_parallel(
    do: Callable[[_T], _R],
    things: Sequence[_T],
    *,
    start: Callable[..., None] | None = None,
    arguments: tuple[Any, ...] = (),
    at_a_time: int = 1,
) -> Iterator[_R]:
    """What ``do`` makes of each thing, in their order; each worker begins with ``start(*arguments)``.

    Raises MusterError where a worker was lost.  On an interruption what has begun is finished, what has
    not is left, and no worker stays behind.
    """
    cores = max(1, min(os.cpu_count() or 1, -(-len(things) // at_a_time)))
    if cores == 1 and start is None:
        yield from map(do, things)
        return
    # Imported here, as most commands never come so far.
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(cores, get_context("spawn"), start, arguments) as pool:
        with _interruptions_for_later():
            answers = pool.map(do, things, chunksize=at_a_time)
        try:
            yield from answers
        except BrokenProcessPool:
            raise MusterError(
                "a worker process ended before its work was done, most likely because memory ran out. "
                "Close other programs, or take fewer files at a time, and run again."
            ) from None


@contextmanager
def _interruptions_for_later() -> Iterator[None]:
    """Hold back Ctrl-C for a moment; workers started within inherit that and leave it to this process.

    It is held back, not ignored: one that comes meanwhile is delivered to this process afterwards.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows sends Ctrl-C in another way
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
