"""Questions and requests of a school to its authority, each a thread with a state."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from muster_web.accounts.models import Organisation, User
from muster_web.returns.models import Return


class Ticket(models.Model):
    """A question or request of a school to its authority; ``subject`` is the return it is about, where it is of one.

    ``waits_since`` is when it last changed hands.
    """

    class State(models.TextChoices):
        """Whose turn it is."""

        ASKED = "asked", "Waits for the authority"
        ANSWERED = "answered", "Answered"
        CLOSED = "closed", "Closed"

    school = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="tickets")
    of = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=120)
    subject = models.ForeignKey(Return, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    at = models.DateTimeField(default=timezone.now)
    waits_since = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-waits_since"]
        indexes = [models.Index(fields=["of", "state", "waits_since"])]

    def __str__(self) -> str:
        return self.title


class Reply(models.Model):
    """One contribution to a ticket, the question first: by whom, acting for which organisation."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField(max_length=4_000)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    of = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
