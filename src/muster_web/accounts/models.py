"""Organisations, people, and the links between them, each with a start, an end and a reason."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from muster_web.accounts.roles import Role

ROLES = [(role.value, role.in_words) for role in Role]


class Organisation(models.Model):
    """A school, authority, trust, department, supplier or payroll provider.

    ``register`` holds what the official register last said, as it said it; the other columns beside the numbers are
    read from it on each refresh.  ``local_...`` is what people here keep, which a refresh never touches.
    """

    class Kind(models.TextChoices):
        """What an organisation is."""

        SCHOOL = "school", "School"
        AUTHORITY = "authority", "Local authority"
        TRUST = "trust", "Academy trust"
        DEPARTMENT = "department", "Department"
        SUPPLIER = "supplier", "Supplier"
        PAYROLL = "payroll", "Payroll provider"

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=200)
    urn = models.CharField(max_length=10, null=True, blank=True, unique=True)
    ukprn = models.CharField(max_length=10, blank=True)
    la_code = models.CharField(max_length=3, blank=True)
    estab = models.CharField(max_length=4, blank=True)
    authority = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="schools"
    )
    trust = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="members"
    )
    phase = models.CharField(max_length=40, blank=True)
    type = models.CharField(max_length=80, blank=True)
    is_academy = models.BooleanField(default=False)
    opened = models.DateField(null=True, blank=True)
    closed = models.DateField(null=True, blank=True)
    register = models.JSONField(default=dict, blank=True)
    register_date = models.DateField(null=True, blank=True)
    local_contact = models.CharField(max_length=200, blank=True)
    local_email = models.EmailField(blank=True)
    local_phone = models.CharField(max_length=40, blank=True)
    local_notes = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["la_code", "estab"]), models.Index(fields=["kind", "name"])]

    def __str__(self) -> str:
        return f"{self.name} ({self.ref})" if self.ref else self.name

    @property
    def ref(self) -> str:
        """How returns name it: ``919/4001`` for a school, ``919`` for an authority."""
        return f"{self.la_code}/{self.estab}" if self.estab else self.la_code


class Succession(models.Model):
    """One establishment that came before another, as the register links them."""

    predecessor = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="precessions")
    kind = models.CharField(max_length=80)
    on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="one_succession_of_two")
        ]


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
    """Something that holds from a day to a day, with the reason it was given for."""

    starts = models.DateField(default=date.today)
    ends = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    @staticmethod
    def in_force(on: date | None = None, prefix: str = "") -> Q:
        """The filter for what is in force on a day, today if none is named."""
        day = on or timezone.localdate()
        still = Q(**{f"{prefix}ends__isnull": True}) | Q(**{f"{prefix}ends__gte": day})
        return Q(**{f"{prefix}starts__lte": day}) & still


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
        """How far the access goes; each level includes those before it."""

        VIEW = "view", "See our returns"
        HELP = "help", "See and load our returns"
        SUBMIT_FOR = "submit_for", "See, load and submit our returns"

    giver = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="access_given")
    receiver = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="access_received")
    level = models.CharField(max_length=10, choices=Level)
    collection = models.CharField(max_length=40, blank=True)
    given_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
