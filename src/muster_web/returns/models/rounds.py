"""One running of a collection: its year, phase and dates, and what is changed in it while it runs."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from muster_web.accounts.models import Organisation, User


class Round(models.Model):
    """One running of a collection: what schools owe, between which days, in which phase.

    ``collection`` and ``year`` name what the catalogue asks.  A practice round is always open and never counted.
    """

    class Phase(models.TextChoices):
        """What a round is for."""

        PRACTICE = "practice", "Practice"
        SAMPLE = "sample", "Sample"
        DRY_RUN = "dry_run", "Dry run"
        STATUTORY = "statutory", "Statutory"

    collection = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.STATUTORY)
    title = models.CharField(max_length=120)
    opens = models.DateField()
    census_day = models.DateField()
    closes = models.DateField()
    source_level = models.CharField(
        max_length=9, choices=[("school", "Each school"), ("authority", "Each authority")], default="school"
    )
    edits_allowed = models.BooleanField(default=True)
    sign_off = models.BooleanField(default=True)
    two_people = models.BooleanField(default=False)
    legal_basis = models.TextField(blank=True)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collection", "year", "phase"], name="one_round_of_a_phase")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_phase_display().lower()})" if self.is_practice else self.title

    @property
    def is_practice(self) -> bool:
        """Whether nothing in it counts."""
        return self.phase == self.Phase.PRACTICE

    @property
    def is_open(self) -> bool:
        """Whether returns are taken today; practice always is."""
        return self.is_practice or self.opens <= timezone.localdate() <= self.closes


class LocalDeadline(models.Model):
    """The earlier day an authority sets its schools."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="local_deadlines")
    authority = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    set_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "authority"], name="one_local_deadline")]


class RuleChange(models.Model):
    """A rule suspended or turned into a query while a round runs, with the reason everybody is shown."""

    class What(models.TextChoices):
        """What happens to the rule."""

        SUSPENDED = "suspended", "Suspended"
        DOWNGRADED = "downgraded", "Turned into a query"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="rule_changes")
    rule = models.CharField(max_length=80)
    what = models.CharField(max_length=10, choices=What)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    lifted = models.DateTimeField(null=True, blank=True)

    @property
    def means(self) -> str:
        """What the change means for a school, in words."""
        return _MEANS[self.What(self.what)]


_MEANS = {
    RuleChange.What.SUSPENDED: "It is not asked for now: there are no findings of it, and nothing has to be done.",
    RuleChange.What.DOWNGRADED: "Its findings can be explained where they stand; they need not be put right.",
}
