"""Delete the bytes and keys of files between schools, and what was said about them; the proof that they went stays."""

from __future__ import annotations

from collections.abc import Iterable

from muster_web.transfers.models import Transfer, TransferMessage, TransferPupil


def empty_files(files: Iterable[Transfer]) -> tuple[list[dict[str, object]], set[str]]:
    """Take key, marks and messages from some files; what a certificate says of each, and the stored bytes left over.

    Without its key a file is unreadable in every backup too.
    """
    held = list(files)
    keys = [one.pk for one in held]
    TransferMessage.objects.filter(transfer__in=keys).delete()
    TransferPupil.objects.filter(transfer__in=keys).update(identity=b"", surname_mark="", born_mark="")
    Transfer.objects.filter(pk__in=keys).update(stored="", sealed_key="")
    said = [{"transfer": one.pk, "sha256": one.sha256, "size": one.size} for one in held]
    return said, {one.stored for one in held}
