"""What a connection to the Learning Records Service has to do, and which one this deployment has."""

from __future__ import annotations

from typing import Protocol

from django.conf import settings

from muster_web.transfers.learning_records.simulator import Simulator


class LearningRecords(Protocol):
    """A connection to the service: it takes a batch and has the answer some time later."""

    name: str

    def submit(self, batch: str) -> str:
        """Send a batch; the reference under which its answer is asked for.  Raises MusterError."""
        ...

    def answer(self, reference: str, batch: str) -> str | None:
        """The answer to a batch that was sent, None while there is none.  Raises MusterError."""
        ...


def service() -> LearningRecords | None:
    """The connection this deployment has; None where batches are carried by hand."""
    return Simulator() if Simulator.name == settings.LEARNING_RECORDS else None
