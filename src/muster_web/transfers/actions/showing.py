"""Note that pupils were shown to somebody, by their numbers here and never by their names."""

from __future__ import annotations

from collections.abc import Iterable

from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import read_of
from muster_web.transfers.models import Pupil
from muster_web.transfers.queries.lost import Lost


def note_shown(viewer: Viewer, pupils: Iterable[Pupil], page: str) -> None:
    """Keep who was shown the pupils of their own roll, and on which page; nothing where nobody was shown."""
    keys = [str(one.pk) for one in pupils]
    if keys and viewer.organisation:
        own = viewer.organisation.pk
        read_of(viewer, subject=f"organisation:{own}", records=keys, organisations=[own], page=page)


def note_lost_shown(viewer: Viewer, cases: Iterable[Lost]) -> None:
    """Keep which lost pupils an authority was shown: the number of each one's file; nothing where there was none."""
    held = list(cases)
    if held and viewer.organisation:
        files = [f"transfer:{one.row.transfer_id}" for one in held]
        about = {viewer.organisation.pk, *(one.row.transfer.sender_id for one in held)}
        own = f"organisation:{viewer.organisation.pk}"
        read_of(viewer, subject=own, records=files, organisations=about, page="lost pupils")
