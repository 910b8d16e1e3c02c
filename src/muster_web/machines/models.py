"""Service accounts with their secrets, and the addresses that are told what happens."""

from __future__ import annotations

import secrets
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from muster_web.accounts.models import Organisation, User
from muster_web.accounts.roles import Role


def new_client_id() -> str:
    """A client id that cannot be guessed."""
    return f"muster-{secrets.token_hex(12)}"


class ServiceAccount(models.Model):
    """A machine that acts for an organisation with some of its roles, in one collection or (with '') in all.

    ``networks`` lists the addresses it may come from, as ``192.0.2.0/24``; none listed means any.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="services")
    name = models.CharField(max_length=100)
    client_id = models.CharField(max_length=40, unique=True, default=new_client_id)
    roles = models.JSONField(default=list)
    collection = models.CharField(max_length=40, blank=True)
    networks = models.JSONField(default=list, blank=True)
    made = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    revoked = models.DateTimeField(null=True, blank=True)
    last_used = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def roles_in_words(self) -> list[str]:
        """Its roles as people read them."""
        return [Role(one).in_words for one in self.roles]


class ServiceSecret(models.Model):
    """One secret of a service account; only its hash is kept, which is enough for 256 random bits."""

    account = models.ForeignKey(ServiceAccount, on_delete=models.CASCADE, related_name="secrets")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    made = models.DateTimeField(default=timezone.now)
    ends = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "number"], name="one_secret_of_a_number")]
        ordering = ["-number"]

    @staticmethod
    def live() -> Q:
        """The filter for secrets that count now."""
        return Q(ends__isnull=True) | Q(ends__gt=timezone.now())


class Subscription(models.Model):
    """An address that is told of some events of the returns its service account may see.

    The key that signs is worked out from the service's own key, ``id`` and ``key_number``; it is not stored.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(ServiceAccount, on_delete=models.CASCADE, related_name="subscriptions")
    url = models.URLField(max_length=500)
    events = models.JSONField(default=list)
    key_number = models.PositiveIntegerField(default=1)
    made = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True, blank=True)
    disabled = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["made", "pk"]


class Delivery(models.Model):
    """One notice to one address: written with the event it tells of, and tried until it arrived or is given up."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=60)
    body = models.JSONField()
    made = models.DateTimeField(default=timezone.now)
    due = models.DateTimeField(default=timezone.now, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    delivered = models.DateTimeField(null=True, blank=True)
    given_up = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-made", "pk"]
