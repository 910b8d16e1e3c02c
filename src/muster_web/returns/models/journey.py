"""A return, the events it went through, the versions of its data, and the proof of what was sent."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from muster.submit import State
from muster_web.accounts.models import Organisation, User
from muster_web.returns.models.rounds import Round

STATES = [(state.value, state.in_words) for state in State]


class Return(models.Model):
    """What one organisation owes in one round.

    ``state`` is what the events add up to; it is written with each event so that lists can be filtered by it, and a
    test holds it to ``state_after`` of the events.  ``current`` is the version last read well: the one everybody sees.
    ``official`` is the version that was authorised; it stays when the return is reopened.
    ``revision`` grows whenever the data change, by a file or on screen, so that a signature is of one state of them.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="returns")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="returns")
    agent = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="returns_checked"
    )
    state = models.CharField(max_length=24, choices=STATES, default=State.EXPECTED)
    before_queue = models.CharField(max_length=24, choices=STATES, default=State.EXPECTED)
    current = models.ForeignKey("Version", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    official = models.ForeignKey(
        "Version", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0)
    to_fix = models.PositiveIntegerField(default=0)
    to_explain = models.PositiveIntegerField(default=0)
    explained = models.PositiveIntegerField(default=0)
    last_event = models.DateTimeField(default=timezone.now)
    reopened_until = models.DateField(null=True, blank=True)
    opened_by_agent = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "organisation"], name="one_return_owed")]
        indexes = [models.Index(fields=["round", "state"]), models.Index(fields=["agent", "round"])]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.round}"


class Event(models.Model):
    """Something that happened to a return, in the past tense; the state follows from these."""

    subject = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="events")
    name = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    service = models.CharField(max_length=60, blank=True)
    acting_for = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    comment = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]


class Upload(models.Model):
    """What somebody sent in one go: a file or a zip with many; the bytes are kept as they came.

    ``passed`` holds what the sender's program added for itself; it is given back as it came.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="uploads")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="uploads")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    service = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    stored = models.CharField(max_length=200)
    idempotency_key = models.CharField(max_length=100, blank=True, db_index=True)
    passed = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default="received")
    refused = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "idempotency_key"],
                condition=~models.Q(idempotency_key=""),
                name="one_upload_of_an_idempotency_key",
            )
        ]


class Version(models.Model):
    """One state of the data of a return: a file as it came, or the same file with edits made on screen.

    ``refusal`` says why a file could not be read.  ``fixed``, ``still`` and ``new`` compare with the version before.
    """

    class Outcome(models.TextChoices):
        """What became of a version."""

        WAITING = "waiting", "Waiting to be checked"
        CHECKED = "checked", "Checked"
        REFUSED = "refused", "Refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="versions")
    upload = models.ForeignKey(Upload, null=True, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    stored = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITING)
    refusal = models.TextField(blank=True)
    rules = models.JSONField(default=dict)
    causes = models.JSONField(default=list)
    records = models.PositiveIntegerField(default=0)
    fixed = models.PositiveIntegerField(default=0)
    still = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "number"], name="one_version_of_a_number")]
        ordering = ["number"]


class Sign(models.Model):
    """The head's signature under the summary of one version."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="signatures")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField()
    withdrawn = models.DateTimeField(null=True, blank=True)


class Receipt(models.Model):
    """Proof of what was sent: which return, when, which bytes and counts; anybody with the file can verify it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="receipts")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    sha256 = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)
    signature = models.CharField(max_length=128)
