"""Start Django for a command: where the data lie, and one message instead of a traceback for what is set wrong."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from muster.model import MusterError


def data_argument(parser: argparse.ArgumentParser) -> None:
    """The argument every command of the service takes."""
    parser.add_argument(
        "--data", type=Path, help="the folder of the service's data (default: $MUSTER_DATA, else muster-data)"
    )


def start(data: Path | None = None) -> None:
    """Set Django up with the settings of the environment.  Raises MusterError for settings that cannot be."""
    if data is not None:
        os.environ["MUSTER_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster_web.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise MusterError(f"the service is set up wrongly: {error}") from None


def refuse_without_tables() -> None:
    """Raise MusterError where the database cannot be reached or has no tables yet."""
    from django.db import DatabaseError, connection

    try:
        names = connection.introspection.table_names()
    except DatabaseError:
        raise MusterError("the database cannot be reached; 'muster doctor' says more") from None
    if "audit_auditevent" not in names:
        raise MusterError(
            "there is no service in this database yet; 'muster serve' makes it, or name its folder with --data"
        )
