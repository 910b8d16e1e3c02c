"""What a viewer may do with files between schools, and which files they may see at all."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from muster.submit.states import NotAllowed
from muster_web.accounts.models import Organisation
from muster_web.accounts.queries.standing import who_can_help
from muster_web.accounts.viewer import Viewer
from muster_web.transfers.models import Transfer

# The name under which a role can be limited to these files.
COLLECTION = "common_transfer_file"


def may(viewer: Viewer, permission: str) -> bool:
    """Whether the viewer's roles for these files permit something in their own organisation."""
    return viewer.organisation is not None and permission in viewer.permissions_for(COLLECTION)


def refuse_unless(viewer: Viewer, permission: str) -> Organisation:
    """The viewer's organisation; raises NotAllowed, saying who can help, where their roles do not permit something."""
    if viewer.organisation is None:
        raise NotAllowed("Your account belongs to no organisation, so it has no mailbox.")
    if not may(viewer, permission):
        raise NotAllowed(f"Your role does not let you do this. Ask {who_can_help(viewer.organisation)}.")
    return viewer.organisation


def visible_transfers(viewer: Viewer) -> QuerySet[Transfer]:
    """The files a viewer may see: those their organisation sent or was sent, and of an authority those of its schools.

    An authority sees of its schools' files that they went and whether they were opened, not what is in them.
    """
    found = Transfer.objects.all()
    if viewer.organisation is None or not may(viewer, "exchange"):
        return found.none()
    mine = Q(receiver=viewer.organisation) | Q(sender=viewer.organisation)
    if viewer.organisation.kind == Organisation.Kind.AUTHORITY:
        mine |= Q(receiver_authority=viewer.organisation) | Q(sender_authority=viewer.organisation)
    return found.filter(mine)


def is_receiver(viewer: Viewer, transfer: Transfer) -> bool:
    """Whether the file was sent to the viewer's organisation and they may open it."""
    return may(viewer, "exchange") and _own(viewer) == transfer.receiver_id


def is_sender(viewer: Viewer, transfer: Transfer) -> bool:
    """Whether the viewer's organisation sent the file and they may look at it again."""
    return may(viewer, "exchange") and _own(viewer) == transfer.sender_id


def is_party(viewer: Viewer, transfer: Transfer) -> bool:
    """Whether the viewer's organisation sent the file or was sent it; parties read it and write about it."""
    return is_sender(viewer, transfer) or is_receiver(viewer, transfer)


def _own(viewer: Viewer) -> int:
    return viewer.organisation.pk if viewer.organisation else 0
