"""plans as a Django app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """The plans app."""

    name = "muster_web.plans"
