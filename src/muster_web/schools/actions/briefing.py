"""Make the brief of a school for somebody to take away."""

from __future__ import annotations

from muster.report.school_brief import brief_pdf
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.schools.queries.brief import brief_of


def take_brief(*, viewer: Viewer, school: Organisation) -> bytes:
    """The brief of a school as PDF, of what the viewer may see; who took it goes into the audit."""
    made = brief_pdf(brief_of(viewer, school))
    record(
        "school_brief_taken", actor=viewer.actor, acting_for=viewer.acting_for, organisations=[school.pk],
        subject=f"organisation:{school.pk}",
    )  # fmt: skip
    return made
