"""The least that Django needs to show the design alone, with the headers of the real service."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

SECRET_KEY = "only for tests of the design"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.staticfiles", "muster_web.design"]
MIDDLEWARE = ["csp.middleware.CSPMiddleware"]
ROOT_URLCONF = "tests.web.design.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
STATIC_URL = "/static/"
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
USE_TZ = True
TIME_ZONE = "Europe/London"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
