"""Returns as a Django app."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """The returns app."""

    name = "muster_web.returns"
