"""provider as a Django app."""

from django.apps import AppConfig


class ProviderConfig(AppConfig):
    """The provider app."""

    name = "muster_web.provider"
