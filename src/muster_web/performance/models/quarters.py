"""A quarter of a plan: the lines its owners write, its texts, its signature, and the issues of its report."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone

from muster.performance import Period
from muster_web.accounts.models import User
from muster_web.performance.models.plans import LIGHTS, Indicator, Piece, Plan, Treatment

LOST_AFTER = timedelta(minutes=15)


class Quarter(models.Model):
    """One quarter of a plan that is or was reported on.

    ``signed_state`` is a checksum over what was signed: a line written afterwards makes the signature void.
    ``published`` is when the last issue of its report was, None while it is open, at first or to be corrected;
    ``correcting`` is why it is open again.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="quarters")
    part = models.PositiveSmallIntegerField()
    opened = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    comments_by = models.DateField(null=True, blank=True)
    figures_asked = models.DateTimeField(null=True, blank=True)
    figures_ended = models.DateTimeField(null=True, blank=True)
    figures_fault = models.TextField(blank=True)
    signed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    signed_as = models.CharField(max_length=120, blank=True)
    signed = models.DateTimeField(null=True, blank=True)
    signed_state = models.CharField(max_length=64, blank=True)
    published = models.DateTimeField(null=True, blank=True)
    correcting = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "part"], name="one_quarter_of_a_plan")]
        ordering = ["-plan__year", "-part"]

    def __str__(self) -> str:
        return f"{self.plan.service}, {self.period}"

    @property
    def period(self) -> Period:
        """Its period: a quarter of the plan's financial year."""
        return Period(self.plan.year, "quarter", self.part)

    @property
    def label(self) -> str:
        """Its period as values and snapshots name it: ``2026/27 Q3``."""
        return f"{self.plan.in_words} Q{self.part}"

    @property
    def being_computed(self) -> bool:
        """Whether its figures were asked for and are not there yet; after a while their worker is taken for lost."""
        if self.figures_asked is None or self.figures_ended is not None:
            return False
        return timezone.now() - self.figures_asked < LOST_AFTER


class Issue(models.Model):
    """One issue of a quarter's report; a later one corrects it and leaves it as it is.

    ``snapshot`` is everything the report is made from, as JSON; the report is made from it alone, every time.
    ``reason`` is why it replaces the one before; ``confirmed`` are the defects somebody looked at and said are none.
    """

    quarter = models.ForeignKey(Quarter, on_delete=models.PROTECT, related_name="issues")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    snapshot = models.TextField()
    sha256 = models.CharField(max_length=64)
    confirmed = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    readers = models.ManyToManyField(User, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["quarter", "number"], name="one_issue_of_a_number")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.quarter}, issue {self.number}"


class Line(models.Model):
    """What an owner says in a quarter of one indicator, milestone or treatment.

    ``set_light`` stands against the light of the rule and needs ``set_reason``.  ``done_on`` and ``says`` are of
    milestones, ``light`` is of treatments; ``source`` and what follows is the record of an indicator's quality.
    ``service`` is the machine that wrote it last, '' where a person did; ``edition`` counts how often it was written.
    """

    quarter = models.ForeignKey(Quarter, on_delete=models.CASCADE, related_name="lines")
    indicator = models.ForeignKey(
        Indicator, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    piece = models.ForeignKey(Piece, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    treatment = models.ForeignKey(
        Treatment, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    owner = models.CharField(max_length=120, blank=True)
    comment = models.TextField(max_length=2_000, blank=True)
    set_light = models.CharField(max_length=5, choices=LIGHTS, blank=True)
    set_reason = models.CharField(max_length=300, blank=True)
    cannot_be_reported = models.CharField(max_length=300, blank=True)
    done_on = models.DateField(null=True, blank=True)
    says = models.CharField(max_length=5, choices=[("amber", "It may be late")], blank=True)
    light = models.CharField(max_length=5, choices=LIGHTS[:3], blank=True)
    source = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=300, blank=True)
    checked_by = models.CharField(max_length=120, blank=True)
    estimated = models.BooleanField(default=False)
    third_party = models.BooleanField(default=False)
    concern = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    service = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(null=True, blank=True)
    edition = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quarter", "indicator"], name="one_line_of_an_indicator"),
            models.UniqueConstraint(fields=["quarter", "piece"], name="one_line_of_a_milestone"),
            models.UniqueConstraint(fields=["quarter", "treatment"], name="one_line_of_a_treatment"),
        ]
        ordering = ["pk"]

    @property
    def subject(self) -> Indicator | Piece | Treatment:
        """What it is about."""
        found = self.indicator or self.piece or self.treatment
        assert found is not None, "a line is about something"
        return found


class Narrative(models.Model):
    """A text of a quarter's report: a key development, an emerging issue, or a section that is left out for now."""

    class Kind(models.TextChoices):
        """Where in the report it stands."""

        DEVELOPMENT = "development", "Key development"
        ISSUE = "issue", "Emerging issue"
        WITHHELD = "withheld", "Left out for now"

    quarter = models.ForeignKey(Quarter, on_delete=models.CASCADE, related_name="narratives")
    kind = models.CharField(max_length=11, choices=Kind)
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=5_000)
    expected = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
