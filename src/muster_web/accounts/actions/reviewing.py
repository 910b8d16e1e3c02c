"""Once a term an approver goes through everybody who can get in, keeps or removes each role, and signs for it."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.signing import Signer
from django.db import transaction

from muster.submit.states import NotAllowed
from muster_web.accounts.actions.granting import end_grant
from muster_web.accounts.actions.telling import refuse_unless_managing, tell
from muster_web.accounts.models import Review, ReviewLine
from muster_web.accounts.queries.standing import grants_in_force
from muster_web.accounts.viewer import Viewer

_SIGNATURES = Signer(salt="muster.review")


@transaction.atomic
def review(*, viewer: Viewer, keep: Mapping[int, bool]) -> Review:
    """Keep or take every role in force; ``keep`` decides of each by its id, and leaves none out.

    One's own roles are kept: another approver's review decides of them.
    """
    organisation = viewer.organisation
    if organisation is None:
        raise NotAllowed("Only an approver of the organisation reviews its access.")
    refuse_unless_managing(viewer, organisation)
    held = {grant.pk: grant for grant in grants_in_force(organisation)}
    if set(held) != set(keep):
        raise NotAllowed("Somebody's access changed while you were looking. Look through the list again.")
    made = Review.objects.create(organisation=organisation, by=viewer.user, signature="")
    for number, grant in held.items():
        kept = keep[number] or grant.membership.user == viewer.user
        ReviewLine.objects.create(review=made, grant=grant, kept=kept)
        if not kept:
            end_grant(viewer=viewer, held=grant)
    made.signature = _SIGNATURES.signature(said_by(made))
    made.save(update_fields=["signature"])
    removed = sum(not line.kept for line in made.lines.all())
    tell(
        viewer,
        "access_reviewed",
        organisation,
        subject=f"review:{made.pk}",
        kept=len(held) - removed,
        removed=removed,
    )
    return made


def said_by(made: Review) -> str:
    """What a review vouches for, as the one line that is signed."""
    lines = ",".join(f"{one.grant_id}={one.kept:d}" for one in made.lines.order_by("grant_id"))
    return f"{made.pk}|{made.organisation_id}|{made.by_id}|{made.at.isoformat()}|{lines}"


def is_genuine(made: Review) -> bool:
    """Whether a review is as it was signed."""
    return _SIGNATURES.signature(said_by(made)) == made.signature
