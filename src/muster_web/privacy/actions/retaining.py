"""Delete what was kept long enough, and certify what was deleted."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import SYSTEM, Viewer
from muster_web.audit.record import record
from muster_web.performance.models import Plan
from muster_web.privacy.actions.retaining_beside import empty_beside
from muster_web.privacy.actions.retaining_files import empty
from muster_web.privacy.models import Certificate, Hold
from muster_web.privacy.queries.due import BUILT_FROM, GONE, SAID, Due, Going, going
from muster_web.privacy.queries.due_beside import GoingBeside, going_beside
from muster_web.privacy.queries.due_files import going_files
from muster_web.returns.models import Case, CaseSide, Event, Finding, Part, Upload, Version
from muster_web.schools.models import Document

_DELETED = "deleted under the retention schedule"


@dataclass(frozen=True)
class Applied:
    """What was deleted; ``certificate`` is None where nothing was due."""

    lines: tuple[Due, ...]
    certificate: Certificate | None

    @property
    def deleted(self) -> int:
        """How many versions lost their data."""
        return sum(one.versions for one in self.lines)


def apply_by_clock() -> int:
    """What the clock does each day: apply the schedule where the deployment says that it may; how much was deleted."""
    return apply_schedule().deleted if settings.RETENTION_BY_CLOCK else 0


@transaction.atomic
def apply_schedule(*, viewer: Viewer = SYSTEM, on: date | None = None) -> Applied:
    """Delete what the schedule says is due on a day, today if none is named, and keep a certificate of it.

    Rows that prove what was sent stay: events, receipts, checksums, counts.  Bytes go once the transaction has
    ended well.
    """
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise NotAllowed("A day in the future can be previewed; nothing is deleted before its day.")
    lines: list[Due] = []
    files: list[dict[str, object]] = []
    names: set[str] = set()
    for one in going(day):
        lines.append(one.counted())
        versions = list(one.versions)
        others: list[Part | Upload] = [*one.parts, *one.refused]
        files += [{"version": str(v.pk), "sha256": v.sha256, "size": v.size} for v in versions]
        files += [{"file": str(v.pk), "sha256": v.sha256, "size": v.size} for v in others]
        names |= {v.stored for v in versions} | {v.stored for v in others}
        names |= {f"found/{v.pk}.json" for v in versions}
        _delete(one, versions)
    for due in (*going_files(day), *going_beside(day)):
        lines.append(due.counted())
        emptied, stored = empty_beside(due) if isinstance(due, GoingBeside) else empty(due)
        files, names = files + emptied, names | stored
    if not lines:
        return Applied((), None)
    names |= _close_uploads()
    certificate = _certify(viewer, day, lines, files)
    transaction.on_commit(partial(_delete_files, names))
    return Applied(tuple(lines), certificate)


def _delete(one: Going, versions: list[Version]) -> None:
    returns = list(one.returns.values_list("pk", flat=True))
    keys = [version.pk for version in versions]
    Finding.objects.filter(version__in=keys).delete()
    one.refused.update(stored=GONE, name=_DELETED, refused=[])
    for kind in (*SAID, *BUILT_FROM, Finding):
        kind.objects.filter(subject__in=returns).delete()
    Event.objects.filter(subject__in=returns).update(comment="")
    _empty_cases(returns)
    Version.objects.filter(pk__in=keys).update(stored=GONE, causes=[], name=_DELETED)


def _empty_cases(returns: list[int]) -> None:
    """Delete what the cases of these returns say of people; that there was a case, and how it ended, stays."""
    Case.objects.filter(sides__subject__in=returns).update(shared={}, doubts=[], reason="")
    CaseSide.objects.filter(subject__in=returns).update(records=[])


def _close_uploads() -> set[str]:
    """The stored bytes of uploads none of whose versions has data any more."""
    left = Version.objects.exclude(stored=GONE).exclude(upload=None).values("upload")
    done = Upload.objects.exclude(stored=GONE).filter(versions__isnull=False).exclude(pk__in=left).distinct()
    names = set(done.values_list("stored", flat=True))
    Upload.objects.filter(pk__in=list(done.values_list("pk", flat=True))).update(stored=GONE, name=_DELETED)
    return names


def _delete_files(names: set[str]) -> None:
    """Delete stored files that nothing refers to any more; the same bytes may stand in two places."""
    plans = {file["stored"] for files in Plan.objects.values_list("files", flat=True) for file in files}
    for name in sorted(one for one in names - plans if one):
        used = any(kind.objects.filter(stored=name).exists() for kind in (Version, Upload, Part, Document))
        if not used and default_storage.exists(name):
            default_storage.delete(name)


def _certify(viewer: Viewer, day: date, lines: list[Due], files: list[dict[str, object]]) -> Certificate:
    said = {"on": day.isoformat(), "lines": [one.as_json() for one in lines], "files": files}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(text.encode()).hexdigest()
    certificate = Certificate.objects.create(
        actor=viewer.actor, on=day, lines=said["lines"], files=files, sha256=digest
    )
    record(
        "retention_applied", actor=viewer.actor, acting_for=viewer.acting_for,
        subject=f"certificate:{certificate.pk}", data={"files": len(files), "sha256": digest},
    )  # fmt: skip
    return certificate


@transaction.atomic
def hold(*, viewer: Viewer, hold: Hold) -> Hold:
    """Keep everything of an organisation or a round until the hold is ended."""
    _refuse_unless_keeper(viewer)
    hold.by = viewer.user
    hold.save()
    record("hold_begun", actor=viewer.actor, acting_for=viewer.acting_for, subject=f"hold:{hold.pk}")
    return hold


@transaction.atomic
def end_hold(*, viewer: Viewer, hold: Hold) -> Hold:
    """Let the schedule go on where it was held."""
    _refuse_unless_keeper(viewer)
    hold.ended = timezone.localdate()
    hold.save(update_fields=["ended"])
    record("hold_ended", actor=viewer.actor, acting_for=viewer.acting_for, subject=f"hold:{hold.pk}")
    return hold


def _refuse_unless_keeper(viewer: Viewer) -> None:
    if "open_collection" not in viewer.permissions_for(""):
        raise NotAllowed("Only the department decides what is kept longer.")
