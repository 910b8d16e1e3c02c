"""A file one school sends another: where it went and why, its sealed bytes, and what was done with it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from muster_web.accounts.models import Organisation, User


class Transfer(models.Model):
    """One file from one organisation to another.

    ``addressed`` is the destination as the file's name has it, where that has a successor by now: ``receiver``.  A file
    with neither goes to an unknown school (``lost``) or outside the maintained sector.  ``stored`` and ``sealed_key``
    are '' once the file went under the retention schedule; what proves that it was sent stays.  The authorities are
    those of both sides on the day it was sent, so that lists need not look them up.
    """

    class Kind(models.TextChoices):
        """What a file is."""

        CTF = "CTF", "Common transfer file"
        ATF = "ATF", "Admissions transfer file"
        OTHER = "other", "Other file (encrypted and zipped)"

    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="transfers_sent")
    receiver = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="transfers_received"
    )
    addressed = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sender_authority = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    receiver_authority = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=5, choices=Kind)
    name = models.CharField(max_length=80)
    lost = models.BooleanField(default=False)
    version = models.CharField(max_length=5, blank=True)
    partial = models.BooleanField(default=False)
    pupils = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    stored = models.CharField(max_length=200, blank=True)
    sealed_key = models.TextField(blank=True)
    sent = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    service = models.CharField(max_length=40, blank=True)
    opened = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    acknowledged = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reminders = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "name"], name="one_transfer_of_a_name")]
        indexes = [
            models.Index(fields=["receiver", "-id"], name="transfer_inbox"),
            models.Index(fields=["sender", "-id"], name="transfer_outbox"),
            models.Index(fields=["receiver_authority", "-id"], name="transfer_inflow"),
            models.Index(fields=["sender_authority", "-id"], name="transfer_outflow"),
            # What the table of an authority's schools counts, so that it is read from the index alone.
            models.Index(
                fields=["receiver_authority", "receiver", "sent", "opened", "sender_authority"],
                name="transfer_inflow_by_school",
            ),
            models.Index(
                fields=["sender_authority", "sender", "sent", "receiver_authority"],
                name="transfer_outflow_by_school",
            ),
            models.Index(fields=["receiver", "-id"], condition=Q(opened=None), name="transfer_unopened"),
            models.Index(fields=["sent"], condition=~Q(sealed_key=""), name="transfer_by_age"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_gone(self) -> bool:
        """Whether its bytes went under the retention schedule."""
        return not self.sealed_key

    @property
    def standing(self) -> str:
        """Where it stands, in words."""
        if self.acknowledged:
            return "Acknowledged"
        if self.opened:
            return "Opened"
        if self.receiver_id is None:
            return "Looking for the pupil's school" if self.lost else "For a school that is not here"
        return "Waiting"


class TransferPupil(models.Model):
    """A pupil in a file: a keyed mark of the UPN, by which two files of one pupil are known without saying whose.

    ``identity`` is who it is, sealed with the key of the file; only lost pupils have it, to be searched for.  The
    marks of surname and birth date are keyed as well.
    """

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="pupil_marks")
    position = models.PositiveIntegerField()
    mark = models.CharField(max_length=32, blank=True)
    surname_mark = models.CharField(max_length=32, blank=True)
    born_mark = models.CharField(max_length=32, blank=True)
    identity = models.BinaryField(default=bytes)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transfer", "position"], name="one_pupil_of_a_position")
        ]
        indexes = [
            models.Index(fields=["mark"]),
            models.Index(
                fields=["surname_mark"], condition=~Q(surname_mark=""), name="transfer_lost_by_surname"
            ),
            models.Index(fields=["born_mark"], condition=~Q(born_mark=""), name="transfer_lost_by_birth"),
        ]


class TransferEvent(models.Model):
    """Something that happened to a file, in the past tense: sent, opened, downloaded, imported, acknowledged."""

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="events")
    name = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    service = models.CharField(max_length=40, blank=True)
    acting_for = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="+")
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]

    @property
    def in_words(self) -> str:
        """What happened, as people read it."""
        return self.name.replace("_", " ").capitalize()


class TransferMessage(models.Model):
    """What sender and receiver say to each other about a file."""

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="messages")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    service = models.CharField(max_length=40, blank=True)
    acting_for = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["pk"]
