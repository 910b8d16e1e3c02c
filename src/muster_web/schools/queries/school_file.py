"""The file of one school, put together from the register, figures, its returns and what people wrote."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q
from django.shortcuts import get_object_or_404

from muster_web.accounts.models import Organisation, Succession
from muster_web.accounts.viewer import Viewer
from muster_web.schools.early_warnings import Warned, warnings_of
from muster_web.schools.models import Building, Challenge, Document, Governor, Note, Priority, Ticket
from muster_web.schools.permissions import (
    readable_buildings,
    readable_documents,
    readable_governors,
    readable_notes,
    sees_challenges,
)
from muster_web.schools.queries.parts import Part, grouped
from muster_web.schools.queries.profile import Fact, facts_of
from muster_web.schools.queries.published import published_parts
from muster_web.schools.queries.returned import ReturnLine, return_lines, returned_parts
from muster_web.schools.queries.tickets import tickets_of


@dataclass(frozen=True)
class SchoolFile:
    """Everything the viewer may see of one school or authority."""

    school: Organisation
    groups: tuple[tuple[str, tuple[Part, ...]], ...]
    successions: tuple[Succession, ...]
    returns: tuple[ReturnLine, ...]
    notes: tuple[Note, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    warnings: tuple[Warned, ...] = field(default=())
    facts: tuple[Fact, ...] = ()
    priorities: tuple[Priority, ...] = ()
    documents: tuple[Document, ...] = ()
    governors: tuple[Governor, ...] = ()
    buildings: tuple[Building, ...] = ()
    tickets: tuple[Ticket, ...] = ()


def get_school(pk: int) -> Organisation:
    """A school or an authority, or Http404."""
    found = Organisation.objects.filter(kind__in=("school", "authority")).select_related("authority", "trust")
    return get_object_or_404(found, pk=pk)


def school_file(viewer: Viewer, school: Organisation) -> SchoolFile:
    """The file of a school as the viewer may see it."""
    parts = parts_of(viewer, school)
    returns = return_lines(viewer, school)
    notes = tuple(readable_notes(viewer).filter(school=school).prefetch_related("reviews__by"))
    seen = sees_challenges(viewer, school)
    return SchoolFile(
        school=school,
        groups=grouped(parts),
        successions=_successions(school),
        returns=returns,
        notes=notes,
        challenges=tuple(school.challenges.select_related("by", "answered_by")) if seen else (),
        warnings=warnings_of(parts, [one.subject for one in returns], notes) if seen else (),
        facts=facts_of(school, parts, notes, with_contact=seen),
        priorities=tuple(school.priorities.all()) if seen else (),
        documents=tuple(readable_documents(viewer).filter(school=school)),
        governors=tuple(readable_governors(viewer, school).select_related("of")),
        buildings=tuple(readable_buildings(viewer, school).select_related("of")),
        tickets=tuple(tickets_of(viewer).filter(school=school)),
    )


def parts_of(viewer: Viewer, organisation: Organisation) -> tuple[Part, ...]:
    """The figures of an organisation the viewer may see: of its authorised returns, then those published."""
    return (*returned_parts(viewer, organisation), *published_parts(organisation))


def _successions(school: Organisation) -> tuple[Succession, ...]:
    found = Succession.objects.filter(Q(predecessor=school) | Q(successor=school))
    return tuple(found.select_related("predecessor", "successor").order_by("on"))
