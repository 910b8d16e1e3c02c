"""What checking a version found, row by row and rule by rule."""

from __future__ import annotations

from django.db import models

from muster_web.returns.models.journey import Return, Version


class Finding(models.Model):
    """One finding of the library as it was found in one version; only the current version's are shown and counted.

    ``person`` and ``record_id`` are the library's short marks of a record, safe in an address; ``values`` holds the
    items the rule looked at.  ``note`` follows the fingerprint to later versions.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="findings")
    subject = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="findings")
    position = models.PositiveIntegerField()
    rule = models.CharField(max_length=80)
    code = models.CharField(max_length=60)
    severity = models.CharField(max_length=5)
    scope = models.CharField(max_length=9)
    table = models.CharField(max_length=60)
    key = models.BigIntegerField(null=True)
    record = models.TextField()
    person = models.TextField(blank=True)
    record_mark = models.CharField(max_length=32, blank=True)
    person_mark = models.CharField(max_length=32, blank=True)
    values = models.JSONField(default=dict)
    owners = models.JSONField(default=dict)
    also = models.JSONField(default=list)
    message = models.TextField()
    fix = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=24)
    line = models.PositiveIntegerField(null=True)
    file = models.CharField(max_length=255, blank=True)
    provisional = models.BooleanField(default=False)
    asks_source = models.BooleanField(default=False)
    explained = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["version", "position"]),
            models.Index(fields=["version", "rule"]),
            models.Index(fields=["version", "person_mark"]),
            models.Index(fields=["subject", "fingerprint"]),
        ]


class RuleCount(models.Model):
    """How often one rule failed in the current version of a return; lists over many returns are made of these."""

    subject = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="rule_counts")
    rule = models.CharField(max_length=80)
    code = models.CharField(max_length=60)
    severity = models.CharField(max_length=5)
    findings = models.PositiveIntegerField()
    explained = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "rule"], name="one_count_of_a_rule")]
        indexes = [models.Index(fields=["rule", "subject"])]


class MachineRun(models.Model):
    """One piece of background work on a version: when it was asked for, tried and done, so that none is lost."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="runs")
    asked = models.DateTimeField()
    started = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.TextField(blank=True)
    why = models.CharField(max_length=30, default="upload")

    @property
    def is_of_upload(self) -> bool:
        """Whether a new file is checked, for which the return waits, and not the current one under changed rules."""
        return self.why == "upload"
