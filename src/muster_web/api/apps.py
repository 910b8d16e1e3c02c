"""api as a Django app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The api app."""

    name = "muster_web.api"
