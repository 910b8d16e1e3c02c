"""People and organisations as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The accounts app."""

    name = "muster_web.accounts"
