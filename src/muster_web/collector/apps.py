"""collector as a Django app."""

from django.apps import AppConfig


class CollectorConfig(AppConfig):
    """The collector app."""

    name = "muster_web.collector"
