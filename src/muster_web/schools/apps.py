"""schools as a Django app."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """The schools app."""

    name = "muster_web.schools"

    def ready(self) -> None:
        """Let the files of schools follow their returns."""
        from muster_web.schools.following import connect

        connect()
