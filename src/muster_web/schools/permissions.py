"""Who may read and write what in the file of a school.

What was published everybody signed in may read.  What the authority wrote is for its own people, and for the school
where it is shared.  The school itself may say of everything it sees that it is wrong.
"""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from muster.catalogue.privacy import load_kept_beside
from muster.model.days import months_on
from muster_web.accounts.models import Organisation
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer
from muster_web.schools.models import Building, Document, Governor, Note, Ticket

READERS = (Role.PREPARER, Role.HEAD, Role.LA_OFFICER, Role.LA_APPROVER, Role.COLLECTOR)
WRITERS = (Role.LA_OFFICER, Role.LA_APPROVER)
ANSWERERS = (Role.LA_OFFICER, Role.LA_APPROVER, Role.COLLECTOR)
CHALLENGERS = (Role.PREPARER, Role.HEAD)


def oversees(viewer: Viewer, school: Organisation) -> bool:
    """Whether the viewer's authority is the one of a maintained school."""
    here = viewer.organisation
    return here is not None and school.authority_id == here.pk and not school.is_academy


def may_note(viewer: Viewer, school: Organisation) -> bool:
    """Whether the viewer may write a note about a school."""
    return oversees(viewer, school) and bool(viewer.roles & frozenset(WRITERS))


def may_challenge(viewer: Viewer, school: Organisation) -> bool:
    """Whether the viewer may say that something about a school is wrong: its own people may."""
    return viewer.organisation == school and bool(viewer.roles & frozenset(CHALLENGERS))


def may_answer(viewer: Viewer, school: Organisation) -> bool:
    """Whether the viewer may answer a school: its authority, and the department."""
    here = viewer.organisation
    department = here is not None and here.kind == Organisation.Kind.DEPARTMENT
    return bool(viewer.roles & frozenset(ANSWERERS)) and (department or oversees(viewer, school))


def sees_challenges(viewer: Viewer, school: Organisation) -> bool:
    """Whether the viewer may read what a school said was wrong, and the answers."""
    return viewer.organisation == school or may_answer(viewer, school)


def readable_notes(viewer: Viewer) -> QuerySet[Note]:
    """The notes the viewer may read: those of their own organisation, and those shared with their school."""
    if viewer.organisation is None or not viewer.roles & frozenset(READERS):
        return Note.objects.none()
    mine = Q(of=viewer.organisation) | Q(school=viewer.organisation, shared=True)
    return Note.objects.filter(mine).select_related("by", "of")


def may_fill(viewer: Viewer, school: Organisation) -> bool:
    """Whether the viewer may put a plan or a document into the file: the school's own people, and its authority's."""
    return may_challenge(viewer, school) or may_note(viewer, school)


def readable_documents(viewer: Viewer) -> QuerySet[Document]:
    """The documents the viewer may read: their organisation's, those shared with it, and those of its own schools."""
    here = viewer.organisation
    if here is None or not viewer.roles & frozenset(READERS):
        return Document.objects.none()
    of_a_school = Q(of=F("school"), school__authority=here, school__is_academy=False)
    mine = Q(of=here) | Q(school=here, shared=True) | of_a_school
    return Document.objects.filter(mine).select_related("by", "of", "school")


def readable_governors(viewer: Viewer, school: Organisation) -> QuerySet[Governor]:
    """Who governs a school, or did in the last twelve months: those public for everybody, all for those who keep it."""
    found = Governor.objects.filter(school=school).exclude(until__lt=_named_since())
    return found if may_fill(viewer, school) else found.filter(public=True)


def _named_since() -> date:
    """The day since which somebody must have been in office to be named still, by the retention schedule."""
    rule = next(one for one in load_kept_beside() if one.what == "governors")
    return months_on(timezone.localdate(), -rule.months)


def readable_buildings(viewer: Viewer, school: Organisation) -> QuerySet[Building]:
    """The buildings of a school, for itself, its authority and the department."""
    found = Building.objects.filter(school=school)
    return found if sees_challenges(viewer, school) else found.none()


def may_ask(viewer: Viewer, school: Organisation) -> bool:
    """Whether the viewer may ask the authority of their own school something; academies may too."""
    return may_challenge(viewer, school) and school.authority_id is not None


def answers_tickets(viewer: Viewer, ticket: Ticket) -> bool:
    """Whether the viewer answers a ticket: an officer of the authority that was asked."""
    here = viewer.organisation
    return here is not None and here.pk == ticket.of_id and bool(viewer.roles & frozenset(WRITERS))


def readable_tickets(viewer: Viewer) -> QuerySet[Ticket]:
    """The tickets of the viewer's own school, or those their authority was asked."""
    here, found = viewer.organisation, Ticket.objects.select_related("school", "of", "subject__round")
    if here is not None and viewer.roles & frozenset(WRITERS):
        return found.filter(of=here)
    if here is not None and viewer.roles & frozenset(CHALLENGERS):
        return found.filter(school=here)
    return found.none()
