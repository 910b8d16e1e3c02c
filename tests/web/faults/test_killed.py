"""A process killed before any step of an upload or a check loses nothing and repeats nothing."""

from __future__ import annotations

import pytest

from tests.web.faults.conftest import at_length
from tests.web.faults.killing import OF_CHECK, OF_UPLOAD

# What the short run takes comes first.
_UPLOAD = sorted(
    OF_UPLOAD, key=lambda one: one not in ("write the second half of the bytes", "close the upload")
)
_CHECK = sorted(OF_CHECK, key=lambda one: one not in ("read the file", "say that it is loaded"))


def once_and_whole(found: dict) -> bool:
    """Whether a return holds one version that was checked, told of once everywhere, and nothing waits."""
    once = ("return_uploaded", "return_loaded")
    told = all(found[where][name] == 1 for where in ("events", "audited") for name in once)
    begun = found["events"]["check_started"] - found["events"].get("check_interrupted", 0)
    whole = found["findings"] == found["different findings"] == found["counted"] > 0
    version = found["versions"] == 1 and found["outcomes"] == ["checked"] and found["state"] == "loaded"
    return told and begun == 1 and whole and version and found["open runs"] == 0 and found["chain"] == ""


@pytest.mark.parametrize("step", at_length(*_UPLOAD, short=2))
def test_a_web_process_killed_before_it_could(step: str, service, school) -> None:
    pk, estab = school
    service.run(f"send {pk} {estab}", kill_at=step)
    # What was kept is taken up; then the school, which had no answer, sends the file again.
    *_, found = service.run(f"recover + send {pk} {estab} + work + facts {pk}")
    assert once_and_whole(found), found


# Before the second step two things are open, the check and the upload it is of; each is taken up.
_LEFT_OPEN = (("look whose file it is", 1), ("put the check into the queue", 2))


@pytest.mark.parametrize(("step", "left_open"), at_length(*_LEFT_OPEN, short=1))
def test_what_was_kept_is_checked_though_nobody_sends_it_again_after_a_kill_before(
    step: str, left_open: int, service, school
) -> None:
    pk, estab = school
    service.run(f"send {pk} {estab}", kill_at=step)
    again, found = service.run(f"recover + facts {pk}")
    assert again == left_open and once_and_whole(found), (again, found)


@pytest.mark.parametrize("step", at_length(*_CHECK, short=2))
def test_a_worker_killed_before_it_could(step: str, service, school) -> None:
    pk, estab = school
    service.run(f"send {pk} {estab}")
    service.run("work", kill_at=step)
    again, found = service.run(f"recover + facts {pk}")
    assert again == 1 and once_and_whole(found), (again, found)


def test_a_file_that_kills_every_worker_is_refused_after_three_and_the_school_is_told(
    service, school
) -> None:
    pk, estab = school
    service.run(f"send {pk} {estab}")
    service.run("work", kill_at="read the file")
    for _ in range(2):
        service.run("recover", kill_at="read the file")
    _, found = service.run(f"recover + facts {pk}")
    assert found["outcomes"] == ["refused"] and found["state"] == "expected" and found["open runs"] == 0
    assert found["events"]["check_started"] == 3 and found["events"]["file_refused"] == 1
