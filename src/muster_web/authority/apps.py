"""authority as a Django app."""

from django.apps import AppConfig


class AuthorityConfig(AppConfig):
    """The authority app."""

    name = "muster_web.authority"
