"""performance as a Django app."""

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    """The performance app."""

    name = "muster_web.performance"
