"""Who owes a return and who does not; take back a whole return, and bring it back within thirty days."""

from __future__ import annotations

from django.db import transaction

from muster_web.accounts.viewer import Viewer
from muster_web.returns.actions.moving import move
from muster_web.returns.models import Return


@transaction.atomic
def mark_not_required(*, viewer: Viewer, subject: Return, reason: str) -> Return:
    """Say that an organisation owes no return in this round, and why; nothing is expected of it any more."""
    missing = {} if reason.strip() else {"reason_given": "Say why no return is required."}
    return move(subject, "mark_not_required", viewer=viewer, comment=reason.strip(), given=missing)


@transaction.atomic
def mark_required(*, viewer: Viewer, subject: Return) -> Return:
    """Expect a return after all."""
    return move(subject, "mark_required", viewer=viewer)


@transaction.atomic
def withdraw_return(*, viewer: Viewer, subject: Return, typed: str) -> Return:
    """Take back everything that was sent; it can be restored for thirty days.

    ``typed`` is the number of the school as the person typed it, so that nobody withdraws a return by a slip.
    """
    ref = subject.organisation.ref
    wrong = {} if typed.strip() == ref else {"confirmed": f"Type {ref} to confirm."}
    return move(subject, "withdraw_return", viewer=viewer, given=wrong)


@transaction.atomic
def restore(*, viewer: Viewer, subject: Return) -> Return:
    """Bring a withdrawn return back as it was loaded; it has to be submitted again."""
    return move(subject, "restore", viewer=viewer)
