"""Of two people who act on a return at the same moment one wins, and the other reads why not."""

from __future__ import annotations

import pytest

from tests.web.faults.acting import DONE
from tests.web.faults.conftest import at_length


@pytest.fixture
def submitted(service, school) -> int:
    """A return that waits for its authority."""
    pk, estab = school
    service.run(f"send {pk} {estab} + work + make_submitted {pk}")
    return pk


def one_winner(said: list[str]) -> str:
    """What the loser was told; fails unless exactly one of two was done."""
    assert said.count(DONE) == 1, said
    return next(one for one in said if one != DONE)


def test_two_approvers_of_one_return(service, submitted) -> None:
    said, found = service.run(f"both {submitted} approve approve_too + facts {submitted}")
    assert one_winner(said).startswith("The return is 'approved'; this can be done when"), said
    assert found["events"]["return_approved"] == found["audited"]["return_approved"] == 1
    assert found["state"] == "approved" and found["chain"] == ""


@pytest.mark.parametrize("pair", at_length("approve send_back", "send_back approve", short=1))
def test_one_approves_and_one_sends_back(pair: str, service, submitted) -> None:
    said, found = service.run(f"both {submitted} {pair} + facts {submitted}")
    assert one_winner(said)
    told = found["events"].get("return_approved", 0) + found["events"].get("return_sent_back", 0)
    assert told == 1 and found["chain"] == ""


@pytest.mark.parametrize("pair", at_length("upload upload_another", "upload upload", short=1))
def test_two_files_for_one_return(pair: str, service, school) -> None:
    pk, _ = school
    [said] = service.run(f"both {pk} {pair}")
    assert one_winner(said).startswith("The return is 'waiting to be checked'; this can be done when"), said


def test_two_workers_with_one_check(service, school) -> None:
    pk, estab = school
    _, said, found = service.run(f"send {pk} {estab} + both {pk} check check + facts {pk}")
    assert said == [DONE, DONE]
    assert (
        found["events"]["check_started"] == found["events"]["return_loaded"] == 1
        and found["findings"] == found["counted"] > 0
    )


def test_submitting_twice_gives_one_receipt(service, school) -> None:
    pk, estab = school
    *_, said, found = service.run(
        f"send {pk} {estab} + work + make_ready {pk} + both {pk} submit submit + facts {pk}"
    )
    assert one_winner(said).startswith("The return is 'submitted'; this can be done when"), said
    assert found["events"]["return_submitted"] == 1
