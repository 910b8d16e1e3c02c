"""A full disk, a database or a scanner that is away, clocks that differ: said in words, and put right by themselves."""

from __future__ import annotations

import errno
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import OperationalError
from django.test import Client
from django.utils import timezone

from muster.submit.states import State
from muster_web.returns.actions import checking
from muster_web.returns.actions.ruling import check_again
from muster_web.returns.models import MachineRun, Upload, Version
from muster_web.returns.queueing import LOST_AFTER, ask_for_check, sweep
from tests.web.files import WRONG, return_of
from tests.web.operations.test_scanning import away
from tests.web.returns import world

__all__ = ["away"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def post(sign_in, returns):
    """The data manager of Ashcombe sends a file on the page for it; the answer."""

    def posted(content: bytes):
        file = SimpleUploadedFile("swc.xml", content)
        client = sign_in("ashcombe.preparer")
        return client.post(f"/returns/{returns['ashcombe'].pk}/upload/", {"file": file})

    return posted


def age(*, minutes: int) -> None:
    """Let so many minutes have passed since every check was asked for and begun."""
    for run in MachineRun.objects.filter(ended=None):
        run.asked -= timedelta(minutes=minutes)
        run.started = run.started and run.started - timedelta(minutes=minutes)
        run.save()


# -- a full disk ---------------------------------------------------------------------------------------------


@pytest.fixture
def full_disk(monkeypatch) -> pytest.MonkeyPatch:
    """A disk on which only half of a file has room; undo it to make room."""

    def write_half(self: FileSystemStorage, name: str, content) -> str:
        half = Path(self.path(name))
        half.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(content.read()[:1000])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(FileSystemStorage, "_save", write_half)
        yield full


def test_on_a_full_disk_the_sender_is_told_and_nothing_is_left_of_the_file(full_disk, post, returns) -> None:
    content = return_of() + b"<!-- no room for this -->"
    answer = post(content)
    assert answer.status_code == 400 and "there is no room left for it" in answer.text
    assert not Upload.objects.exists() and world.now(returns["ashcombe"]).state == State.EXPECTED
    full_disk.undo()
    assert post(content).status_code == 302
    assert world.now(returns["ashcombe"]).state == State.LOADED


def test_a_check_that_a_full_disk_broke_off_is_done_later_and_once(monkeypatch, post, returns) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(checking, "keep_made", full)
        post(return_of())
        assert world.now(returns["ashcombe"]).state == State.VALIDATING
    age(minutes=20)
    assert sweep() == 1
    subject = world.now(returns["ashcombe"])
    names = list(subject.events.values_list("name", flat=True))
    assert (
        subject.state == State.LOADED
        and names.count("return_loaded") == 1
        and names.count("check_interrupted") == 1
    )


# -- the database, the scanner -------------------------------------------------------------------------------


def test_while_the_database_is_away_a_page_says_so_and_is_there_again_with_it(monkeypatch, sign_in) -> None:
    client = sign_in("ashcombe.preparer")
    client.raise_request_exception = False

    def gone(*_: object, **__: object) -> None:
        raise OperationalError("connection refused")

    with monkeypatch.context() as database:
        database.setattr(BaseDatabaseWrapper, "cursor", gone)
        answer = client.get("/")
        assert answer.status_code == 503 and answer["Retry-After"] == "30"
        assert "The database does not answer just now" in answer.text and "refused" not in answer.text
    assert client.get("/").status_code == 200


def test_another_fault_is_not_blamed_on_the_database(monkeypatch, sign_in) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    client: Client = sign_in("ashcombe.preparer")
    client.raise_request_exception = False
    monkeypatch.setattr("muster_web.returns.queries.board.rounds_of", broken)
    answer = client.get("/")
    assert answer.status_code == 500 and "our mistake" in answer.text


def test_while_the_scanner_is_away_the_page_says_that_nothing_was_taken(away, post, returns) -> None:
    answer = post(return_of())
    assert (
        answer.status_code == 400 and "could not be scanned for viruses, so it was not taken" in answer.text
    )
    assert not Upload.objects.exists() and world.now(returns["ashcombe"]).state == State.EXPECTED


# -- clocks that differ, workers that are slow ---------------------------------------------------------------


@pytest.fixture
def waiting(viewers, returns, monkeypatch) -> MachineRun:
    """A check that was asked for and not begun."""
    with monkeypatch.context() as queue:
        queue.setattr("muster_web.returns.queueing._enqueue", lambda _run: None)
        world.load(viewers["ashcombe.preparer"], returns["ashcombe"], return_of())
    return MachineRun.objects.select_related("version__subject__round").get()


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_worker_with_a_wrong_clock_is_neither_lost_too_early_nor_never(hours, waiting, monkeypatch) -> None:
    real = timezone.now
    with monkeypatch.context() as clock:
        clock.setattr(timezone, "now", lambda: real() + timedelta(hours=hours))
        assert checking._begin(waiting)
    MachineRun.objects.update(asked=real())
    assert sweep() == 0, "it has only begun"
    age(minutes=16)
    assert timedelta(minutes=16) > LOST_AFTER and sweep() == 1


def test_a_worker_that_was_only_slow_finishes_and_the_second_does_nothing(waiting, monkeypatch) -> None:
    monkeypatch.setattr("muster_web.returns.queueing._enqueue", lambda _run: None)
    assert checking._begin(waiting)
    inspected = checking.inspect(waiting.version)
    age(minutes=20)
    assert sweep() == 1
    checking.finish(run=waiting, inspected=inspected)
    checking.check(run=waiting)
    subject = world.now(waiting.version.subject)
    names = list(subject.events.values_list("name", flat=True))
    assert subject.state == State.LOADED and names.count("return_loaded") == 1


def test_a_check_under_changed_rules_does_not_bring_back_the_file_before(waiting, viewers, returns) -> None:
    checking.check(run=waiting)
    first = Version.objects.get()
    late = ask_for_check(first, why=checking.RULES_CHANGED)
    MachineRun.objects.filter(pk=late.pk).update(started=None, ended=None)
    late = MachineRun.objects.select_related("version__subject__round").get(pk=late.pk)
    inspected = checking.inspect(first)
    world.load(viewers["ashcombe.preparer"], returns["ashcombe"], return_of(WRONG))
    checking.finish(run=late, inspected=inspected)
    subject = world.now(returns["ashcombe"])
    assert subject.current.number == 2 and subject.to_fix == 1
    assert check_again(subject.round) == 1
