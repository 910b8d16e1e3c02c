"""Delete the bytes and keys of files between schools and of batches, and the pupils of old; the proof of it stays."""

from __future__ import annotations

from collections.abc import Iterable

from muster_web.privacy.queries.due_files import GoingBatches, GoingFiles, GoingPupils
from muster_web.transfers.models import LearnerBatch, Transfer, TransferMessage, TransferPupil


def empty(due: GoingFiles | GoingPupils | GoingBatches) -> tuple[list[dict[str, object]], set[str]]:
    """Delete what a line stands for; what a certificate says of it, and the stored bytes left over."""
    if isinstance(due, GoingPupils):
        count, _ = due.pupils.count(), due.pupils.delete()
        return [{"what": due.rule.what, "pupils": count}], set()
    if isinstance(due, GoingBatches):
        held = list(due.batches)
        LearnerBatch.objects.filter(pk__in=[one.pk for one in held]).update(stored="", sealed_key="")
        return [{"batch": one.pk} for one in held], {one.stored for one in held}
    return empty_files(due.files)


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
