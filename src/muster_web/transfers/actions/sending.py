"""Send a file to another school: look at it, find where it goes today, seal it, and tell the other side."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from django.conf import settings
from django.db import IntegrityError, transaction

from muster.model import MusterError
from muster.transferring.names import (
    OtherName,
    Party,
    TransferName,
    is_transfer_name,
    parse_other_name,
    parse_transfer_name,
)
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.operations.scanning import refuse_infected
from muster_web.transfers.actions.telling import tell
from muster_web.transfers.letters import tell_of_new_file
from muster_web.transfers.models import Transfer, TransferPupil
from muster_web.transfers.permissions import refuse_unless
from muster_web.transfers.queries.routing import Route, route_to
from muster_web.transfers.queries.sequence import free_name
from muster_web.transfers.reading import Looked, look_into, lost_identity
from muster_web.transfers.stored import gather, remove, store_sealed
from muster_web.transfers.zipped import refuse_unless_encrypted

MOST = 50 << 20


@dataclass(frozen=True)
class Sent:
    """A file that was taken, and what its sender should know about where it went."""

    transfer: Transfer
    said: str = ""


@dataclass(frozen=True)
class _Checked:
    """A file that may go: what its name says, what is in it, and where it goes."""

    called: TransferName | OtherName
    content: bytes
    route: Route
    looked: Looked = field(default_factory=Looked)


def send(*, viewer: Viewer, chunks: Iterable[bytes], name: str) -> Sent:
    """Take a file and deliver it.  Raises NotAllowed, or MusterError where it cannot go: nothing of it is kept then."""
    sender = refuse_unless(viewer, "exchange")
    called = parse_transfer_name(name) if is_transfer_name(name) else parse_other_name(name)
    _refuse_other_source(sender, called.source)
    content = gather(chunks, name, most=min(MOST, settings.UPLOAD_LIMIT))
    refuse_infected([content], name)
    checked = _Checked(called, content, route_to(called.destination), _look(called, content))
    _refuse_same_name(sender, called)
    stored, key = store_sealed(content)
    try:
        return Sent(_deliver(viewer, sender, checked, stored, key), checked.route.said)
    except IntegrityError:  # the same name came a second time meanwhile
        remove(stored)
        _refuse_same_name(sender, called)
        raise
    except BaseException:
        remove(stored)
        raise


def number_of(organisation: Organisation) -> str:
    """The seven characters that stand for a school or an authority in the name of a file."""
    return f"{organisation.la_code}{organisation.estab or 'LLLL'}"


def _refuse_other_source(sender: Organisation, source: Party) -> None:
    own = number_of(sender)
    if source.number != own:
        raise MusterError(
            f"The file says that it comes from {source}, and you send for {sender}. Its name has to begin with {own}."
        )


def _look(called: TransferName | OtherName, content: bytes) -> Looked:
    if isinstance(called, OtherName):
        refuse_unless_encrypted(str(called), content)
        return Looked()
    return look_into(content, str(called))


def _refuse_same_name(sender: Organisation, called: TransferName | OtherName) -> None:
    if not Transfer.objects.filter(sender=sender, name=str(called)).exists():
        return
    if isinstance(called, OtherName):
        raise MusterError(f"You have sent a file called {called} before. Give this one another name.")
    raise MusterError(
        f"You have sent {called} before; it stays as it is. Send this one as {free_name(sender, called)}, which is the "
        "next free number between the two."
    )


@transaction.atomic
def _deliver(viewer: Viewer, sender: Organisation, checked: _Checked, stored: str, key: str) -> Transfer:
    transfer = _made(viewer, sender, checked)
    transfer.stored, transfer.sealed_key = stored, key
    transfer.save(force_insert=True)
    TransferPupil.objects.bulk_create(_marks(transfer, checked.looked), batch_size=500)
    tell(transfer, "file_sent", viewer=viewer, sha256=transfer.sha256, size=transfer.size)
    if checked.route.addressed:
        tell(transfer, "file_routed_to_successor", viewer=viewer, addressed=checked.route.addressed.pk)
    if transfer.receiver_id:
        transaction.on_commit(partial(tell_of_new_file, transfer.pk))
    return transfer


def _made(viewer: Viewer, sender: Organisation, checked: _Checked) -> Transfer:
    called, looked, receiver = checked.called, checked.looked, checked.route.receiver
    return Transfer(
        sender=sender, receiver=receiver, addressed=checked.route.addressed,
        sender_authority=_authority_of(sender), receiver_authority=_authority_of(receiver),
        kind=called.kind if isinstance(called, TransferName) else Transfer.Kind.OTHER, name=str(called),
        lost=called.destination.kind == "unknown", version=looked.version, partial=looked.partial,
        pupils=len(looked.pupils), sha256=hashlib.sha256(checked.content).hexdigest(), size=len(checked.content),
        by=viewer.user, service=viewer.service,
    )  # fmt: skip


def _authority_of(one: Organisation | None) -> Organisation | None:
    if one is None or one.kind == Organisation.Kind.AUTHORITY:
        return one
    return one.authority


def _marks(transfer: Transfer, looked: Looked) -> list[TransferPupil]:
    return [
        TransferPupil(
            transfer=transfer, position=position, mark=one.mark,
            **(lost_identity(one, transfer.sealed_key) if transfer.lost else {}),
        )
        for position, one in enumerate(looked.pupils)
    ]  # fmt: skip
