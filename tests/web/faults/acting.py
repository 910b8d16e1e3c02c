"""What somebody does to a return in a race, and what they were told."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection

from muster.model import MusterError
from muster_web.accounts.models import User
from muster_web.accounts.viewer import Viewer, viewer_for
from muster_web.returns.actions import deciding
from muster_web.returns.actions.checking import check
from muster_web.returns.actions.uploading import receive
from muster_web.returns.models import MachineRun, Return
from tests.web.files import WRONG, return_of

DONE = "done"


def act(action: str, pk: int, ready: Callable[[], object]) -> str:
    """Look at the return, wait until everybody has, act; ``done``, or what stood in the way."""
    try:
        subject = Return.objects.select_related("round", "organisation", "agent", "current").get(pk=pk)
        does = _ACTIONS[action]
        run = (
            MachineRun.objects.filter(version__subject=subject)
            .select_related("version__subject__round")
            .last()
        )
        ready()
        does(subject, run)
        return DONE
    except MusterError as refusal:
        return str(refusal)
    finally:
        connection.close()


def viewer(name: str) -> Viewer:
    """Somebody of the world by the first part of their address."""
    return viewer_for(User.objects.get(email=f"{name}@example.org"), None)


def of_school(subject: Return, role: str) -> Viewer:
    """The one who holds a role in the school of a return."""
    return viewer(f"{role}.{int(subject.organisation.estab) - 2000}")


def _upload(subject: Return, wrong: bool) -> None:
    content = return_of(*([WRONG] if wrong else []), estab=subject.organisation.estab)
    sent = receive(
        viewer=of_school(subject, "preparer"), round=subject.round, chunks=[content], name="swc.xml"
    )
    if sent.refused:
        raise MusterError(sent.refused[0]["reason"])


def _submit(subject: Return, _: object) -> None:
    deciding.submit(viewer=of_school(subject, "preparer"), subject=subject)


def _send_back(subject: Return, _: object) -> None:
    deciding.send_back(viewer=viewer("second_approver"), subject=subject, reason="Look at the hours again.")


_ACTIONS: dict[str, Callable[[Return, MachineRun | None], object]] = {
    "approve": lambda subject, _: deciding.approve(viewer=viewer("la_approver"), subject=subject),
    "approve_too": lambda subject, _: deciding.approve(viewer=viewer("second_approver"), subject=subject),
    "send_back": _send_back,
    "submit": _submit,
    "upload": lambda subject, _: _upload(subject, wrong=False),
    "upload_another": lambda subject, _: _upload(subject, wrong=True),
    "check": lambda _, run: check(run=run) if run else None,
}
