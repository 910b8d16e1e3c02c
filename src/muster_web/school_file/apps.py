"""school_file as a Django app."""

from django.apps import AppConfig


class SchoolFileConfig(AppConfig):
    """The school_file app."""

    name = "muster_web.school_file"
