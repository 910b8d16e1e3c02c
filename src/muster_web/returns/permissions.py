"""What a viewer may do with one return, and which returns they may see at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet

from muster.submit.states import BY_ACTION, SYSTEM, TABLE, May, State, may
from muster_web.accounts.models import Access, Organisation
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer
from muster_web.returns.conditions import obstacles, obstacles_of_many
from muster_web.returns.models import Return

# What each level of access lets another organisation do, if the roles held there permit it too.
_LEVELS = {
    Access.Level.SEND: frozenset({"upload"}),
    Access.Level.VIEW: frozenset({"see"}),
    Access.Level.HELP: frozenset({"see", "upload", "edit_for", "note", "export"}),
    Access.Level.SUBMIT_FOR: frozenset({"see", "upload", "edit_for", "note", "export", "submit"}),
}


def visible_returns(viewer: Viewer) -> QuerySet[Return]:
    """The returns a viewer may see: their own organisation's, those it checks, those it was let into, or all."""
    return _reached(viewer, Access.objects.exclude(level=Access.Level.SEND))


def returns_to_send_for(viewer: Viewer) -> QuerySet[Return]:
    """The returns a viewer may send files for: those they see, and those whose school lets them send and no more."""
    return _reached(viewer, Access.objects.all())


def _reached(viewer: Viewer, given: QuerySet[Access]) -> QuerySet[Return]:
    found = Return.objects.select_related("round", "organisation", "agent", "current").defer(
        "organisation__register", "agent__register"
    )
    if viewer.organisation is None:
        return found.none()
    collections = _collections(viewer)
    if not collections:
        return found.none()
    found = found if "" in collections else found.filter(round__collection__in=collections)
    if viewer.organisation.kind == Organisation.Kind.DEPARTMENT:
        return found
    mine = Q(organisation=viewer.organisation) | Q(agent=viewer.organisation)
    return found.filter(mine | Exists(_access_to(viewer.organisation, given)))


def _collections(viewer: Viewer) -> frozenset[str]:
    seeing = [
        one for one in viewer.held if "see" in Viewer(None, None, held=[one]).permissions_for(one.collection)
    ]
    return frozenset(one.collection for one in seeing)


def _access_to(receiver: Organisation, given: QuerySet[Access]) -> QuerySet[Access]:
    about = Q(collection="") | Q(collection=OuterRef("round__collection"))
    return given.filter(Access.in_force(), about, giver=OuterRef("organisation"), receiver=receiver)


def permissions(viewer: Viewer, subject: Return) -> frozenset[str]:
    """What a viewer may do with a return, by their roles and by how their organisation stands to it."""
    if viewer.organisation is None:
        return frozenset()
    held = viewer.permissions_for(subject.round.collection)
    here = viewer.organisation.pk
    if here in (subject.organisation_id, subject.agent_id):
        return held
    if viewer.organisation.kind == Organisation.Kind.DEPARTMENT and Role.COLLECTOR in viewer.roles:
        return held
    return held & _let_in(viewer.organisation, subject)


def _let_in(receiver: Organisation, subject: Return) -> frozenset[str]:
    given = Access.objects.filter(
        Access.in_force(),
        Q(collection="") | Q(collection=subject.round.collection),
        giver=subject.organisation_id,
        receiver=receiver,
    )
    return frozenset().union(*(_LEVELS[Access.Level(one.level)] for one in given))


def may_do(viewer: Viewer, subject: Return, action: str, *, given: Mapping[str, str] | None = None) -> May:
    """Whether the viewer may do this now, and if not why and who can help.

    ``given`` says of conditions what stands in their way, '' for nothing: what only the request knows, such as
    ``reason_given``, or what was looked up for many returns together.
    """
    standing = obstacles(subject, viewer, BY_ACTION[action].conditions, known=given or {})
    return may(action, State(subject.state), permissions(viewer, subject), obstacles=standing)


def may_do_many(viewer: Viewer, subjects: Iterable[Return], action: str) -> list[tuple[Return, May]]:
    """The same for many returns, with as many queries as for a few."""
    asked = list(subjects)
    given = obstacles_of_many(asked, viewer, BY_ACTION[action].conditions)
    return [(one, may_do(viewer, one, action, given=given[one.pk])) for one in asked]


def may_flags(viewer: Viewer, subject: Return) -> dict[str, May]:
    """The answer for every action a person can take, as the pages and the API show it."""
    held, state = permissions(viewer, subject), State(subject.state)
    rows = [row for row in TABLE if row.permission != SYSTEM]
    open_ones = [row for row in rows if state in row.starts and row.permission in held]
    standing = obstacles(subject, viewer, {name for row in open_ones for name in row.conditions})
    return {row.action: may(row.action, state, held, obstacles=standing) for row in rows}
