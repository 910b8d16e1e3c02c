"""The settings of tests: those of the service, with a database of their own, quick passwords and work done at once."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("MUSTER_DATA", tempfile.mkdtemp(prefix="muster-test-"))
# Each worker of pytest-xdist keeps files of its own: what one test deletes is not another's.
os.environ["MUSTER_DATA"] = str(Path(os.environ["MUSTER_DATA"], os.environ.get("PYTEST_XDIST_WORKER", "")))
os.environ.setdefault("MUSTER_SECRET_KEY", "a key of tests, of no use to anybody")

from muster_web.config.settings import *  # noqa: F403
from muster_web.config.settings import STATIC_ROOT, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
        "QUEUES": ["default", "checking", "mail"],
    }
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
AXES_ENABLED = False
SECOND_FACTOR_ROLES = frozenset()  # the tests of signing in switch it on

STATIC_ROOT.mkdir(exist_ok=True)
