"""The parts a return is built from here: files from the school and its payroll provider, what was keyed and decided."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from muster_web.accounts.models import Organisation, User
from muster_web.returns.models.journey import Return, Version


class Part(models.Model):
    """One file that came for building a return; a newer one of the same name and sender takes its place."""

    class Kind(models.TextChoices):
        """Which system the file is from."""

        MIS = "mis", "Export of the school's system (MIS)"
        PAYROLL = "payroll", "Payroll extract"

    subject = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=8, choices=Kind)
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    stored = models.CharField(max_length=200)
    replaced = models.DateTimeField(null=True, blank=True)


class KeyedValue(models.Model):
    """One value keyed because no file has it; asked for once, kept for every later build."""

    subject = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="keyed_values")
    key = models.TextField()
    table = models.CharField(max_length=60)
    target = models.CharField(max_length=200, blank=True)
    item = models.CharField(max_length=60)
    value = models.TextField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "key", "table", "target", "item"], name="one_keyed_value_of_an_item"
            )
        ]


class MatchDecision(models.Model):
    """Whether two records of different files are one person, as somebody at the school said."""

    subject = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="match_decisions")
    left = models.TextField()
    right = models.TextField()
    same = models.BooleanField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class Build(models.Model):
    """What building a return gave: how much came by itself, what is open, and where each value came from.

    ``version`` is the file made of it, once it was taken as the return.
    """

    subject = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="builds")
    version = models.OneToOneField(
        Version, null=True, blank=True, on_delete=models.SET_NULL, related_name="build"
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    coverage = models.JSONField(default=list)
    to_key = models.JSONField(default=list)
    proposals = models.JSONField(default=list)
    conflicts = models.JSONField(default=list)
    told = models.JSONField(default=list)
    shared = models.JSONField(default=list)
    came = models.JSONField(default=dict)
