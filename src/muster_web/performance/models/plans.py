"""A plan of a service: its tree, its indicators with their values, its risks, and who holds which office in it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone

from muster_web.accounts.models import Organisation, User

KINDS = [(one, one.capitalize()) for one in ("actual", "forecast", "target", "baseline", "provisional")]
LIGHTS = [("green", "Met"), ("amber", "Nearly met"), ("red", "Not met"), ("grey", "Cannot be reported")]


class Plan(models.Model):
    """The plan of one service of an authority for one financial year, which begins in ``year``.

    ``files`` are those it was read from, ``remarks`` what was odd in them: file, line, column and text.
    ``tolerance`` is that of the lights, per cent; without one there are two lights.
    """

    authority = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="plans")
    service = models.CharField(max_length=120)
    directorate = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    tolerance = models.PositiveSmallIntegerField(null=True, blank=True)
    remarks = models.JSONField(default=list)
    files = models.JSONField(default=list)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "service", "year"], name="one_plan_of_a_year")
        ]
        ordering = ["-year", "service"]

    def __str__(self) -> str:
        return f"{self.service}, {self.in_words}"

    @property
    def ends(self) -> date:
        """The last day of its year."""
        return date(self.year + 1, 3, 31)

    @property
    def in_words(self) -> str:
        """The year as a plan writes it: 2026/27."""
        return f"{self.year}/{(self.year + 1) % 100:02}"


class Piece(models.Model):
    """One piece of a plan's tree, in the order of the plan; ``owner`` is an office, not a person.

    One with a day is a milestone; ``due`` is what was written, ``due_on`` the day it says.  ``links`` are of the kind
    ``{"relation": "depends on", "to": "5.1.2"}``; ``line`` is that of the file.  ``edition`` counts how often it was
    changed here, so that nobody writes over what they have not seen.  What is no longer pursued is closed, with why.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="pieces")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="below")
    position = models.PositiveIntegerField()
    ref = models.CharField(max_length=40)
    level = models.CharField(max_length=9)
    title = models.TextField()
    owner = models.CharField(max_length=120, blank=True)
    due = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    details = models.JSONField(default=list)
    links = models.JSONField(default=list)
    line = models.PositiveIntegerField(default=0)
    edition = models.PositiveIntegerField(default=1)
    closed_on = models.DateField(null=True, blank=True)
    closed_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class PieceChange(models.Model):
    """What was changed of a piece on screen, and by whom; rows are only added.

    ``edition`` is that of the piece from then on; ``said`` has for each field what it was and what it became:
    ``{"field": "owner", "before": "Director", "after": "Head of people"}``.
    """

    class What(models.TextChoices):
        """Which kind of change it was."""

        ADDED = "added", "Added"
        CHANGED = "changed", "Changed"
        MOVED = "moved", "Moved"
        CLOSED = "closed", "Closed"
        REOPENED = "reopened", "Opened again"

    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="changes")
    edition = models.PositiveIntegerField()
    what = models.CharField(max_length=8, choices=What)
    said = models.JSONField(default=list)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["piece", "edition"], name="one_change_of_an_edition")]
        ordering = ["-pk"]


class Indicator(models.Model):
    """One indicator of a plan: its families, which values are better, and which figure of the returns it is.

    ``figure`` names a figure that is computed here (``school_workforce.teacher_turnover``); '' where people type the
    values.  ``ended`` is why it is no longer kept.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="indicators")
    position = models.PositiveIntegerField()
    ref = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    families = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    better = models.CharField(
        max_length=6, blank=True,
        choices=[("higher", "Higher"), ("lower", "Lower"), ("equal", "Equal to the target"), ("band", "Within a band")],
    )  # fmt: skip
    band_from = models.CharField(max_length=20, blank=True)
    band_to = models.CharField(max_length=20, blank=True)
    adding = models.CharField(
        max_length=6, default="latest", choices=[("latest", "The latest counts"), ("sum", "Quarters add up")]
    )
    key = models.BooleanField(default=False)
    owner = models.CharField(max_length=120, blank=True)
    figure = models.CharField(max_length=120, blank=True)
    ended = models.CharField(max_length=300, blank=True)
    line = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "ref"], name="one_indicator_of_a_ref")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class Amount(models.Model):
    """A value of an indicator as it was typed: of which kind, for ``2026/27`` or ``2026/27 Q3``.

    ``n/a`` is a value with its reason in ``note``; ``break_note`` says why the series breaks at it.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="amounts")
    kind = models.CharField(max_length=11, choices=KINDS)
    period = models.CharField(max_length=12)
    text = models.CharField(max_length=60)
    note = models.CharField(max_length=300, blank=True)
    break_note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "kind", "period"], name="one_amount_of_a_period")
        ]
        ordering = ["period", "kind"]


class Treatment(models.Model):
    """A high risk that is treated, or a high-priority equality action; reported on in quarters 2 and 4."""

    class Kind(models.TextChoices):
        """Which of the two it is."""

        RISK = "risk", "Risk"
        ACTION = "action", "Equality action"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="treatments")
    kind = models.CharField(max_length=6, choices=Kind)
    ref = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300)
    due = models.CharField(max_length=60, blank=True)
    owner = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]


class Holder(models.Model):
    """Who holds an office of an authority today, such as Head of people; lines of a plan are owned by offices."""

    authority = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    office = models.CharField(max_length=120)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "office"], name="one_holder_of_an_office")
        ]
        ordering = ["office"]
