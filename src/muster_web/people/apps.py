"""people as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The people app."""

    name = "muster_web.people"
