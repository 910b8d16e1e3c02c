"""The design as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """The look of the website; it has no tables."""

    name = "muster_web.design"
    label = "design"
    verbose_name = "Design"
