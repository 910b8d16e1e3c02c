"""A figure computed from returns, with all it takes to compute it again and to follow it to the records."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from muster_web.accounts.models import User
from muster_web.performance.models.quarters import Quarter


class Figure(models.Model):
    """One figure as it was computed once for a quarter; another computation makes another row, and the last counts.

    ``numerator`` and ``denominator`` are exact sums, as text.  ``made_by`` is the program, the catalogue and the
    query; ``parts`` has what each return adds: its number and name, ``return`` and ``version`` here with the SHA-256 of
    the data, the changes made on screen that were laid over it, and its two sums; of a figure made from several sources
    also ``of``, the figure of that return it rests on, and ``year``.  ``coverage`` says what is missing.
    """

    quarter = models.ForeignKey(Quarter, on_delete=models.CASCADE, related_name="figures")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    says = models.TextField(blank=True)
    unit = models.CharField(max_length=40, blank=True)
    value = models.CharField(max_length=40, blank=True)
    numerator = models.CharField(max_length=60)
    denominator = models.CharField(max_length=60, blank=True)
    parts = models.JSONField(default=list)
    made_by = models.JSONField(default=dict)
    coverage = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["quarter", "name", "-id"], name="performance_last_figure")]

    def __str__(self) -> str:
        return self.title

    @property
    def counts_people(self) -> bool:
        """Whether its sums are of people, so that small ones say something about single people."""
        return bool(self.made_by.get("of_people", self.made_by["engine"] != "service"))

    @property
    def is_of_records(self) -> bool:
        """Whether records of returns lie behind it, and not what happened to returns."""
        return bool(self.made_by["engine"] != "service")
