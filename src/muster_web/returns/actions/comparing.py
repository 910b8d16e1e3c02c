"""Compare the returns an authority checks and keep what cannot all be right as cases of the schools concerned."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from muster.inspecting import Collision, Side, Together
from muster.model import MusterError
from muster.submit.states import NotAllowed, State
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import SYSTEM, Viewer
from muster_web.audit.record import record
from muster_web.returns.actions.checking import as_library_edit, open_edits, rulings_of
from muster_web.returns.actions.moving import tell
from muster_web.returns.files import as_source
from muster_web.returns.models import Case, CaseSide, Comparison, Return, Round

DAYS_TO_SETTLE = 10
LOST_AFTER = timedelta(minutes=30)
_LEFT = (State.NOT_REQUIRED, State.WITHDRAWN)


def returns_compared(round: Round, authority: Organisation) -> QuerySet[Return]:
    """The loaded returns of a round that an authority checks."""
    found = Return.objects.filter(round=round, agent=authority).exclude(current=None)
    return found.exclude(state__in=_LEFT).exclude(current__stored="").order_by("pk")


def state_of(round: Round, authority: Organisation) -> str:
    """A checksum over which data the returns hold now, and over the rules changed."""
    rows = returns_compared(round, authority).values_list("pk", "current", "revision")
    rulings = round.rule_changes.filter(lifted=None).order_by("pk").values_list("pk", flat=True)
    return hashlib.sha256(f"{list(rows)} {list(rulings)}".encode()).hexdigest()


def compare_all() -> int:
    """Ask for a comparison wherever returns changed since the last; how many were asked for.  The clock calls this."""
    today = timezone.localdate()
    rounds = Round.objects.filter(source_level="school", closes__gte=today - timedelta(days=60))
    loaded = Return.objects.filter(round__in=rounds).exclude(current=None).exclude(agent=None)
    pairs = loaded.order_by().values_list("round", "agent").distinct()
    return sum(_ask_if_due(*pair) for pair in pairs)


def _ask_if_due(round: int, authority: int) -> bool:
    row, created = Comparison.objects.get_or_create(round_id=round, authority_id=authority)
    waiting = not created and row.ended is None and timezone.now() - row.asked < LOST_AFTER
    if waiting or row.state == state_of(row.round, row.authority):
        return False
    _ask(row)
    return True


@transaction.atomic
def ask_to_compare(*, viewer: Viewer, round: Round) -> Comparison:
    """An officer asks for the comparison now, without waiting for the clock."""
    here = viewer.organisation
    if here is None or "decide_who_owes" not in viewer.permissions_for(round.collection):
        raise NotAllowed("Only an officer of the authority has its returns compared.")
    row, _ = Comparison.objects.get_or_create(round=round, authority=here)
    _ask(row)
    record(
        "comparison_asked", actor=viewer.actor, acting_for=viewer.acting_for, subject=f"round:{round.pk}",
        organisations=[here.pk],
    )  # fmt: skip
    return row


def _ask(row: Comparison) -> None:
    from muster_web.returns.queueing import compare_returns

    row.asked, row.ended = timezone.now(), None
    row.save(update_fields=["asked", "ended"])
    transaction.on_commit(partial(compare_returns.enqueue, row.pk))


def compare(*, comparison: Comparison) -> int:
    """Read the current version of every return, ask the rules that compare them, keep the cases; how many are open.

    A return that cannot be read is named in the comparison and left out.  Done again, it changes nothing.
    """
    round, authority = comparison.round, comparison.authority
    state = state_of(round, authority)
    together = Together(round.collection, round.year, rulings=rulings_of(round))
    subjects = returns_compared(round, authority).select_related("current", "organisation", "round")
    not_read = list(_not_read(together, subjects)) if together.compares else []
    collisions = together.collisions()
    with transaction.atomic():
        _keep(comparison, collisions)
        comparison.state, comparison.ended = state, timezone.now()
        comparison.returns, comparison.not_read = len(subjects) - len(not_read), not_read
        comparison.save()
    return Case.objects.filter(round=round, authority=authority, state=Case.State.OPEN).count()


def _not_read(together: Together, subjects: Iterable[Return]) -> Iterable[str]:
    for one in subjects:
        version = one.current
        assert version is not None, "only loaded returns are compared"
        try:
            with as_source(version.stored, version.name, version.sha256, version.size) as source:
                together.add(source, edits=[as_library_edit(edit) for edit in open_edits(one)])
        except MusterError:
            yield one.organisation.ref


def _keep(comparison: Comparison, collisions: Iterable[Collision]) -> None:
    """Open a case for each new collision, bring those there are up to date, and close those that have gone."""
    round, authority = comparison.round, comparison.authority
    by_ref = {
        one.organisation.ref: one
        for one in returns_compared(round, authority).select_related("organisation", "agent", "round")
    }
    known = {
        one.mark: one for one in Case.objects.select_for_update().filter(round=round, authority=authority)
    }
    seen = set()
    for one in collisions:
        sides = _by_return(one.sides, by_ref)
        if len(sides) > 1:
            mark = _mark(one)
            seen.add(mark)
            _bring_up_to_date(known.get(mark) or _new(comparison, mark), one, sides)
    for case in known.values():
        if case.mark not in seen and case.state != Case.State.GONE:
            _gone(case)


def _by_return(sides: Iterable[Side], by_ref: dict[str, Return]) -> dict[Return, list[Side]]:
    found: dict[Return, list[Side]] = defaultdict(list)
    for side in sides:
        if side.ref in by_ref:
            found[by_ref[side.ref]].append(side)
    return found


def _mark(one: Collision) -> str:
    said = "\x1f".join((*one.items, *one.values))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _new(comparison: Comparison, mark: str) -> Case:
    due = min(timezone.localdate() + timedelta(days=DAYS_TO_SETTLE), _last_day(comparison.round))
    return Case(round=comparison.round, authority=comparison.authority, mark=mark, due=due)


def _last_day(round: Round) -> date:
    return max(round.closes, timezone.localdate())


def _bring_up_to_date(case: Case, found: Collision, sides: dict[Return, list[Side]]) -> None:
    """Write what the returns say now; what was settled of other evidence is open again."""
    evidence = {subject.pk: [_record(side) for side in records] for subject, records in sides.items()}
    before = {one.subject_id: one.records for one in case.sides.all()} if case.pk else {}
    is_new, was_gone = case.pk is None, case.state == Case.State.GONE
    if is_new or was_gone or _has_to_be_settled_anew(case, before, evidence):
        _reopen(case)
    case.shared = dict(zip(found.items, found.values, strict=True))
    case.doubts = [vars(doubt) for doubt in found.doubts]
    case.save()
    case.sides.exclude(subject__in=evidence).delete()
    for subject, records in sides.items():
        _write_side(
            case, subject, evidence[subject.pk], changed=before.get(subject.pk) != evidence[subject.pk]
        )
        if is_new or was_gone:
            tell(subject, "case_opened", viewer=SYSTEM, data={"case": case.pk, "records": len(records)})


def _has_to_be_settled_anew(case: Case, before: dict[int, Any], evidence: dict[int, Any]) -> bool:
    """Whether the evidence is no longer what was settled; a correction still waited for is of one return only."""
    if case.outcome == Case.Outcome.CORRECT and case.at_fault_id in evidence:
        return bool(before.get(case.at_fault_id) != evidence[case.at_fault_id])
    return before != evidence


def _reopen(case: Case) -> None:
    case.state, case.outcome, case.reason, case.at_fault = Case.State.OPEN, "", "", None
    case.proposed_by, case.decided_by, case.settled = None, None, None


def _write_side(case: Case, subject: Return, records: list[dict[str, object]], *, changed: bool) -> None:
    answer = {"agrees": None, "answered": None, "answered_by": None} if changed else {}
    CaseSide.objects.update_or_create(case=case, subject=subject, defaults={"records": records, **answer})


def _record(side: Side) -> dict[str, object]:
    return {"record": side.record, "mark": side.mark, "values": dict(side.values), "also": list(side.also)}


def _gone(case: Case) -> None:
    case.state, case.settled = Case.State.GONE, timezone.now()
    case.save(update_fields=["state", "settled"])
    for side in case.sides.select_related("subject__organisation", "subject__agent"):
        tell(side.subject, "case_gone", viewer=SYSTEM, data={"case": case.pk})
