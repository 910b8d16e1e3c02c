"""Stage 5: findings in, what still blocks out."""

from muster.resolve.causes import causes
from muster.resolve.changes import Changes, compare
from muster.resolve.notes import (
    Note,
    apply_notes,
    export_notes,
    import_notes,
    keep_notes,
    read_notes,
    write_notes,
)
from muster.resolve.resolve import Resolution, resolve

__all__ = [
    "Changes",
    "Note",
    "Resolution",
    "apply_notes",
    "causes",
    "compare",
    "export_notes",
    "import_notes",
    "keep_notes",
    "read_notes",
    "resolve",
    "write_notes",
]
