"""The next free number for a file between two, where the one it was given is taken."""

from __future__ import annotations

from contextlib import suppress

from muster.transferring.names import TransferName, WrongName, parse_transfer_name
from muster_web.accounts.models import Organisation
from muster_web.transfers.models import Transfer


def free_name(sender: Organisation, called: TransferName) -> TransferName:
    """The name after the last of those sent between the same two.  Raises WrongName after the 999th."""
    stem = f"{called.source.number}_{called.kind}_{called.destination.number}_"
    last = called
    for name in Transfer.objects.filter(sender=sender, name__startswith=stem).values_list("name", flat=True):
        with suppress(WrongName):
            last = max(last, parse_transfer_name(name), key=lambda one: one.number)
    return last.next
