"""Whether a child has a UPN already: on the rolls a viewer may search, those who left among them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from muster.model import MusterError
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.transfers.marks import mark_of_birth, mark_of_surname, mark_of_upn
from muster_web.transfers.models import Pupil
from muster_web.transfers.permissions import may, refuse_unless

MOST = 50


def may_look_for_children(viewer: Viewer) -> bool:
    """Whether the viewer's roles let them ask."""
    return may(viewer, "exchange") or may(viewer, "find_pupils")


def children_like(viewer: Viewer, *, upn: str = "", surname: str = "", born: str = "") -> list[Pupil]:
    """Children with a UPN now or before, or with a surname and a birth date.  Raises MusterError or NotAllowed.

    A school asks of its own roll, an authority of the rolls of all its schools.
    """
    here = _searched(viewer)
    if upn:
        mark = mark_of_upn(upn)
        found = here.filter(Q(mark=mark) | Q(former_mark=mark)) if mark else here.none()
    elif surname and born:
        found = here.filter(surname_mark=mark_of_surname(surname), born_mark=mark_of_birth(born))
    else:
        raise MusterError("Give the UPN, or the surname and the birth date.")
    shown = found.select_related("organisation").defer("held", "organisation__register")
    return list(shown.order_by("left", "pk")[:MOST])


def _searched(viewer: Viewer) -> QuerySet[Pupil]:
    own = viewer.organisation
    if own is not None and own.kind == Organisation.Kind.AUTHORITY:
        return Pupil.objects.filter(organisation__authority=refuse_unless(viewer, "find_pupils"))
    return Pupil.objects.filter(organisation=refuse_unless(viewer, "exchange"))
