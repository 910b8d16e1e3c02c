"""People and what they may do: memberships, roles and access, each with a start, an end and a reason."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from muster_web.accounts.models.organisations import Organisation
from muster_web.accounts.roles import Role

ROLES = [(role.value, role.in_words) for role in Role]


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """A user with this address in lower case; without a password they sign in by passkey or link only."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The user with this address, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person with one account, who can belong to many organisations."""

    class Status(models.TextChoices):
        """Where an account stands."""

        INVITED = "invited", "Invited"
        ACTIVE = "active", "Active"
        SUSPENDED = "suspended", "Suspended"
        ARCHIVED = "archived", "Archived"

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    is_active = models.BooleanField(default=True)
    last_seen = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_active=True, status__in=["invited", "active"])
                | Q(is_active=False, status__in=["suspended", "archived"]),
                name="only_invited_and_active_people_sign_in",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email


class Dated(models.Model):
    """Something that holds from a day to a day, with the reason it was given for.

    ``ends`` is the last day it was meant to hold; ``ended`` is the moment it was taken away, which counts at once.
    """

    starts = models.DateField(default=timezone.localdate)
    ends = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True

    @staticmethod
    def in_force(on: date | None = None, prefix: str = "") -> Q:
        """The filter for what is in force on a day, today if none is named."""
        day = on or timezone.localdate()
        still = Q(**{f"{prefix}ends__isnull": True}) | Q(**{f"{prefix}ends__gte": day})
        standing = Q(**{f"{prefix}ended__isnull": True})
        return Q(**{f"{prefix}starts__lte": day}) & still & standing

    @property
    def holds(self) -> bool:
        """Whether it is in force today."""
        today = timezone.localdate()
        return self.ended is None and self.starts <= today and (self.ends is None or self.ends >= today)


class Membership(Dated):
    """A person's place in an organisation; it gives nothing by itself."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    given_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["user", "organisation"])]


class Grant(Dated):
    """A role held through a membership, for one collection or (with '') for all of them."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=12, choices=ROLES)
    collection = models.CharField(max_length=40, blank=True)
    given_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    delegated_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )


class Access(Dated):
    """What an academy or school lets another organisation do with its returns."""

    class Level(models.TextChoices):
        """How far the access goes; sending alone shows nothing of a return, of the others each includes the last."""

        SEND = "send", "Send files for our returns, and see only those"
        VIEW = "view", "See our returns"
        HELP = "help", "See and load our returns"
        SUBMIT_FOR = "submit_for", "See, load and submit our returns"

    giver = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="access_given")
    receiver = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="access_received")
    level = models.CharField(max_length=10, choices=Level)
    collection = models.CharField(max_length=40, blank=True)
    given_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
