"""Wrap the keys of stored files anew, so that an old key of the deployment can be put away."""

from __future__ import annotations

from django.db import transaction

from muster_web.accounts.viewer import SYSTEM
from muster_web.audit.record import record
from muster_web.operations.sealing import rewrap
from muster_web.transfers.models import LearnerBatch, Transfer

_PIECE = 500


@transaction.atomic
def rewrap_all() -> int:
    """Wrap the key of every sealed file with the newest key; how many.  Raises MusterError and changes nothing then."""
    done = _rewrap_transfers() + _rewrap_batches()
    record("file_keys_rewrapped", actor=SYSTEM.actor, data={"files": done})
    return done


def _rewrap_transfers() -> int:
    rows = list(Transfer.objects.exclude(sealed_key="").only("sealed_key").order_by("pk"))
    for one in rows:
        one.sealed_key = rewrap(one.sealed_key)
    Transfer.objects.bulk_update(rows, ("sealed_key",), batch_size=_PIECE)
    return len(rows)


def _rewrap_batches() -> int:
    rows = list(LearnerBatch.objects.exclude(sealed_key="").only("sealed_key").order_by("pk"))
    for one in rows:
        one.sealed_key = rewrap(one.sealed_key)
    LearnerBatch.objects.bulk_update(rows, ("sealed_key",), batch_size=_PIECE)
    return len(rows)
