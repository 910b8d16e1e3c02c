"""Let another organisation see, help with or submit this one's returns, until a day; take it back at once."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from muster.submit.states import NotAllowed
from muster_web.accounts.actions.granting import Terms
from muster_web.accounts.actions.telling import refuse_unless_managing, tell
from muster_web.accounts.mailing import write_to
from muster_web.accounts.models import Access, Organisation
from muster_web.accounts.queries.standing import approvers_of
from muster_web.accounts.viewer import Viewer


@transaction.atomic
def give_access(*, viewer: Viewer, receiver: Organisation, level: str, terms: Terms) -> Access:
    """Let another organisation in, in the name of the one the viewer acts for."""
    giver = viewer.organisation
    if giver is None:
        raise NotAllowed("Only an approver of the organisation gives access to its returns.")
    refuse_unless_managing(viewer, giver)
    return write_access(viewer=viewer, giver=giver, receiver=receiver, level=level, terms=terms)


def write_access(
    *, viewer: Viewer, giver: Organisation, receiver: Organisation, level: str, terms: Terms
) -> Access:
    """Write an access that somebody was found to be allowed to give; it replaces one for the same collection."""
    if receiver.pk == giver.pk:
        raise NotAllowed("An organisation sees its own returns already; choose another.")
    if level not in Access.Level.values:
        raise NotAllowed("Choose what they may do.")
    same = Access.objects.filter(
        Access.in_force(), giver=giver, receiver=receiver, collection=terms.collection
    )
    same.update(ended=timezone.now(), ended_by=viewer.user)
    made = Access.objects.create(
        giver=giver, receiver=receiver, level=level, collection=terms.collection, ends=terms.ends,
        reason=terms.reason, given_by=viewer.user,
    )  # fmt: skip
    tell(
        viewer, "access_given", giver, receiver, subject=f"access:{made.pk}", level=level,
        collection=terms.collection, ends=terms.ends.isoformat() if terms.ends else "",
    )  # fmt: skip
    write_to(
        approvers_of(receiver), "access_given", giver=giver, receiver=receiver, level=made.get_level_display()
    )
    return made


@transaction.atomic
def revoke_access(*, viewer: Viewer, access: Access) -> None:
    """Take an access back; it is over with this."""
    refuse_unless_managing(viewer, access.giver)
    if not Access.objects.filter(pk=access.pk, ended=None).update(ended=timezone.now(), ended_by=viewer.user):
        raise NotAllowed("This access was taken back already.")
    tell(viewer, "access_revoked", access.giver, access.receiver, subject=f"access:{access.pk}")
    write_to(approvers_of(access.receiver), "access_revoked", giver=access.giver, receiver=access.receiver)
