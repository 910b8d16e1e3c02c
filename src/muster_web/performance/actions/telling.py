"""Write into the audit what was done with a plan or a quarter."""

from __future__ import annotations

from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.performance.models import Plan, Quarter


def tell(name: str, viewer: Viewer, about: Plan | Quarter, *, data: dict[str, object] | None = None) -> None:
    """Add the event, seen by the plan's authority."""
    plan = about if isinstance(about, Plan) else about.plan
    kind = "plan" if isinstance(about, Plan) else "quarter"
    record(
        name, actor=viewer.actor, acting_for=viewer.acting_for, subject=f"{kind}:{about.pk}",
        organisations=[plan.authority_id], data=data or {},
    )  # fmt: skip
