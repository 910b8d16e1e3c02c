"""What several parties to a return look at together: cases across schools, letters to schools, threads read."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from muster_web.accounts.models import Organisation, User
from muster_web.returns.models.journey import Return
from muster_web.returns.models.rounds import Round


class Comparison(models.Model):
    """When the returns an authority checks were last compared, and of which state of them.

    ``state`` is a checksum over the data of the returns; a comparison is due where it is no longer that.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="comparisons")
    authority = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=64, blank=True)
    asked = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True, blank=True)
    returns = models.PositiveIntegerField(default=0)
    not_read = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "authority"], name="one_comparison_of_an_authority")
        ]


class Case(models.Model):
    """Records of several schools that cannot all be right: both schools and their authority see it and settle it.

    ``mark`` is a checksum of what the records share, by which the next comparison finds the case again.
    """

    class State(models.TextChoices):
        """Where a case stands."""

        OPEN = "open", "Open"
        AGREED = "agreed", "Agreed by the schools"
        DECIDED = "decided", "Decided by the authority"
        GONE = "gone", "No longer there"

    class Outcome(models.TextChoices):
        """What is said to be so."""

        ALL_RIGHT = "all_right", "Every return is right as it is"
        CORRECT = "correct", "One return has to be corrected"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="cases")
    authority = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="cases")
    mark = models.CharField(max_length=32)
    shared = models.JSONField(default=dict)
    doubts = models.JSONField(default=list)
    opened = models.DateTimeField(default=timezone.now)
    due = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    at_fault = models.ForeignKey(Return, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(blank=True)
    proposed_by = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    settled = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "authority", "mark"], name="one_case_of_a_mark")
        ]
        indexes = [models.Index(fields=["round", "authority", "state"])]

    def __str__(self) -> str:
        return f"Case {self.pk}"


class CaseSide(models.Model):
    """One return in a case, with the records in question as it has them, and whether its school agrees."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="sides")
    subject = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="case_sides")
    records = models.JSONField(default=list)
    agrees = models.BooleanField(null=True)
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "subject"], name="one_side_of_a_return")]


class Chase(models.Model):
    """A letter an authority wrote to some of its schools about their returns."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="chases")
    authority = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=150)
    text = models.TextField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class ChaseLetter(models.Model):
    """The letter of a chase to one school: to how many addresses, and when it left; or why none was written."""

    chase = models.ForeignKey(Chase, on_delete=models.CASCADE, related_name="letters")
    subject = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="+")
    skipped = models.CharField(max_length=200, blank=True)
    addresses = models.PositiveSmallIntegerField(default=0)
    sent = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chase", "subject"], name="one_letter_to_a_school")]


class ThreadRead(models.Model):
    """Up to which message somebody has read the thread of a return."""

    subject = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    up_to = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "by"], name="one_place_in_a_thread")]
