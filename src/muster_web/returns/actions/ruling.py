"""Suspend a rule or turn it into a query while a round runs, and check again whatever it touches."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from muster.catalogue import load_collection
from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.returns.actions.checking import RULES_CHANGED
from muster_web.returns.models import Return, Round, RuleChange
from muster_web.returns.queueing import ask_for_check


@transaction.atomic
def change_rule(*, viewer: Viewer, round: Round, rule: str, what: str, reason: str) -> RuleChange:
    """Suspend a rule or turn it into a query for everybody in a round, with the reason everybody is shown.

    Every loaded return is checked again; its data, notes and signatures stay.  Raises NotAllowed or MusterError.
    """
    _refuse_others(viewer, round)
    _refuse_unknown(round, rule)
    if not reason.strip():
        raise MusterError("Say why; everybody whose return it touches reads it.")
    if round.rule_changes.filter(rule=rule, lifted=None).exists():
        raise MusterError(f"Rule {rule} is already changed in this round; lift that change first.")
    change = RuleChange.objects.create(
        round=round, rule=rule, what=what, reason=reason.strip(), by=viewer.user
    )
    _tell(viewer, round, f"rule_{change.what}", change, check_again(round))
    return change


@transaction.atomic
def lift_change(*, viewer: Viewer, change: RuleChange) -> RuleChange:
    """Let a rule count again as the catalogue has it."""
    _refuse_others(viewer, change.round)
    change.lifted = timezone.now()
    change.save(update_fields=["lifted"])
    _tell(viewer, change.round, "rule_change_lifted", change, check_again(change.round))
    return change


def _refuse_others(viewer: Viewer, round: Round) -> None:
    if "open_collection" not in viewer.permissions_for(round.collection):
        raise NotAllowed("Only the department changes a rule.")


def _refuse_unknown(round: Round, rule: str) -> None:
    rules = load_collection(round.collection).rules_in(round.year)
    if not any(rule in (one.id, one.code) for one in rules):
        raise MusterError(f"There is no rule {rule} in {round.title}. Take its name from a finding.")


def check_again(round: Round) -> int:
    """Queue a check of every return of a round that holds data, of the version it holds; how many."""
    loaded = Return.objects.filter(round=round).exclude(current=None).select_related("current")
    for one in loaded:
        if one.current is not None:
            ask_for_check(one.current, why=RULES_CHANGED)
    return len(loaded)


def _tell(viewer: Viewer, round: Round, event: str, change: RuleChange, returns: int) -> None:
    record(
        event, actor=viewer.actor, acting_for=viewer.acting_for, subject=f"round:{round.pk}",
        data={"rule": change.rule, "returns": returns},
    )  # fmt: skip
