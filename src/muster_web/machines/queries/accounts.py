"""The service accounts of an organisation, for its approvers."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from muster_web.accounts.models import User
from muster_web.accounts.viewer import Viewer
from muster_web.machines.models import ServiceAccount


def accounts_of(viewer: Viewer) -> QuerySet[ServiceAccount]:
    """The accounts of the viewer's organisation, those in use before the revoked; none for who is no approver."""
    if viewer.organisation is None or "manage_people" not in viewer.permissions_for(""):
        return ServiceAccount.objects.none()
    mine = ServiceAccount.objects.filter(organisation=viewer.organisation).prefetch_related("secrets")
    return mine.order_by("revoked", "name", "pk")


def made_by(viewer: Viewer, person: User) -> QuerySet[ServiceAccount]:
    """Those in use that a person made, whose secret they may know."""
    return accounts_of(viewer).filter(made_by=person, revoked=None)


def get_account(viewer: Viewer, pk: int) -> ServiceAccount:
    """One of them, or Http404."""
    return get_object_or_404(accounts_of(viewer), pk=pk)
