"""Figures in the file of a school, published or returned, and by what schools are compared."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from muster_web.accounts.models import Organisation
from muster_web.returns.models import Return, Version


class Loading(models.Model):
    """One published file that was taken in: which, when, and how much of it."""

    dataset = models.CharField(max_length=60)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=timezone.now)
    records = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Figures(models.Model):
    """What one published file says of one school or authority in one period.

    ``values`` maps an item to [number, as printed, why missing]; ``row`` is the row of the file, so that a figure can
    be followed to where it came from.  A later file of the same kind and period stands beside the earlier one.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="figures")
    loading = models.ForeignKey(Loading, on_delete=models.PROTECT, related_name="figures")
    dataset = models.CharField(max_length=60)
    period = models.CharField(max_length=40)
    row = models.PositiveIntegerField()
    values = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "dataset", "period", "loading"], name="figures_of_a_file_once"
            )
        ]


class ReturnedFigures(models.Model):
    """What an authorised return says of its school, counted and with small numbers hidden, and what was counted.

    ``figures`` holds the fields of the library's ``FileFigure``, one list for each.  ``code`` is the version of Muster
    that counted.  It stands while the return is put right, and goes when the return is withdrawn.
    """

    subject = models.OneToOneField(Return, on_delete=models.CASCADE, related_name="file_figures")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    authorised = models.DateTimeField()
    counted = models.DateTimeField(default=timezone.now)
    code = models.CharField(max_length=40)
    figures = models.JSONField()

    def __str__(self) -> str:
        return f"{self.subject}, version {self.version.number}"


class Neighbour(models.Model):
    """An authority that is like another by its children and families; ``place`` 1 is the most like."""

    authority = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="neighbours")
    other = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    closeness = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "place"], name="one_neighbour_in_a_place")
        ]
        ordering = ["place"]


class Size(models.Model):
    """How many pupils a school has by what was last published of it: what schools are ranked by to find those like one.

    It says nothing that ``Figures`` does not; it stands here so that a page need not read the figures of a country.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="size"
    )
    pupils = models.FloatField()
