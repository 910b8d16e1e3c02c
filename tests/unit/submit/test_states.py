"""The journey of a return: what may follow what, who may do it, and what is said to whoever may not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.submit.states import (
    BY_EVENT,
    SYSTEM,
    TABLE,
    NotAllowed,
    State,
    diagram,
    follow,
    may,
    state_after,
)

TO_LOADED = ["return_uploaded", "check_started", "return_loaded"]
TO_SUBMITTED = [*TO_LOADED, "return_submitted"]


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], State.EXPECTED),
        (["return_uploaded"], State.QUEUED),
        (TO_LOADED, State.LOADED),
        ([*TO_LOADED, "return_edited"], State.AMENDED_BY_SOURCE),
        (TO_SUBMITTED, State.SUBMITTED),
        ([*TO_SUBMITTED, "submission_withdrawn"], State.AMENDED_BY_SOURCE),
        ([*TO_SUBMITTED, "return_edited_for_provider"], State.AMENDED_BY_AGENT),
        ([*TO_SUBMITTED, "return_sent_back"], State.RETURNED_BY_AGENT),
        ([*TO_SUBMITTED, "return_approved", "return_authorised"], State.AUTHORISED),
        ([*TO_SUBMITTED, "return_approved", "return_authorised", "return_reopened"], State.REOPENED),
    ],
)
def test_the_state_follows_from_the_events(events: list[str], state: State) -> None:
    assert state_after(events) is state


def test_a_file_that_cannot_be_read_leaves_the_return_as_it_was() -> None:
    assert state_after(["return_uploaded", "check_started", "file_refused"]) is State.EXPECTED
    back = [*TO_SUBMITTED, "return_sent_back", "return_uploaded", "check_started", "file_refused"]
    assert state_after(back) is State.RETURNED_BY_AGENT


def test_a_check_that_broke_off_is_queued_again_and_lost_nothing() -> None:
    events = ["return_uploaded", "check_started", "check_interrupted", "check_started", "return_loaded"]
    assert state_after(events) is State.LOADED


def test_events_of_other_kinds_change_nothing() -> None:
    assert state_after([*TO_LOADED, "findings_explained", "summary_signed"]) is State.LOADED


def test_what_could_not_have_happened_is_refused() -> None:
    with pytest.raises(NotAllowed, match="submitted"):
        state_after([*TO_LOADED, "return_approved"])


def test_a_refusal_says_why_and_who_can_help() -> None:
    answer = may("approve", State.SUBMITTED, {"submit"})
    assert not answer.allowed and answer.who == "an approver of the authority"
    blocked = may(
        "submit", State.LOADED, {"submit"}, obstacles={"nothing_to_fix": "2 errors have to be fixed."}
    )
    assert blocked.reason == "2 errors have to be fixed."
    assert "submitted" in may("approve", State.LOADED, {"approve"}).reason


def test_what_stands_in_no_condition_of_the_action_does_not_hinder_it() -> None:
    assert may("upload", State.LOADED, {"upload"}, obstacles={"nothing_to_fix": "2 errors"}).allowed


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.action)
@pytest.mark.parametrize("state", State)
def test_every_action_is_allowed_exactly_from_the_states_of_its_row(row, state: State) -> None:
    assert may(row.action, state, {row.permission}).allowed == (state in row.starts)
    assert not may(row.action, state, set()).allowed
    if state not in row.starts:
        with pytest.raises(NotAllowed):
            follow(row.action, state)


@given(st.lists(st.sampled_from(sorted(BY_EVENT)), max_size=30))
def test_any_row_of_possible_events_ends_in_a_state_of_the_table(names: list[str]) -> None:
    state, done = State.EXPECTED, []
    for name in names:
        if state in BY_EVENT[name].starts:
            done.append(name)
            state = state_after(done)
    assert state in State


def test_only_the_machine_takes_the_steps_of_checking() -> None:
    machine = {row.action for row in TABLE if row.permission == SYSTEM}
    assert machine == {"start_check", "requeue", "load", "refuse_file", "lapse"}


def test_the_diagram_shows_every_action() -> None:
    assert all(f": {row.action}\n" in diagram() for row in TABLE)
