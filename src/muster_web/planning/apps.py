"""planning as a Django app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """The planning app."""

    name = "muster_web.planning"
