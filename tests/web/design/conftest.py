"""The design alone: whatever settings the service has, these tests see the least there can be."""

from __future__ import annotations

import os
from collections.abc import Iterator

import django
import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

from muster_web.design.build_assets import build
from tests.web.browser import served
from tests.web.design import settings as least

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.web.design.settings")
django.setup()

# The apps are those of whichever settings came first: exchanging them would exchange the models as well.
LEAST = {name: getattr(least, name) for name in dir(least) if name.isupper() and name != "INSTALLED_APPS"}


@pytest.fixture(autouse=True)
def least_settings() -> Iterator[None]:
    """The settings of the design's own tests."""
    with override_settings(**LEAST):
        yield


@pytest.fixture(scope="session")
def assets() -> None:
    """The styles and scripts as they are now."""
    build()


@pytest.fixture
def site(assets: None, least_settings: None) -> Iterator[str]:
    """The address of the design's own pages."""
    with served(StaticFilesHandler(get_wsgi_application())) as address:
        yield address
