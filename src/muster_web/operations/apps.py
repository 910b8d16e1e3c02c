"""operations as a Django app."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """The operations app."""

    name = "muster_web.operations"
