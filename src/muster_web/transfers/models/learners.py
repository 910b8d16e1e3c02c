"""Batches in which a school asked for learner numbers, and what came back for each pupil."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from muster_web.accounts.models import Organisation, User
from muster_web.transfers.models.roll import Pupil


class LearnerBatch(models.Model):
    """One batch to the Learning Records Service: sealed as it went, with the reference it was given.

    ``stored`` and ``sealed_key`` are '' once it went under the retention schedule.
    ``service`` names the adapter it went through; '' is by hand: somebody took the file there and brings the answer.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="learner_batches")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    service = models.CharField(max_length=20, blank=True)
    reference = models.CharField(max_length=64, blank=True)
    stored = models.CharField(max_length=200)
    sealed_key = models.TextField()
    answered = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    @property
    def name(self) -> str:
        """What the file is called."""
        return f"{self.organisation.la_code}{self.organisation.estab}_ULN_{self.pk:06d}.csv"


class LearnerRequest(models.Model):
    """One pupil in a batch: what came back, and whether the pupil was told and the MIS has the number."""

    class State(models.TextChoices):
        """Where a request stands."""

        SENT = "sent", "Sent"
        GIVEN = "given", "Number given"
        SAME = "same", "The number there was"
        DIFFERS = "differs", "Another number than ours"
        WRONG = "wrong", "A number that can be none"
        NONE = "none", "No number"

    batch = models.ForeignKey(LearnerBatch, on_delete=models.CASCADE, related_name="requests")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="learner_requests")
    state = models.CharField(max_length=8, choices=State, default=State.SENT)
    code = models.CharField(max_length=20, blank=True)
    uln = models.CharField(max_length=10, blank=True)
    told = models.DateField(null=True, blank=True)
    told_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    in_mis = models.DateField(null=True, blank=True)
    in_mis_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "pupil"], name="one_request_of_a_pupil")]
        indexes = [models.Index(fields=["pupil"], condition=Q(state="sent"), name="learner_still_asked_for")]
