"""What the pages read of proposals, and what a viewer may do with one."""

from __future__ import annotations

from django.db.models import QuerySet

from muster_web.accounts.viewer import Viewer
from muster_web.proposals.models import Proposal

State = Proposal.State
# From which states each step goes; what somebody of the department does, and what the one who proposed does.
STEPS: dict[str, frozenset[Proposal.State]] = {
    "comment": frozenset({State.PROPOSED, State.CONSULTED}),
    "consult": frozenset({State.PROPOSED}),
    "accept": frozenset({State.PROPOSED, State.CONSULTED}),
    "refuse": frozenset({State.PROPOSED, State.CONSULTED}),
    "release": frozenset({State.ACCEPTED}),
    "withdraw": frozenset({State.PROPOSED, State.CONSULTED}),
}
OF_THE_DEPARTMENT = frozenset({"consult", "accept", "refuse", "release"})
DECISIONS = frozenset({"accept", "refuse"})


def proposals_about(collection: str, *names: str) -> QuerySet[Proposal]:
    """The proposals about an entry of a collection."""
    return Proposal.objects.filter(collection=collection, about__in=names)


def every_proposal(state: str = "") -> QuerySet[Proposal]:
    """All proposals, those moved last first, or those of one state."""
    found = Proposal.objects.select_related("organisation")
    return found.filter(state=state) if state in State.values else found


def refusal_of(viewer: Viewer, subject: Proposal, step: str) -> str:
    """Why the viewer may not take a step now, or ''."""
    if viewer.user is None:
        return "Sign in first."
    mine = viewer.user.pk == subject.by_id
    if step == "withdraw" and not mine:
        return "Only the person who proposed it can withdraw it."
    if step in OF_THE_DEPARTMENT and "decide_changes" not in viewer.permissions_for(subject.collection):
        return "Only the department decides on changes of a collection."
    if step in DECISIONS and mine:
        return "Nobody decides on what they proposed; a colleague has to."
    if State(subject.state) not in STEPS[step]:
        return f"It is {subject.get_state_display().lower()}, so this cannot be done with it."
    return ""


def open_steps(viewer: Viewer, subject: Proposal) -> list[str]:
    """The steps the viewer may take now."""
    return [step for step in STEPS if not refusal_of(viewer, subject, step)]
