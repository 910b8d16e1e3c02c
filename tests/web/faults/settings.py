"""The settings of the processes that these tests kill: as in other tests, with a real queue and a database on disk."""

from tests.web.settings import *  # noqa: F403

TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "checking", "mail"]},
}
