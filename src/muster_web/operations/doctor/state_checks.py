"""Checks of what the deployment stands on: database, storage, clock, and the outside services."""

from __future__ import annotations

import shutil
import smtplib
import socket
import uuid
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from muster_web.audit.models import AuditEvent
from muster_web.audit.verify import verify
from muster_web.operations.doctor.answers import Answer, doubtful, well, wrong

_SECONDS = 5
_LEAST_FREE = 2 << 30
_MOST_SKEW = timedelta(seconds=5)


def database() -> Answer:
    """The database answers and has every table of this version."""
    try:
        waiting = len(
            MigrationExecutor(connection).migration_plan(
                MigrationExecutor(connection).loader.graph.leaf_nodes()
            )
        )
    except DatabaseError:
        return wrong("the database cannot be reached", "check MUSTER_DATABASE, and that the server runs")
    if waiting:
        return wrong(
            f"{waiting} changes of the tables are not applied",
            "stop the service and start it again with 'muster serve'",
        )
    if connection.vendor == "sqlite":
        return well("SQLite answers, and its tables are those of this version")
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0].split()[0]
    return well(f"PostgreSQL {version} answers, and its tables are those of this version")


def audit() -> Answer:
    """No event of the audit was changed, removed or added outside the service."""
    verdict = verify()
    if verdict.fault:
        return wrong(
            f"the audit was tampered with: {verdict.fault}",
            "keep this database as it is and compare it with a backup",
        )
    return well(f"the chain of {verdict.events:,} events is whole")


def storage() -> Answer:
    """Files can be written, read back and removed, and there is room for more."""
    name = f"doctor/{uuid.uuid4()}"
    try:
        kept = default_storage.save(name, ContentFile(b"written by muster doctor"))
        with default_storage.open(kept) as file:
            same = file.read() == b"written by muster doctor"
        default_storage.delete(kept)
    except Exception as error:  # each storage fails in its own way
        return wrong(
            f"files cannot be kept ({type(error).__name__})", "check MUSTER_STORAGE and who may write there"
        )
    if not same:
        return wrong(
            "a file read back is not what was written", "do not take uploads until the storage is mended"
        )
    return _room()


def _room() -> Answer:
    free = shutil.disk_usage(settings.DATA).free
    if free < _LEAST_FREE:
        return doubtful(
            f"{free >> 20:,} MB are left on the disk of the data folder",
            "make room before uploads are refused",
        )
    return well(f"files are written and read back; {free >> 30:,} GB are free")


def clock() -> Answer:
    """This machine's clock agrees with the database's, and is not behind what was written last."""
    now = timezone.now()
    last = AuditEvent.objects.order_by("-number").values_list("at", flat=True).first()
    if last and last - now > _MOST_SKEW:
        return wrong(
            f"the last event of the audit lies {(last - now).total_seconds():,.0f} seconds in the future",
            "set the clock",
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            skew = abs(cursor.fetchone()[0] - timezone.now())
        if skew > _MOST_SKEW:
            return wrong(
                f"the database's clock differs by {skew.total_seconds():,.0f} seconds",
                "let both machines keep network time",
            )
        return well("agrees with the database's clock")
    return well("not behind the last event (compared with nothing outside this machine)")


def scanner() -> Answer:
    """The virus scanner, where one is set up, answers."""
    if not settings.CLAMD:
        return doubtful("uploads are not scanned for viruses", "install clamd and set MUSTER_CLAMD=host:port")
    host, _, port = settings.CLAMD.rpartition(":")
    try:
        with socket.create_connection((host or "127.0.0.1", int(port)), timeout=_SECONDS) as wire:
            wire.sendall(b"zPING\0")
            answered = wire.makefile("rb").read(16).rstrip(b"\0\n")
    except (OSError, ValueError):
        return wrong(
            "the virus scanner cannot be reached, so every upload is refused",
            "start clamd, or correct MUSTER_CLAMD",
        )
    if answered != b"PONG":
        return wrong("what answers at MUSTER_CLAMD is no virus scanner", "correct MUSTER_CLAMD")
    return well("the virus scanner answers")


def mail() -> Answer:
    """The mail server, where one is set up, answers."""
    if not settings.EMAIL_HOST:
        return doubtful("e-mails are written to files and reach nobody", "set MUSTER_SMTP_HOST")
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=_SECONDS) as server:
            code, _ = server.ehlo()
    except (OSError, smtplib.SMTPException):
        return wrong("the mail server cannot be reached", "check MUSTER_SMTP_HOST and MUSTER_SMTP_PORT")
    return (
        well("the mail server answers")
        if code == 250
        else wrong(f"the mail server answers {code}", "ask its administrator")
    )
