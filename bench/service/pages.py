"""How long the main pages take over a million findings, through the whole of the application without a network."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.service import world
from muster_web.accounts.models import User
from muster_web.accounts.roles import Role
from muster_web.returns.models import Finding, Return

BAR = 300


def addresses() -> Mapping[str, tuple[Role, str]]:
    """The pages that are measured: what they are called, who opens them, and where they are."""
    round, subject = world.round_of("statutory"), _subject()
    rule = Finding.objects.filter(subject=subject).values_list("rule", flat=True).first()
    board = reverse("board", args=[round.pk])
    found = reverse("findings", args=[subject.pk])
    officer, school = Role.LA_OFFICER, Role.PREPARER
    return {
        "first page of an officer": (officer, reverse("home")),
        "board of 500 schools": (officer, board),
        "board, one kind of work, sorted": (officer, f"{board}?work=not_submitted&sort=to_fix"),
        "board, searched": (officer, f"{board}?search=School+04"),
        "board by rule": (officer, reverse("board_rules", args=[round.pk])),
        "a return": (school, reverse("return_page", args=[subject.pk])),
        "its findings by cause": (school, f"{found}?by=cause"),
        "its findings by rule": (school, f"{found}?by=rule"),
        "its findings by person": (school, f"{found}?by=person"),
        "explain those of a rule": (school, reverse("explain", args=[subject.pk, "rule", rule])),
        "explain those of a person": (school, reverse("explain", args=[subject.pk, "person", "p7"])),
    }


def _subject() -> Return:
    found = Return.objects.filter(round=world.round_of("statutory"), state="loaded")
    return found.select_related("organisation").earliest("pk")


def measured(runs: int) -> Iterable[tuple[object, ...]]:
    """A row for each page: queries, milliseconds, and whether the bar is met."""
    people = {
        Role.LA_OFFICER: world.person(Role.LA_OFFICER, world.authority()),
        Role.PREPARER: world.person(Role.PREPARER, _subject().organisation),
    }
    yield from rows_of({name: (people[role], address) for name, (role, address) in addresses().items()}, runs)


def rows_of(
    pages: Mapping[str, tuple[User, str]], runs: int, *, bar: int = BAR
) -> Iterable[tuple[object, ...]]:
    """A row for each page of some people: queries, milliseconds, and whether the bar is met."""
    for name, (user, address) in pages.items():
        client = signed_in(user)
        for _ in range(2):
            _open(client, address)
        with CaptureQueriesContext(connection) as asked:
            _open(client, address)
        queries = len(asked)
        before = _busy()
        clock = sorted(_timed(client, address) for _ in range(runs))
        busy = (_busy() - before) / runs
        p95 = clock[int(runs * 0.95)]
        verdict = "met" if p95 <= bar else "NOT MET"
        yield name, queries, f"{busy:.0f}", f"{clock[runs // 2]:.0f}", f"{p95:.0f}", verdict


def signed_in(user: User) -> Client:
    """A browser of somebody, as the application sees it."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _timed(client: Client, address: str) -> float:
    start = time.perf_counter()
    _open(client, address)
    return (time.perf_counter() - start) * 1000


def _busy() -> float:
    """The milliseconds of processor that this process, and the one of PostgreSQL that answers it, have had so far."""
    taken = time.process_time() * 1000
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            [backend] = cursor.fetchone()
        words = Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()
        taken += (int(words[11]) + int(words[12])) * 1000 / os.sysconf("SC_CLK_TCK")
    return taken


def _open(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} was answered with {answer.status_code}")
