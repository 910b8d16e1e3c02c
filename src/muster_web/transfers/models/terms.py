"""When the schools of an authority are open."""

from __future__ import annotations

from django.db import models

from muster_web.accounts.models import Organisation


class Term(models.Model):
    """Days on which an authority's schools teach, from the first to the last; a half term is one of two of these.

    Weekends and bank holidays within are no school days; they are known and not kept here.
    """

    authority = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="terms")
    name = models.CharField(max_length=60)
    starts = models.DateField()
    ends = models.DateField()

    class Meta:
        ordering = ["starts"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")), name="a_term_ends_after_it_starts"
            )
        ]
