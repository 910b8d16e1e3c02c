"""The journey of a return as one table: from which state, by whose permission, on what conditions, to which state.

The table guards pages, the API and tests alike, and prints its own diagram.  A state is never stored on its own
account: it follows from the events of the return, which are past-tense names of what happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from muster.model import MusterError


class State(StrEnum):
    """Where a return stands."""

    EXPECTED = "expected"
    NOT_REQUIRED = "not_required"
    QUEUED = "queued"
    VALIDATING = "validating"
    LOADED = "loaded"
    AMENDED_BY_SOURCE = "amended_by_source"
    SUBMITTED = "submitted"
    AMENDED_BY_AGENT = "amended_by_agent"
    RETURNED_BY_AGENT = "returned_by_agent"
    APPROVED = "approved"
    RETURNED_BY_COLLECTOR = "returned_by_collector"
    AUTHORISED = "authorised"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"

    @property
    def in_words(self) -> str:
        """The state as people read it."""
        return _WORDS[self]


_WORDS = {
    State.EXPECTED: "No data yet",
    State.NOT_REQUIRED: "Not required",
    State.QUEUED: "Waiting to be checked",
    State.VALIDATING: "Being checked",
    State.LOADED: "Loaded, not submitted",
    State.AMENDED_BY_SOURCE: "Changed by the school, not submitted",
    State.SUBMITTED: "Submitted",
    State.AMENDED_BY_AGENT: "Changed by the authority",
    State.RETURNED_BY_AGENT: "Returned by the authority",
    State.APPROVED: "Approved",
    State.RETURNED_BY_COLLECTOR: "Returned by the department",
    State.AUTHORISED: "Authorised",
    State.REOPENED: "Reopened",
    State.WITHDRAWN: "Withdrawn",
}

# Where the provider works on a return: it may be loaded again, changed and submitted.
OPEN = frozenset({
    State.LOADED, State.AMENDED_BY_SOURCE, State.RETURNED_BY_AGENT, State.RETURNED_BY_COLLECTOR, State.REOPENED,
})  # fmt: skip
SENT = frozenset({State.SUBMITTED, State.AMENDED_BY_AGENT})
BEING_CHECKED = frozenset({State.QUEUED, State.VALIDATING})
FINAL = frozenset({State.AUTHORISED, State.NOT_REQUIRED})


@dataclass(frozen=True)
class Transition:
    """One row of the table; ``to`` is None where the return goes back to the state before it was queued.

    ``conditions`` are names; whoever asks says of each whether something stands in its way.
    """

    action: str
    event: str
    starts: frozenset[State]
    to: State | None
    permission: str
    conditions: tuple[str, ...] = ()


SYSTEM = "system"
_NOT_FINAL = OPEN | SENT | {State.APPROVED}

TABLE = (
    Transition("upload", "return_uploaded", OPEN | {State.EXPECTED, State.WITHDRAWN}, State.QUEUED, "upload",
               ("collection_open",)),
    Transition("start_check", "check_started", frozenset({State.QUEUED}), State.VALIDATING, SYSTEM),
    Transition("requeue", "check_interrupted", frozenset({State.VALIDATING}), State.QUEUED, SYSTEM),
    Transition("load", "return_loaded", frozenset({State.VALIDATING}), State.LOADED, SYSTEM),
    Transition("refuse_file", "file_refused", BEING_CHECKED, None, SYSTEM),
    Transition("edit", "return_edited", OPEN, State.AMENDED_BY_SOURCE, "edit",
               ("collection_open", "edits_allowed")),
    Transition("submit", "return_submitted", OPEN, State.SUBMITTED, "submit",
               ("collection_open", "nothing_to_fix", "nothing_to_explain", "signed_by_head")),
    Transition("withdraw", "submission_withdrawn", frozenset({State.SUBMITTED}), State.AMENDED_BY_SOURCE,
               "submit", ("not_yet_opened",)),
    Transition("edit_for", "return_edited_for_provider", SENT, State.AMENDED_BY_AGENT, "edit_for",
               ("edits_allowed",)),
    Transition("approve", "return_approved", SENT, State.APPROVED, "approve",
               ("nothing_to_fix", "nothing_to_explain", "has_agent", "another_person")),
    Transition("return", "return_sent_back", SENT, State.RETURNED_BY_AGENT, "approve",
               ("has_agent", "reason_given")),
    Transition("authorise", "return_authorised", frozenset({State.APPROVED}) | SENT, State.AUTHORISED, "authorise",
               ("nothing_to_fix", "nothing_to_explain", "approved_where_needed", "no_open_case")),
    Transition("send_back", "return_sent_back_by_collector", frozenset({State.APPROVED}) | SENT,
               State.RETURNED_BY_COLLECTOR, "authorise", ("reason_given",)),
    Transition("reopen", "return_reopened", frozenset({State.AUTHORISED}), State.REOPENED, "reopen",
               ("reason_given", "expiry_given")),
    Transition("lapse", "reopening_lapsed", OPEN | SENT | {State.APPROVED}, State.AUTHORISED, SYSTEM,
               ("was_reopened",)),
    Transition("withdraw_return", "return_withdrawn", _NOT_FINAL, State.WITHDRAWN, "delete", ("confirmed",)),
    Transition("restore", "return_restored", frozenset({State.WITHDRAWN}), State.LOADED, "delete",
               ("within_thirty_days",)),
    Transition("mark_not_required", "return_not_required", frozenset({State.EXPECTED}), State.NOT_REQUIRED,
               "decide_who_owes", ("reason_given",)),
    Transition("mark_required", "return_required", frozenset({State.NOT_REQUIRED}), State.EXPECTED,
               "decide_who_owes"),
)  # fmt: skip

BY_ACTION = {one.action: one for one in TABLE}
BY_EVENT = {one.event: one for one in TABLE}

WHO_CAN = {
    "upload": "a preparer of the school, or an officer of its authority",
    "edit": "a preparer of the school",
    "submit": "a preparer of the school, or an officer of its authority on its behalf",
    "edit_for": "an officer of the authority",
    "approve": "an approver of the authority",
    "authorise": "the department",
    "reopen": "the department",
    "delete": "a preparer of the school, or an officer of its authority",
    "decide_who_owes": "an officer of the authority, or the department",
    SYSTEM: "nobody: Muster does this by itself",
}


@dataclass(frozen=True)
class May:
    """Whether somebody may do something now; if not, why, and who can help."""

    allowed: bool
    reason: str = ""
    who: str = ""


class NotAllowed(MusterError):
    """An action that may not be done now; the message says why and who can help."""


def may(
    action: str, state: State, permissions: Iterable[str], *, obstacles: Mapping[str, str] | None = None
) -> May:
    """Whether an action is allowed in a state to somebody with these permissions.

    ``obstacles`` gives, for each condition that does not hold, the reason in words; a condition that is not named
    holds.  The first refusal in the order state, permission, condition is the one told.
    """
    row = BY_ACTION[action]
    if state not in row.starts:
        starts = ", ".join(sorted(one.in_words.lower() for one in row.starts))
        return May(False, f"The return is '{state.in_words.lower()}'; this can be done when it is: {starts}.")
    if row.permission not in permissions:
        return May(False, "Your account does not let you do this.", WHO_CAN[row.permission])
    found = [obstacles[name] for name in row.conditions if obstacles and obstacles.get(name)]
    return May(False, " ".join(found)) if found else May(True)


def follow(action: str, state: State, *, before: State = State.EXPECTED) -> State:
    """The state after an action; ``before`` is the state before the return was queued.  Raises NotAllowed."""
    row = BY_ACTION[action]
    if state not in row.starts:
        raise NotAllowed(may(action, state, (row.permission,)).reason)
    return before if row.to is None else row.to


def state_after(events: Iterable[str]) -> State:
    """The state of a return from the names of its events, oldest first; events of other kinds change nothing.

    Raises NotAllowed where the events could not have followed each other.
    """
    state = before = State.EXPECTED
    for name in events:
        row = BY_EVENT.get(name)
        if row is None:
            continue
        before = state if row.action == "upload" else before
        state = follow(row.action, state, before=before)
    return state


def diagram() -> str:
    """The table as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2", f"    [*] --> {State.EXPECTED}"]
    for row in TABLE:
        target = row.to or "before_queue"
        lines += [f"    {start} --> {target}: {row.action}" for start in sorted(row.starts)]
    return "\n".join(lines) + "\n"


def as_markdown() -> str:
    """The table as a table of the documentation, one row for each action."""
    head = "| action | from | who | conditions | to | event |\n|---|---|---|---|---|---|\n"
    return head + "".join(
        f"| `{row.action}` | {', '.join(sorted(row.starts))} | {WHO_CAN[row.permission]} | "
        f"{', '.join(row.conditions).replace('_', ' ') or 'none'} | {row.to or 'the state before'} | `{row.event}` |\n"
        for row in TABLE
    )
