"""What people say of findings and what they change on screen."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from muster_web.accounts.models import Organisation, User
from muster_web.returns.models.journey import Return, Version


class Notes(models.Manager["Note"]):
    """The notes there are."""

    def that_count(self) -> models.QuerySet[Note]:
        """The explanations of findings, except those that were questioned and not written anew since."""
        return self.filter(level=Note.Level.FINDING).exclude(accepted=False)


class Note(models.Model):
    """An explanation of a finding, a record or a whole return; it belongs to the fingerprint, so no upload loses it.

    ``version`` is the one it was written on; where the current one is later, the note was carried, and ``confirmed``
    says on which version somebody last said that it still holds.
    """

    class Level(models.TextChoices):
        """What a note is about."""

        FINDING = "finding", "Finding"
        RECORD = "record", "Record"
        RETURN = "return", "Return"

    subject = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="notes")
    level = models.CharField(max_length=7, choices=Level, default=Level.FINDING)
    fingerprint = models.CharField(max_length=32, blank=True)
    rule = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    service = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(default=timezone.now)
    version = models.ForeignKey(Version, null=True, on_delete=models.SET_NULL, related_name="+")
    confirmed = models.ForeignKey(Version, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    accepted = models.BooleanField(null=True)
    accepted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = Notes()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "level", "fingerprint"], name="one_note_of_a_finding")
        ]


class Message(models.Model):
    """One contribution to the thread of a note or a return, by whichever party to it."""

    subject = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="messages")
    note = models.ForeignKey(Note, null=True, blank=True, on_delete=models.CASCADE, related_name="messages")
    text = models.TextField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    service = models.CharField(max_length=60, blank=True)
    acting_for = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class Edit(models.Model):
    """One value changed on screen, laid over the file; it stays to be put right in the school's own system.

    ``identity`` is the library's name of the record, by which it is found again in the next file.
    """

    class State(models.TextChoices):
        """What became of a change."""

        OPEN = "open", "To put right in your system"
        PUT_RIGHT = "put_right", "Put right"
        DIFFERS = "differs", "Your system says something else"
        GONE = "gone", "The record is no longer there"
        UNDONE = "undone", "Taken back"

    subject = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="edits")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="edits")
    table = models.CharField(max_length=60)
    identity = models.CharField(max_length=32)
    record = models.TextField()
    item = models.CharField(max_length=60)
    was = models.TextField(null=True)
    value = models.TextField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    acting_for = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    settled = models.DateTimeField(null=True, blank=True)
    for_provider = models.BooleanField(default=False)
    answer = models.CharField(max_length=8, blank=True)
    answer_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["subject", "state"])]
