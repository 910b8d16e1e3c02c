"""The audit event and the head of its chain."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from muster.model import MusterError


class AuditEvent(models.Model):
    """One thing that was done or read; it holds the hash of the event before it and can only be added.

    ``organisations`` are the ids of those it is about, who may see it, written as ``,3,17,`` so that one can be
    looked for.  ``data`` names records by their ids and never holds personal data.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    name = models.CharField(max_length=60)
    actor = models.CharField(max_length=120)
    acting_for = models.CharField(max_length=40, blank=True)
    organisations = models.CharField(max_length=400, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    data = models.JSONField(default=dict)
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["name", "at"]), models.Index(fields=["subject"])]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the event; an event that is there already is never changed.  Raises MusterError."""
        if not self._state.adding:
            raise MusterError("an audit event cannot be changed")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: an audit event cannot be deleted."""
        raise MusterError("an audit event cannot be deleted")


class ChainHead(models.Model):
    """The last event of the chain; whoever adds one locks this row first."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
