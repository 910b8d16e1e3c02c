"""The requests a viewer may answer, and those they have made themselves."""

from __future__ import annotations

from django.db.models import Q

from muster_web.accounts.actions.asking import may_answer
from muster_web.accounts.models import AccessRequest
from muster_web.accounts.queries.standing import overseen_by
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer

_SHOWN = ("organisation", "by", "by_organisation", "answered_by")


def to_answer(viewer: Viewer) -> list[AccessRequest]:
    """The open requests the viewer may answer, the longest waiting first."""
    if viewer.organisation is None or Role.APPROVER not in viewer.roles:
        return []
    ours = Q(organisation=viewer.organisation) | Q(organisation__in=overseen_by(viewer.organisation))
    found = AccessRequest.objects.filter(ours, answer=AccessRequest.Answer.OPEN).select_related(*_SHOWN)
    return [one for one in found.order_by("asked")[:200] if may_answer(viewer, one)]


def made_by(viewer: Viewer) -> list[AccessRequest]:
    """What the viewer has asked for, the last first."""
    return list(AccessRequest.objects.filter(by=viewer.user).select_related(*_SHOWN).order_by("-pk")[:50])


def answered_lately(viewer: Viewer) -> list[AccessRequest]:
    """The last requests of the viewer's organisation that were answered, with who did."""
    found = AccessRequest.objects.filter(organisation=viewer.organisation).exclude(answer="open")
    return list(found.select_related(*_SHOWN).order_by("-answered")[:20])
