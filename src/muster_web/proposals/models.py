"""A proposed change of the dictionary, and the steps it went through."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from muster_web.accounts.models import Organisation, User


class Proposal(models.Model):
    """What somebody wants changed in a collection, and how far that has got.

    ``about`` names the entry it is about, as the dictionary does (``members.sex``, ``4400``), or is '' for something
    new.  ``state`` follows from the steps; ``year`` is the collection year in which a released change is in force.
    """

    class State(models.TextChoices):
        """How far a proposal has got."""

        PROPOSED = "proposed", "Proposed"
        CONSULTED = "consulted", "Being consulted on"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"
        RELEASED = "released", "Released"
        WITHDRAWN = "withdrawn", "Withdrawn"

    collection = models.CharField(max_length=40)
    about = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=120)
    text = models.TextField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)
    until = models.DateField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    made = models.DateTimeField(default=timezone.now)
    moved = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-moved", "-pk"]
        indexes = [models.Index(fields=["collection", "about"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether people may still speak on it."""
        return self.state in (self.State.PROPOSED, self.State.CONSULTED)


class Step(models.Model):
    """One thing that happened to a proposal, in the past tense, with what was said.

    The pages name the organisation and never the person; who it was is in the audit.
    """

    class Name(models.TextChoices):
        """What happened."""

        PROPOSED = "proposed", "Proposed"
        COMMENTED = "commented", "Commented"
        CONSULTED = "consulted", "Put out to consultation"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"
        RELEASED = "released", "Released"
        WITHDRAWN = "withdrawn", "Withdrawn"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=9, choices=Name)
    text = models.TextField(blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
