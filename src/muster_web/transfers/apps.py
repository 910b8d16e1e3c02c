"""Transfers as a Django app."""

from django.apps import AppConfig


class TransfersConfig(AppConfig):
    """The transfers app."""

    name = "muster_web.transfers"
