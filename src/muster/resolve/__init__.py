"""Stage 5: findings in, what still blocks out."""

from muster.resolve.causes import causes
from muster.resolve.changes import Changes, compare
from muster.resolve.edits import ON_SCREEN, Edited, PutRight, apply_edits, net_edits, put_right
from muster.resolve.identities import Edit, Identities
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
    "ON_SCREEN",
    "Changes",
    "Edit",
    "Edited",
    "Identities",
    "Note",
    "PutRight",
    "Resolution",
    "apply_edits",
    "apply_notes",
    "causes",
    "compare",
    "export_notes",
    "import_notes",
    "keep_notes",
    "net_edits",
    "put_right",
    "read_notes",
    "resolve",
    "write_notes",
]
