"""machines as a Django app."""

from django.apps import AppConfig


class MachinesConfig(AppConfig):
    """The machines app."""

    name = "muster_web.machines"
