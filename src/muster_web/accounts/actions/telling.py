"""What every action on people and access does: refuse with who can help, and write the audit."""

from __future__ import annotations

from muster.submit.states import NotAllowed
from muster_web.accounts.models import Organisation, User
from muster_web.accounts.queries.standing import manages, who_can_help
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record


def refuse_unless_managing(viewer: Viewer, organisation: Organisation, *, about: User | None = None) -> None:
    """Raise NotAllowed where the viewer may not give or take access here, or to this person."""
    if manages(viewer, organisation, about=about):
        return
    if about is not None and viewer.user is not None and about.pk == viewer.user.pk:
        raise NotAllowed(
            "Nobody gives or takes their own access. Ask another approver of your organisation; where there is none, "
            "ask for it and your authority, trust or the department can answer."
        )
    raise NotAllowed(f"Your account does not let you do this. Ask {who_can_help(organisation)}.")


def tell(viewer: Viewer, event: str, *organisations: Organisation, subject: str = "", **data: object) -> None:
    """Write the audit event of an action, about these organisations."""
    record(
        event, actor=viewer.actor, acting_for=viewer.acting_for, organisations=[one.pk for one in organisations],
        subject=subject, data=data,
    )  # fmt: skip
