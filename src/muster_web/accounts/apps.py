"""People and organisations as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The accounts app."""

    name = "muster_web.accounts"

    def ready(self) -> None:
        """Let signing in and out be audited."""
        from muster_web.accounts.signals import connect

        connect()
