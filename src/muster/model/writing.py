"""How Muster writes files: whole or not at all, and never a formula.

Every stage that leaves a file behind writes it with ``replacing``, so that a full disk or an interruption
leaves what was there before.  Text that goes into a spreadsheet passes through ``neutralised``.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from muster.model.errors import MusterError

_STARTS_A_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a temporary file beside ``path`` that takes its place once everything is written.

    On any exception the temporary file is removed and an earlier file at ``path`` stays as it was.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as problem:
        raise _not_written(path, problem) from problem
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is either complete or as it was before."""
    with replacing(path) as file:
        file.write(content)


def neutralised(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula.

    ``restored`` undoes this exactly: text that already starts with apostrophes and then looks like a
    formula is given one more.
    """
    return f"'{text}" if _looks_like_a_formula(text) else text


def restored(text: str) -> str:
    """The text as it was before ``neutralised``."""
    return text[1:] if text.startswith("'") and _looks_like_a_formula(text) else text


def _looks_like_a_formula(text: str) -> bool:
    return text.lstrip("'")[:1] in _STARTS_A_FORMULA if text else False


def _not_written(path: Path, problem: OSError) -> MusterError:
    reason = problem.strerror or str(problem)
    return MusterError(
        f"{path.name} could not be written to {path.parent}: {reason}. Nothing half-written is left there; "
        "make room or choose another folder, and run again."
    )
