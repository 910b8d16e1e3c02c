"""The ``muster`` command."""

from muster.cli.main import main

__all__ = ["main"]
