"""schools as a Django app."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """The schools app."""

    name = "muster_web.schools"
