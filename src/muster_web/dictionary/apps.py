"""dictionary as a Django app."""

from django.apps import AppConfig


class DictionaryConfig(AppConfig):
    """The dictionary app."""

    name = "muster_web.dictionary"
