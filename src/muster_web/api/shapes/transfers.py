"""Files between schools as the API shows them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema

from muster_web.api.shapes.returns import OrganisationShape, organisation_as_shown
from muster_web.transfers.models import Transfer


class TransferShape(Schema):
    """The receipt of a file: from whom, to whom, and when it was opened and acknowledged.

    ``addressed`` is the school the file's name is addressed to, where that has closed and ``receiver`` succeeded it;
    ``said`` tells so, when it is sent.
    """

    id: int
    name: str
    kind: str
    version: str
    partial: bool
    pupils: int
    sha256: str
    size: int
    sender: OrganisationShape
    receiver: OrganisationShape | None
    addressed: OrganisationShape | None
    lost: bool
    sent: datetime
    opened: datetime | None
    acknowledged: datetime | None
    gone: bool
    said: str = ""


class TransferPage(Schema):
    """Some files, the latest first; ``next`` is the address of the older ones."""

    items: list[TransferShape]
    next: str | None


def transfer_as_shown(one: Transfer, said: str = "") -> dict[str, Any]:
    """A file's receipt."""
    sides = {name: getattr(one, name) for name in ("sender", "receiver", "addressed")}
    return {
        "id": one.pk, "name": one.name, "kind": one.kind, "version": one.version, "partial": one.partial,
        "pupils": one.pupils, "sha256": one.sha256, "size": one.size, "lost": one.lost, "sent": one.sent,
        "opened": one.opened, "acknowledged": one.acknowledged, "gone": one.is_gone, "said": said,
        **{name: organisation_as_shown(side) if side else None for name, side in sides.items()},
    }  # fmt: skip


class LearnerNumberShape(Schema):
    """A pupil on roll: ``state`` of the last request is '' where none was made, ``code`` as the service gave it."""

    upn: str
    uln: str
    state: str
    code: str
    told: date | None
    in_mis: date | None


def learner_number_as_shown(pupil: Any) -> dict[str, Any]:
    """A pupil of ``numbers_of``."""
    return {
        "upn": pupil.upn, "uln": pupil.uln, "state": pupil.state or "", "code": pupil.code or "",
        "told": pupil.told, "in_mis": pupil.in_mis,
    }  # fmt: skip
