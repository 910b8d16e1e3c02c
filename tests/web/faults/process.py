"""One process of the service for a test to start, with words that say what it does; it prints what it found as JSON.

``python -m tests.web.faults.process WORDS…``.  The variable KILL_AT names a step of killing.STEPS before which the
process ends itself as kill -9 does: without a chance to clean up.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import django


def make_world(schools: str) -> object:
    """The tables, and so many schools of one authority with an open round; whoever acts holds one role each."""
    from django.core.management import call_command
    from django.utils import timezone

    from muster_web.accounts.models import Organisation
    from muster_web.accounts.roles import Role
    from muster_web.accounts.viewer import viewer_for
    from muster_web.returns.actions.opening import open_round
    from muster_web.returns.models import Return, Round
    from tests.web.conftest import add_person

    call_command("migrate", verbosity=0)
    make = Organisation.objects.create
    department = make(kind="department", name="Department for Education")
    over = make(kind="authority", name="Anyshire", la_code="999")
    collector = add_person(department, Role.COLLECTOR, "collector@example.org")
    for name in ("la_approver", "second_approver"):
        add_person(over, Role.LA_APPROVER, f"{name}@example.org")
    for number in range(int(schools)):
        school = make(
            kind="school", name=f"School {number}", la_code="999", estab=f"{2000 + number}", authority=over
        )
        for role in (Role.PREPARER, Role.HEAD):
            add_person(school, role, f"{role}.{number}@example.org")
    today = timezone.localdate()
    round = Round(
        collection="school_workforce", year=2025, phase="statutory", title="School workforce census 2025",
        opens=today, census_day=today, closes=today + timedelta(days=9),
    )  # fmt: skip
    open_round(viewer=viewer_for(collector, None), round=round)
    return list(Return.objects.order_by("organisation__estab").values_list("pk", flat=True))


def send(pk: str, estab: str) -> object:
    """The data manager sends the file of a school on the page for it; the status of the answer."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.web.files import return_of

    file = SimpleUploadedFile("swc.xml", return_of(estab=estab))
    return (
        _browser(f"preparer.{int(estab) - 2000}").post(f"/returns/{pk}/upload/", {"file": file}).status_code
    )


def _browser(name: str):
    from django.test import Client

    from muster_web.accounts.models import User

    client = Client(SERVER_NAME="localhost")
    user = User.objects.get(email=f"{name}@example.org")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def work() -> object:
    """A worker does what is in the queue, then ends."""
    from django.core.management import call_command

    call_command("db_worker", queue_name="*", batch=True, interval=0, verbosity=0)
    return None


def recover() -> object:
    """Twenty minutes later the clock takes up what was lost, and a worker does it; how much was taken up."""
    from django_tasks_db.models import DBTaskResult

    from muster_web.returns.models import MachineRun, Upload
    from muster_web.returns.queueing import sweep

    for model, columns in (
        (MachineRun, ("asked", "started")),
        (Upload, ("at",)),
        (DBTaskResult, ("enqueued_at",)),
    ):
        for row in model.objects.all():
            past = {one: getattr(row, one) and getattr(row, one) - timedelta(minutes=20) for one in columns}
            model.objects.filter(pk=row.pk).update(**past)
    again = sweep()
    work()
    return again


def make_ready(pk: str) -> object:
    """Explain and sign a loaded return, so that only submitting is left."""
    from muster_web.returns.actions import deciding
    from muster_web.returns.models import Return
    from tests.web.faults.acting import of_school
    from tests.web.returns.world import explain_all, now

    subject = now(Return.objects.get(pk=pk))
    explain_all(of_school(subject, "preparer"), subject)
    deciding.sign(viewer=of_school(subject, "head"), subject=subject, revision=subject.revision)
    return None


def make_submitted(pk: str) -> object:
    """Take a loaded return on until its authority has it."""
    from tests.web.faults.acting import DONE, act

    make_ready(pk)
    said = act("submit", int(pk), lambda: None)
    assert said == DONE, said
    return None


def facts(pk: str) -> object:
    """Everything that must be there once: versions, events, lines of the audit, findings, and the bytes."""
    from muster_web.audit.models import AuditEvent
    from muster_web.audit.verify import verify
    from muster_web.returns.files import as_source
    from muster_web.returns.models import Finding, MachineRun, Return
    from tests.web.files import return_of

    subject = Return.objects.select_related("organisation").get(pk=pk)
    versions = list(subject.versions.all())
    for one in versions:
        with as_source(one.stored, one.name, one.sha256, one.size) as source:
            assert source.path.read_bytes() == return_of(estab=subject.organisation.estab)
    marks = Finding.objects.filter(subject=subject).values_list("fingerprint", flat=True)
    return {
        "state": subject.state, "versions": len(versions), "outcomes": [one.outcome for one in versions],
        "events": Counter(subject.events.values_list("name", flat=True)),
        "audited": Counter(AuditEvent.objects.filter(subject=f"return:{pk}").values_list("name", flat=True)),
        "findings": len(marks), "different findings": len(set(marks)), "counted": subject.to_fix + subject.to_explain,
        "open runs": MachineRun.objects.filter(version__subject=subject, ended=None).count(),
        "chain": verify().fault,
    }  # fmt: skip


def both(pk: str, *actions: str) -> object:
    """Two people act on one return at the same moment, each in a thread with a connection of its own."""
    from tests.web.faults.acting import act

    start = threading.Barrier(len(actions))
    said: dict[int, str] = {}

    def one(number: int, action: str) -> None:
        said[number] = act(action, int(pk), start.wait)

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [said[number] for number in range(len(actions))]


def main(words: list[str]) -> None:
    """Do what the words say, one after the other (``+`` between them), and print the last answer."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.web.faults.settings"
    django.setup()
    from tests.web.faults.killing import arm

    arm(os.environ.get("KILL_AT", ""))
    answers = []
    for part in " ".join(words).split(" + "):
        name, *rest = part.split()
        does: Callable[..., object] = globals()[name]
        answers.append(does(*rest))
    print(json.dumps(answers))


if __name__ == "__main__":
    main(sys.argv[1:])
