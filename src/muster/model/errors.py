"""Exceptions that speak to the person at the keyboard.

A ``MusterError`` is a user's mistake or a fact of their files: the command prints it without a traceback.
Anything else is a fault in Muster.
"""

from __future__ import annotations


class MusterError(Exception):
    """Something the user can put right; the text says what, where and what to do."""


class CatalogueError(MusterError):
    """A catalogue file says something that cannot be; the text starts with ``file:line:``."""


class UnreadableFile(MusterError):
    """A received file cannot be read at all; the text names the file and, where known, line and column."""
