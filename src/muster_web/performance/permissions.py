"""Who may do what with plans: the authority's officers keep them, owners write their lines, its people read reports."""

from __future__ import annotations

from django.db.models import QuerySet

from muster.submit.states import NotAllowed
from muster_web.accounts.models import Grant, Membership, Organisation, User
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer
from muster_web.performance.models import Holder, Issue, Line, Plan, Quarter

KEEPERS = (Role.LA_OFFICER, Role.LA_APPROVER)
WRITERS = (*KEEPERS, Role.PLAN_OWNER)
SIGNERS = (Role.LA_APPROVER,)


def keeps_plans(viewer: Viewer) -> bool:
    """Whether the viewer keeps the plans of their authority."""
    here = viewer.organisation
    authority = here is not None and here.kind == Organisation.Kind.AUTHORITY
    return authority and bool(viewer.roles & frozenset(KEEPERS))


def kept_plans(viewer: Viewer) -> QuerySet[Plan]:
    """The plans the viewer keeps."""
    return Plan.objects.filter(authority=viewer.organisation) if keeps_plans(viewer) else Plan.objects.none()


def refuse_unless_keeper(viewer: Viewer, plan: Plan) -> None:
    """Raise NotAllowed where the plan is not the viewer's to keep."""
    if viewer.organisation is None or plan.authority_id != viewer.organisation.pk or not keeps_plans(viewer):
        raise NotAllowed("Only the officers of the authority keep its plans.")


def offices_of(viewer: Viewer) -> list[str]:
    """The offices the viewer holds in the authority they act for."""
    held = Holder.objects.filter(authority=viewer.organisation, user=viewer.user)
    return list(held.values_list("office", flat=True)) if viewer.organisation and viewer.user else []


def own_lines(viewer: Viewer) -> QuerySet[Line]:
    """The lines the viewer owns by an office they hold."""
    found = Line.objects.filter(quarter__plan__authority=viewer.organisation, owner__in=offices_of(viewer))
    return found if viewer.roles & frozenset(WRITERS) else found.none()


def writable_lines(viewer: Viewer) -> QuerySet[Line]:
    """The lines the viewer may write: their own; for those who keep the plans, all of them."""
    if keeps_plans(viewer):
        return Line.objects.filter(quarter__plan__authority=viewer.organisation)
    return own_lines(viewer)


def may_sign(viewer: Viewer) -> bool:
    """Whether the viewer may sign for the quality of the figures."""
    return keeps_plans(viewer) and bool(viewer.roles & frozenset(SIGNERS))


def published_quarters(viewer: Viewer) -> QuerySet[Quarter]:
    """The quarters of the viewer's authority of whose report an issue is out, those that are corrected too."""
    if viewer.organisation is None:
        return Quarter.objects.none()
    found = Quarter.objects.filter(
        plan__authority=viewer.organisation, pk__in=Issue.objects.values("quarter")
    )
    return found.select_related("plan__authority")


def readable_quarters(viewer: Viewer) -> QuerySet[Quarter]:
    """The quarters whose report the viewer may read: those that are published, of a keeper all."""
    if not keeps_plans(viewer):
        return published_quarters(viewer)
    return Quarter.objects.filter(plan__authority=viewer.organisation).select_related("plan__authority")


def people_for_offices(plan: Plan) -> QuerySet[User]:
    """The people of a plan's authority who may own lines of it today."""
    grants = Grant.objects.filter(
        Grant.in_force(), Membership.in_force(prefix="membership__"), role__in=WRITERS,
        membership__organisation=plan.authority_id,
    )  # fmt: skip
    return User.objects.filter(pk__in=grants.values("membership__user"), is_active=True).order_by("name")
