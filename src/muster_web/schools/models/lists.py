"""Lists in the file of a school, each entry with the file and row it came from: who governs it, and its buildings."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from muster_web.accounts.models import Organisation


class Listed(models.Model):
    """What every entry of a list has: whose it is, and where it came from; ``of`` is who sent it, None for the service.

    ``dataset`` names the kind of file.
    """

    dataset = models.CharField(max_length=60)
    source = models.CharField(max_length=255)
    row = models.PositiveIntegerField()
    of = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class Governor(Listed):
    """Somebody who governs a school or answers for something in it, from when until when.

    ``public`` says that everybody signed in may read the name and the role.  How somebody is reached is for the school
    and its authority, and goes when the time in office has ended.
    """

    school = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="governors")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=80)
    appointed_by = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    public = models.BooleanField(default=False)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["role", "name"]
        indexes = [models.Index(fields=["until"])]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"  # no name: this may stand in a log


class Building(Listed):
    """The condition of one element of a block of a school, as it was surveyed on a day."""

    class Condition(models.TextChoices):
        """The grades of a survey."""

        GOOD = "A", "A: good"
        SATISFACTORY = "B", "B: satisfactory"
        POOR = "C", "C: poor"
        BAD = "D", "D: bad"

    school = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="buildings")
    block = models.CharField(max_length=80)
    element = models.CharField(max_length=80)
    condition = models.CharField(max_length=1, choices=Condition)
    surveyed = models.DateField()
    built = models.CharField(max_length=40, blank=True)
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-surveyed", "block", "element"]

    def __str__(self) -> str:
        return f"{self.block}, {self.element}"
