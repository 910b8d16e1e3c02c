"""Steps that tests of returns take again and again, each through the real actions."""

from __future__ import annotations

from collections.abc import Mapping

from muster_web.accounts.viewer import Viewer
from muster_web.returns.actions import deciding
from muster_web.returns.actions.explaining import explain
from muster_web.returns.actions.uploading import receive
from muster_web.returns.models import Finding, Return, Upload

REASON = "Counted with the office on census day."


def now(subject: Return) -> Return:
    """A return as it stands now."""
    return Return.objects.select_related("round", "organisation", "agent", "current").get(pk=subject.pk)


def load(viewer: Viewer, subject: Return, content: bytes, name: str = "swc.xml") -> Upload:
    """Send a file into the round of a return."""
    return receive(viewer=viewer, round=subject.round, chunks=[content], name=name)


def explain_all(viewer: Viewer, subject: Return, text: str = REASON) -> None:
    """Give every query of a return an explanation."""
    queries = Finding.objects.filter(subject=subject, version=now(subject).current, severity="query")
    marks = queries.values_list("fingerprint", flat=True)
    explain(viewer=viewer, subject=subject, fingerprints=marks, text=text)


def send(viewers: Mapping[str, Viewer], subject: Return, content: bytes, school: str = "ashcombe") -> Return:
    """Load, explain, sign and submit a return without errors."""
    preparer, head = viewers[f"{school}.preparer"], viewers[f"{school}.head"]
    load(preparer, subject, content)
    explain_all(preparer, subject)
    deciding.sign(viewer=head, subject=subject, revision=now(subject).revision)
    deciding.submit(viewer=preparer, subject=subject)
    return now(subject)
