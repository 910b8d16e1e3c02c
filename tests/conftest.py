"""What every test may ask for: the collection under test, and the real data beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from muster.catalogue import load_collection
from muster.model import Collection

# A busy machine is no finding: properties are judged by their answers, speed by bench/.
settings.register_profile("muster", deadline=None, max_examples=int(os.environ.get("MUSTER_EXAMPLES", "50")))
settings.load_profile("muster")

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of published facts and real data beside the repository; it is never part of it."""
    if not SHARED.is_dir():
        pytest.skip("REAL DATA ABSENT: no folder 'shared' beside the repository; this test checked nothing")
    return SHARED


@pytest.fixture(scope="session")
def collection() -> Collection:
    """The school workforce census as the catalogue holds it."""
    return load_collection("school_workforce")


# Files that take long though they have few tests.
_LONG = (
    "tests/engines/",
    "tests/web/faults/",
    "tests/web/demo/",
    "_in_a_browser",
    "mutation",
    "tests/journeys/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes in one file begins first, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: not any(part in item.path.as_posix() for part in _LONG))
