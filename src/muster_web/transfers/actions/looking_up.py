"""Look up what is known of a pupil on roll, or whether a child has a UPN already, with a reason that is kept."""

from __future__ import annotations

from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import read_of
from muster_web.transfers.actions.finding import note_search
from muster_web.transfers.marks import mark_of_surname, mark_of_upn
from muster_web.transfers.models import Pupil, Search
from muster_web.transfers.queries.attainment import LookedUp, find_on_roll, looked_up
from muster_web.transfers.queries.children import children_like


def look_up(
    *, viewer: Viewer, reason: str, upn: str = "", surname: str = "", born: str = ""
) -> LookedUp | None:
    """What is known of a pupil on the viewer's own roll; None where nobody fits.  Raises MusterError."""
    pupil = find_on_roll(viewer, upn=upn, surname=surname, born=born)
    mark = mark_of_upn(upn) or mark_of_surname(surname)
    made = note_search(viewer, Search.Kind.LOOK_UP, reason, mark=mark, found=int(pupil is not None))
    if pupil is None:
        return None
    read_of(
        viewer, subject=f"search:{made.pk}", records=[f"pupil:{pupil.pk}"], page="look-up",
        organisations=[pupil.organisation_id],
    )  # fmt: skip
    return looked_up(pupil)


def look_for_child(
    *, viewer: Viewer, reason: str, upn: str = "", surname: str = "", born: str = ""
) -> list[Pupil]:
    """The children on the rolls a viewer may search who may be the one asked about.  Raises MusterError."""
    found = children_like(viewer, upn=upn, surname=surname, born=born)
    mark = mark_of_upn(upn) or mark_of_surname(surname)
    made = note_search(viewer, Search.Kind.CHILD, reason, mark=mark, found=len(found))
    if found:
        read_of(
            viewer, subject=f"search:{made.pk}", records=[f"pupil:{one.pk}" for one in found], page="find-child",
            organisations=sorted({one.organisation_id for one in found}),
        )  # fmt: skip
    return found
