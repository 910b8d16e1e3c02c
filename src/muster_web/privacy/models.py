"""What is kept about privacy itself: unmaskings, agreements, notices and who was told, holds and certificates."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from muster_web.accounts.models import Organisation, User
from muster_web.returns.models import Return, Round


class Unmasking(models.Model):
    """Somebody's stated reason to see the hidden items of one record for a while; '' stands for the whole return."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    subject = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="unmaskings")
    record_mark = models.CharField(max_length=32, blank=True)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "subject", "until"])]


class Agreement(models.Model):
    """An information-sharing agreement: who gives whose data to whom, which, why, and when it is looked at again.

    ``collection`` '' means every collection.
    """

    giver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements_given")
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements_received")
    collection = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    items = models.TextField()
    purpose = models.TextField()
    starts = models.DateField()
    review_by = models.DateField()
    ended = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    @staticmethod
    def in_force(on: date | None = None) -> Q:
        """The filter for agreements that allow sharing on a day: begun, not ended, and not overdue for review."""
        day = on or timezone.localdate()
        return Q(starts__lte=day, review_by__gte=day) & (Q(ended__isnull=True) | Q(ended__gt=day))

    @property
    def stands(self) -> bool:
        """Whether it allows sharing today."""
        today = timezone.localdate()
        return self.starts <= today <= self.review_by and (self.ended is None or self.ended > today)


class Notice(models.Model):
    """A privacy notice for one audience; a changed text is a new version."""

    class Audience(models.TextChoices):
        """Who is told."""

        STAFF = "staff", "Staff"
        PUPILS = "pupils", "Pupils"
        PARENTS = "parents", "Parents and carers"
        LOOKED_AFTER = "looked_after", "Looked-after children"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="notices")
    audience = models.CharField(max_length=12, choices=Audience)
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "audience", "version"], name="one_version_of_a_notice"
            )
        ]
        ordering = ["audience", "-version"]


class Told(models.Model):
    """That a group of people was given a notice on a day; the group is named, never its people."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="tellings")
    group = models.CharField(max_length=100)
    on = models.DateField()
    how = models.CharField(max_length=200)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-on"]


class Hold(models.Model):
    """Nothing of an organisation or a round is deleted while it is held, for a legal claim or an inspection."""

    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    round = models.ForeignKey(Round, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300)
    starts = models.DateField(default=date.today)
    ended = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(round__isnull=False),
                name="a_hold_is_of_something",
            )
        ]


class Certificate(models.Model):
    """What was deleted under the schedule, without any of it: counts, file checksums, and a hash over the whole."""

    at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=120)
    on = models.DateField()
    lines = models.JSONField()
    files = models.JSONField()
    sha256 = models.CharField(max_length=64)


class Export(models.Model):
    """A zip of many returns that somebody asked for: made by a worker, taken away by the one who asked, then deleted.

    ``left_out`` says of which returns nothing could be put in, and why.
    """

    class What(models.TextChoices):
        """What of each return goes into the zip."""

        ORIGINAL = "original", "The files as they came"
        CORRECTED = "corrected", "XML with the changes made on screen"
        TABLES = "tables", "Tables (CSV)"
        FINDINGS = "findings", "Findings (workbooks)"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    what = models.CharField(max_length=9, choices=What)
    returns = models.JSONField(default=list)
    done = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=list)
    started = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    stored = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    deleted = models.DateTimeField(null=True, blank=True)
