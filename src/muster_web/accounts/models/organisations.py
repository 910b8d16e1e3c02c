"""Organisations as the official register and people here describe them, and which came before which."""

from __future__ import annotations

from django.db import models


class Organisation(models.Model):
    """A school, authority, trust, department, supplier or payroll provider.

    ``register`` holds what the official register last said, as it said it; the other columns beside the numbers are
    read from it on each refresh.  ``local_...`` is what people here keep, which a refresh never touches.
    ``owes_returns`` is False for kinds of establishment that owe no statutory return, such as independent schools.
    ``group_id`` is the register's number of a trust.
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
    owes_returns = models.BooleanField(default=True)
    group_id = models.CharField(max_length=10, null=True, blank=True, unique=True)
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
        constraints = [
            models.UniqueConstraint(
                fields=["la_code"], condition=models.Q(kind="authority"), name="one_authority_of_a_code"
            )
        ]

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
