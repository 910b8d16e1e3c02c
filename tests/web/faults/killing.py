"""The steps of an upload and of a check before which a process can be killed, by their words."""

from __future__ import annotations

import importlib
import os
import signal
from pathlib import Path
from typing import Any, NoReturn

_UPLOADING, _CHECKING = "muster_web.returns.actions.uploading", "muster_web.returns.actions.checking"
_QUEUEING, _FILES = "muster_web.returns.queueing", "muster_web.returns.files"

# Of an upload: what the web process was about to do.
OF_UPLOAD = {
    "store the bytes": (_FILES, "_store"),
    "write the second half of the bytes": ("django.core.files.storage", "FileSystemStorage._save"),
    "note the upload": (_UPLOADING, "_note"),
    "look whose file it is": (_UPLOADING, "_take"),
    "move the return": (_UPLOADING, "move"),
    "ask for the check": (_UPLOADING, "ask_for_check"),
    "put the check into the queue": (_QUEUEING, "_enqueue"),
    "close the upload": (_UPLOADING, "_settle"),
}
# Of a check: what the worker was about to do.
OF_CHECK = {
    "begin the check": (_CHECKING, "_begin"),
    "read the file": (_CHECKING, "inspect"),
    "write what was found": (_CHECKING, "finish"),
    "count by rule": (_CHECKING, "_rule_counts"),
    "compare with the version before": (_CHECKING, "_note_changes"),
    "keep the list of what was found": (_CHECKING, "keep_made"),
    "say that it is loaded": (_CHECKING, "_load"),
}
STEPS = {**OF_UPLOAD, **OF_CHECK}


def arm(step: str) -> None:
    """Have this process end itself before a step; '' for none."""
    if not step:
        return
    module, path = STEPS[step]
    owner: Any = importlib.import_module(module)
    *way, name = path.split(".")
    for part in way:
        owner = getattr(owner, part)
    setattr(owner, name, _write_half if name == "_save" else _die)


def _die(*_: object, **__: object) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("a killed process does nothing more")


def _write_half(self: Any, name: str, content: Any) -> NoReturn:
    """Write half of the bytes where the storage was told to, then die."""
    whole = content.read()
    path = Path(self.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        out.write(whole[: len(whole) // 2])
        out.flush()
        _die()
