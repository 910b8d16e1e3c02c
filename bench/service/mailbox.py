"""How long the mailbox takes to list where one school has received 100,000 files, and its authority sees them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from bench.service import world
from bench.service.pages import rows_of
from muster_web.accounts.models import Organisation, User
from muster_web.accounts.roles import Role
from muster_web.transfers.models import Transfer

_OPENED_OF_TEN = 5
_PIECE = 5_000


def make(files: int) -> None:
    """One school has received so many files from all others; half of them nobody has opened."""
    authority = world.authority()
    receiver, *senders = authority.schools.order_by("pk")
    with transaction.atomic():
        for start in range(0, files, _PIECE):
            numbers = range(start, min(files, start + _PIECE))
            Transfer.objects.bulk_create(_file(authority, receiver, senders, n) for n in numbers)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _file(
    authority: Organisation, receiver: Organisation, senders: list[Organisation], number: int
) -> Transfer:
    sender, sent = senders[number % len(senders)], timezone.now() - timedelta(minutes=number)
    name = f"{sender.la_code}{sender.estab}_CTF_{receiver.la_code}{receiver.estab}_{number}.xml"
    return Transfer(
        sender=sender, receiver=receiver, kind="CTF", name=name, pupils=1, sha256="0" * 64, size=4_096,
        sender_authority=authority, receiver_authority=authority, sealed_key="k",
        sent=sent, opened=sent if number % 10 < _OPENED_OF_TEN else None,
    )  # fmt: skip


def addresses(files: int) -> Mapping[str, tuple[User, str]]:
    """The lists that are measured: what they are called, who opens them, and where they are."""
    school = world.person(Role.PREPARER, world.authority().schools.earliest("pk"))
    officer = world.person(Role.LA_OFFICER, world.authority())
    box, middle = reverse("mailbox"), Transfer.objects.order_by("pk")[files // 2].pk
    return {
        "files that wait": (school, box),
        "all received": (school, f"{box}?box=received"),
        "all received, half-way down": (school, f"{box}?box=received&before={middle}"),
        "files of an authority's schools": (officer, reverse("pupil_files")),
    }


def measured(files: int, runs: int) -> Iterable[tuple[object, ...]]:
    """A row for each list: queries, milliseconds, and whether the bar is met."""
    make(files)
    yield from rows_of(addresses(files), runs)
