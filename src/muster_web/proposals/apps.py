"""proposals as a Django app."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    """The proposals app."""

    name = "muster_web.proposals"
