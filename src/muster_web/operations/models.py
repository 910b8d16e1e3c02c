"""What keeps a deployment honest about itself: signs of life of its processes, and when its duties were last done."""

from __future__ import annotations

from django.db import models


class SignOfLife(models.Model):
    """When a process, or a duty, last said that it was there; ``data`` says what it was doing or what went wrong."""

    name = models.CharField(primary_key=True, max_length=120)
    kind = models.CharField(max_length=20, db_index=True)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
