"""The pupils on a school's roll as the service holds them, and what was decided about each pupil of a file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from muster_web.accounts.models import Organisation, User
from muster_web.transfers.models.files import Transfer


class Pupil(models.Model):
    """A pupil on the roll of a school, or one who left it.

    ``held`` is everything the service holds of the pupil, item by item, as a transfer file says it; the columns are
    what lists are searched and sorted by, and keyed marks by which files of the same pupil are found.  ``chased``
    counts the letters about a file that did not come.  ``came_from`` says where the last change came from:
    ``return:12``, ``transfer:7`` or ``keyed``.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="pupils")
    upn = models.CharField(max_length=13, blank=True)
    uln = models.CharField(max_length=10, blank=True)
    surname = models.CharField(max_length=100)
    forename = models.CharField(max_length=100)
    born = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    mark = models.CharField(max_length=32, blank=True)
    former_mark = models.CharField(max_length=32, blank=True)
    surname_mark = models.CharField(max_length=32, blank=True)
    born_mark = models.CharField(max_length=32, blank=True)
    joined = models.DateField(null=True, blank=True)
    left = models.DateField(null=True, blank=True)
    held = models.JSONField(default=dict)
    came_from = models.CharField(max_length=40, blank=True)
    changed = models.DateTimeField(default=timezone.now)
    chased = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "upn"]),
            models.Index(fields=["organisation", "surname", "forename"]),
            models.Index(fields=["mark"]),
            models.Index(fields=["former_mark"], condition=~Q(former_mark=""), name="pupil_by_former_upn"),
            models.Index(fields=["born_mark", "surname_mark"]),
            models.Index(fields=["left"], condition=Q(left__isnull=False), name="pupil_left"),
        ]

    def __str__(self) -> str:
        return f"{self.forename} {self.surname}"


class Decision(models.Model):
    """What a school did with one pupil of a file: whom it is on roll, and which items were taken over.

    ``pupil`` is None where the pupil was left out.  ``taken`` names the items that were taken over, never their
    values, and ``records`` the places of the records, such as contacts and assessments.
    """

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="decisions")
    position = models.PositiveIntegerField()
    pupil = models.ForeignKey(Pupil, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    taken = models.JSONField(default=list)
    records = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transfer", "position"], name="one_decision_of_a_pupil")
        ]


class Search(models.Model):
    """Somebody's search for a pupil, with the reason they gave; whom they looked for is kept as a keyed mark alone."""

    class Kind(models.TextChoices):
        """What was searched."""

        LOST = "lost", "Lost pupils"
        LOOK_UP = "look_up", "Prior attainment"
        CHILD = "child", "A UPN there is already"

    kind = models.CharField(max_length=8, choices=Kind)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=300)
    mark = models.CharField(max_length=32)
    found = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="searches_of")]
