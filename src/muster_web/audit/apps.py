"""The audit as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit app."""

    name = "muster_web.audit"
