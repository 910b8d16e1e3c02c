"""A return of Ashcombe that was loaded with one error and two queries, and the addresses of its pages."""

from __future__ import annotations

import pytest

from muster_web.returns.models import Finding
from tests.web.files import WRONG, return_of
from tests.web.returns import world


@pytest.fixture
def loaded(returns, viewers):
    """Ashcombe's return with one error and two queries."""
    world.load(viewers["ashcombe.preparer"], returns["ashcombe"], return_of(WRONG))
    return world.now(returns["ashcombe"])


@pytest.fixture
def error(loaded) -> Finding:
    """The one error of it."""
    return Finding.objects.get(subject=loaded, severity="error")
