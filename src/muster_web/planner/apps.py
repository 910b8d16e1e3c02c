"""planner as a Django app."""

from django.apps import AppConfig


class PlannerConfig(AppConfig):
    """The planner app."""

    name = "muster_web.planner"
