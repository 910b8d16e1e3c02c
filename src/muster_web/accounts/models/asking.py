"""What is asked for and answered: invitations, requests, claims of the approver role, and reviews."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.utils import timezone

from muster_web.accounts.models.organisations import Organisation
from muster_web.accounts.models.people import Access, Grant, User
from muster_web.accounts.roles import Role

ROLES = [(role.value, role.in_words) for role in Role]


class Invitation(models.Model):
    """A link sent to somebody who is to join an organisation; only the hash of its secret is kept.

    ``roles`` is what they will hold once they accept: a list of ``[role, collection]``.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    roles = models.JSONField(default=list)
    ends = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    sent = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    given_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    accepted = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)

    @property
    def is_open(self) -> bool:
        """Whether the link can still be used."""
        return not self.accepted and not self.withdrawn and self.expires > timezone.now()


class AccessRequest(models.Model):
    """Something asked of an organisation: to join it, a role in it, a collection, or access to its returns.

    ``by_organisation`` is set where an organisation asks for access to another's returns, at ``level``.
    """

    class What(models.TextChoices):
        """What is asked for."""

        JOIN = "join", "To join the organisation"
        ROLE = "role", "A role"
        ACCESS = "access", "Access to the returns, for another organisation"

    class Answer(models.TextChoices):
        """What became of it."""

        OPEN = "open", "Waiting"
        GRANTED = "granted", "Granted"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    what = models.CharField(max_length=8, choices=What)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="requests")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="requests")
    by_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="requests_made"
    )
    role = models.CharField(max_length=12, choices=ROLES, blank=True)
    level = models.CharField(max_length=10, choices=Access.Level, blank=True)
    collection = models.CharField(max_length=40, blank=True)
    until = models.DateField(null=True, blank=True)
    purpose = models.CharField(max_length=500)
    asked = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.OPEN)
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answer_reason = models.CharField(max_length=500, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["organisation", "answer"])]

    @property
    def days_waiting(self) -> int:
        """How many days it has waited, or waited until it was answered."""
        return ((self.answered or timezone.now()) - self.asked).days


class Claim(models.Model):
    """A member's claim of the approver role in an organisation that has no approver.

    The role begins when the days for objecting are over, or at once when the authority or department confirms it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="claims")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="claims")
    grant = models.OneToOneField(Grant, on_delete=models.CASCADE, related_name="claim")
    claimed = models.DateTimeField(default=timezone.now)
    confirmed = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    objected = models.DateTimeField(null=True, blank=True)
    objected_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    objection = models.CharField(max_length=500, blank=True)

    @property
    def last_day(self) -> date:
        """The last day on which an objection counts."""
        return self.grant.starts - timedelta(days=1)

    @property
    def may_be_objected(self) -> bool:
        """Whether its days for objecting are still running."""
        return not self.confirmed and not self.objected and timezone.localdate() < self.grant.starts


class Review(models.Model):
    """An approver's look, once a term, at everybody who can get in; ``signature`` vouches for its lines."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="reviews")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    signature = models.CharField(max_length=100)


class ReviewLine(models.Model):
    """What a review decided of one role."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="lines")
    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="reviewed")
    kept = models.BooleanField()
