"""Take in what somebody sends: keep the bytes, find whose return each file is, queue it to be checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from muster.catalogue import load_collection
from muster.collect import take_in
from muster.inspecting import Peeked, peek
from muster.model import MusterError, SourceFile
from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import Viewer, viewer_for
from muster_web.audit.record import record
from muster_web.machines.tokens import viewer_of_service
from muster_web.returns.actions.announcing import announce_refused
from muster_web.returns.actions.keeping import keep_sent, refuse_name
from muster_web.returns.actions.moving import move
from muster_web.returns.files import as_source, keep
from muster_web.returns.models import Return, Round, Upload, Version
from muster_web.returns.permissions import returns_to_send_for
from muster_web.returns.queueing import ask_for_check, open_upload

_MOST_UNPACKED = 4 << 30


def receive(
    *,
    viewer: Viewer,
    round: Round,
    chunks: Iterable[bytes],
    name: str,
    idempotency_key: str = "",
    passed: Mapping[str, str] | None = None,
) -> Upload:
    """Keep what was sent and begin with it; a file is looked at now, a zip by a worker.

    The same key from the same organisation answers with the upload it first made; ``passed`` is kept with it for the
    sender.  Raises MusterError where the bytes are too many or infected, or the name is not that of a file.
    """
    if viewer.organisation is None:
        raise NotAllowed("Your account belongs to no organisation, so it cannot send anything.")
    refuse_name(name)
    again = _sent_before(viewer, idempotency_key)
    if again:
        return again
    kept = keep_sent(viewer=viewer, chunks=chunks, name=name)
    made = Upload(
        round=round, organisation=viewer.organisation, by=viewer.user, service=viewer.service, name=name,
        sha256=kept.sha256, size=kept.size, stored=kept.stored, idempotency_key=idempotency_key,
        passed=dict(passed or {}),
    )  # fmt: skip
    try:
        upload = _note(viewer, made)
    except IntegrityError:  # the same key came a second time while the bytes were being received
        return Upload.objects.get(organisation=viewer.organisation, idempotency_key=idempotency_key)
    if name.lower().endswith(".zip"):
        open_upload.enqueue(str(upload.pk))
    else:
        with as_source(kept.stored, name, kept.sha256, kept.size) as source:
            _take(upload, [source], viewer)
    return upload


def _sent_before(viewer: Viewer, key: str) -> Upload | None:
    return (
        Upload.objects.filter(organisation=viewer.organisation, idempotency_key=key).first() if key else None
    )


@transaction.atomic
def _note(viewer: Viewer, upload: Upload) -> Upload:
    upload.save(force_insert=True)
    record(
        "file_received", actor=viewer.actor, acting_for=viewer.acting_for,
        organisations=[upload.organisation_id], subject=f"upload:{upload.pk}",
        data={"sha256": upload.sha256, "size": upload.size},
    )  # fmt: skip
    return upload


def take_apart(*, upload: Upload) -> None:
    """Open a stored upload and take each file; done once, and gone on with where a process was lost in the middle."""
    if upload.state != "received":
        return
    viewer = _sender(upload)
    try:
        with as_source(upload.stored, upload.name, upload.sha256, upload.size) as source:
            unpack_to = source.path.with_suffix(".unpacked")
            files = take_in(source.path, upload.name, unpack_to=unpack_to, most_bytes=_MOST_UNPACKED).files
            if not files:
                raise MusterError(f"{upload.name} is a zip without a file in it; nothing was loaded.")
            _take(upload, [source] if _is_set(upload.round, files) else files, viewer)
    except MusterError as error:
        refuse_upload(upload=upload, reason=str(error))


def _is_set(round: Round, files: Iterable[SourceFile]) -> bool:
    """Whether the files of a zip are the tables of one return, which stays together as the zip it came as."""
    is_set = load_collection(round.collection).header == "in settings"
    return is_set and any(not file.name.lower().endswith(".xml") for file in files)


def refuse_upload(*, upload: Upload, reason: str) -> None:
    """Say why nothing could be taken of an upload; its bytes stay."""
    _settle(upload, [{"file": upload.name, "reason": reason}])


def _sender(upload: Upload) -> Viewer:
    if upload.by is None:
        return viewer_of_service(upload.service)
    return viewer_for(upload.by, upload.organisation_id)


def _take(upload: Upload, files: Iterable[SourceFile], viewer: Viewer) -> None:
    refused: list[dict[str, str]] = []
    taken = set(upload.versions.values_list("sha256", flat=True))
    for file in files:
        if file.sha256 in taken:
            continue
        try:
            _take_one(upload, file, viewer)
        except MusterError as error:
            refused.append({"file": file.name, "reason": str(error)})
    _settle(upload, refused)


@transaction.atomic
def _settle(upload: Upload, refused: list[dict[str, str]]) -> None:
    upload.state, upload.refused = "opened", refused
    upload.save(update_fields=["state", "refused"])
    if not upload.versions.exists():
        announce_refused(upload)


@transaction.atomic
def _take_one(upload: Upload, file: SourceFile, viewer: Viewer) -> Version:
    seen = peek(file)
    subject = _whose(upload.round, seen, file, viewer)
    _refuse_same_bytes(subject, file)
    kept = keep(_bytes(file), limit=settings.UPLOAD_LIMIT)
    subject = move(subject, "upload", viewer=viewer, data={"sha256": kept.sha256})
    version = Version.objects.create(
        subject=subject, upload=upload, number=subject.versions.count() + 1, name=file.name[-255:],
        sha256=kept.sha256, size=kept.size, stored=kept.stored, by=viewer.user,
    )  # fmt: skip
    ask_for_check(version)
    return version


def _bytes(file: SourceFile) -> Iterable[bytes]:
    with file.path.open("rb") as opened_file:
        while chunk := opened_file.read(1 << 20):
            yield chunk


def _whose(round: Round, seen: Peeked, file: SourceFile, viewer: Viewer) -> Return:
    """The return a file is of; the file decides, and a file of a school out of reach is refused with its number."""
    if seen.collection and seen.collection != round.collection:
        raise MusterError(
            f"{file.name} is a {seen.title.lower()}, and this is {round}. Choose the other collection."
        )
    if seen.year and seen.year != round.year:
        raise MusterError(f"{file.name} is a return of {seen.year}, and this is {round}.")
    if len(seen.tables) == 1:
        raise MusterError(
            f"{file.name} is one table of the {seen.title}. Put all its tables into one zip file and send that."
        )
    mine = returns_to_send_for(viewer).filter(round=round)
    found = _named(mine, seen)
    if found is None:
        own = ", ".join(str(one.organisation) for one in mine[:3]) or "no school here"
        raise MusterError(
            f"{file.name} is the return of {seen.ref or 'an unnamed school'}, and you send for {own}. "
            "Nothing was loaded; choose the right file."
        )
    return found


def _named(mine: QuerySet[Return], seen: Peeked) -> Return | None:
    """The return that a file names; one that names nobody can only be that of a sender with a single return."""
    if seen.collection and not seen.ref and load_collection(seen.collection).header == "in settings":
        held = list(mine[:2])
        return held[0] if len(held) == 1 else None
    code, _, estab = seen.ref.partition("/")
    return mine.filter(organisation__la_code=code, organisation__estab=estab).first()


def _refuse_same_bytes(subject: Return, file: SourceFile) -> None:
    same = subject.versions.filter(sha256=file.sha256).exclude(outcome=Version.Outcome.REFUSED).last()
    if same and subject.current_id == same.pk:
        raise NotAllowed(
            f"{file.name} is the very file loaded before as version {same.number}; nothing has changed, so nothing was "
            "loaded."
        )
