"""Run the rules of a collection over returns and say, for people, what they found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from muster.catalogue.plan import CompiledRule
from muster.engines import Answer, Engine, Settings, engine_for, start_engine
from muster.model import CheckResult, Collection, Finding, MusterError, Outcome, Return, Rule, RuleOutcome
from muster.model.local import NOTHING_LOCAL, Local
from muster.validate._findings import FindingWriter
from muster.validate._scope import Applicability
from muster.validate._stages import Stages, asks_less


def check(
    collection: Collection,
    year: int,
    returns: Sequence[Return],
    *,
    engine: Engine | None = None,
    local: Local = NOTHING_LOCAL,
    rules: Iterable[str] | None = None,
) -> CheckResult:
    """Check returns of one year with every rule in force, or with those named.

    A given engine is used and left open (a warm worker); otherwise one that suits the size is started for this run.
    Raises MusterError where a return is of another year.
    """
    _refuse_other_years(collection, year, returns)
    running = engine or start_engine(_engine_for(returns), collection, year, settings=engine_settings(local))
    try:
        running.load(returns)
        return _run(collection, year, returns, running, local, rules)
    finally:
        if engine is None:
            running.close()


def _engine_for(returns: Sequence[Return]) -> str:
    return engine_for(sum(len(rows) for one in returns for rows in one.tables.values()))


def engine_settings(local: Local) -> Settings:
    """What of the local settings the engine needs to know."""
    return Settings(local.constants, local.tolerances)


def _refuse_other_years(collection: Collection, year: int, returns: Sequence[Return]) -> None:
    for one in returns:
        if one.year != year or one.collection != collection.name:
            name = one.source.name if one.source else one.ref
            raise MusterError(
                f"{name} is a return of {one.collection} {one.year}; this run is for {collection.name} {year}. "
                "Check the years one at a time."
            )


def _run(
    collection: Collection,
    year: int,
    returns: Sequence[Return],
    engine: Engine,
    local: Local,
    wanted: Iterable[str] | None,
) -> CheckResult:
    names = None if wanted is None else set(wanted)
    rules = {r.id: r for r in collection.rules_in(year) if names is None or r.id in names or r.code in names}
    applies = Applicability(collection, engine, returns)
    not_run = {
        rule.id: reason for rule in rules.values() if (reason := applies.reason_not_to_run(rule, local))
    }
    to_run = [engine.rules[name] for name in rules if name not in not_run]
    writer = FindingWriter(collection, year, returns, engine)
    findings = list(writer.of_notices())
    outcomes = {
        name: RuleOutcome(name, rules[name].code, Outcome.NOT_RUN, reason=why)
        for name, why in not_run.items()
    }
    stages = Stages(collection, returns, all_stages=local.all_stages)
    softer = {name: softened(rule, local) for name, rule in rules.items()}
    for rule, answer in _answers(engine, to_run, softer, stages, applies):
        kept = stages.without_held(rule, answer)
        found = [] if answer.fault else list(writer.write(rule, kept, applies))
        findings += found
        outcome = outcome_of(rule, answer.fault, len(found), remark(rule, local, applies))
        outcomes[rule.id] = stages.said(rule, outcome)
    refs = tuple(one.ref for one in returns)
    ordered = tuple(outcomes[name] for name in rules)
    return CheckResult(collection.name, year, refs, in_order(findings, refs, tuple(rules)), ordered)


def _answers(
    engine: Engine,
    to_run: Iterable[CompiledRule],
    rules: Mapping[str, Rule],
    stages: Stages,
    applies: Applicability,
) -> list[tuple[Rule, Answer]]:
    """Each rule with its answer; those that are not asked of people held back last, when it is known who they are."""
    later = {name for name, rule in rules.items() if asks_less(rule)}
    answers = []
    for answer in engine.answers([one for one in to_run if one.id not in later]):
        rule = rules[answer.rule.id]
        stages.note(rule, answer, applies.excluded(rule))
        answers.append((rule, answer))
    engine.pass_over(stages.passed_over())
    answers += [(rules[a.rule.id], a) for a in engine.answers([one for one in to_run if one.id in later])]
    engine.pass_over(())
    return answers


def remark(rule: Rule, local: Local, applies: Applicability) -> str:
    """What to know of the answer of a rule that ran: where it did not, and why it is softer here."""
    return "; ".join(filter(None, (local.why_downgraded(rule.id, rule.code), applies.partly(rule))))


def softened(rule: Rule, local: Local) -> Rule:
    """The rule as it runs here: an error that was downgraded is a query."""
    why = local.why_downgraded(rule.id, rule.code)
    return replace(rule, severity="query", note=why[:1].upper() + why[1:]) if why else rule


def outcome_of(rule: Rule, fault: str, count: int, partly: str) -> RuleOutcome:
    """What became of a rule that was asked: it broke for a reason, or found so many."""
    if fault:
        return RuleOutcome(rule.id, rule.code, Outcome.BROKE, reason=fault)
    outcome = Outcome.FAILED if count else Outcome.PASSED
    return RuleOutcome(rule.id, rule.code, outcome, count, partly)


def in_order(
    findings: Iterable[Finding], refs: tuple[str, ...], rule_ids: tuple[str, ...]
) -> tuple[Finding, ...]:
    """Findings by return, then errors before queries, then by rule and place in the file."""
    of_ref: Mapping[str, int] = {ref: n for n, ref in enumerate(refs)}
    of_rule: Mapping[str, int] = {name: n for n, name in enumerate(rule_ids)}

    def place(f: Finding) -> tuple[int, int, int, int, int]:
        rule = of_rule.get(f.rule_id, -1)
        return of_ref.get(f.ref, -1), f.severity != "error", rule, f.line or 0, f.key or 0

    return tuple(sorted(findings, key=place))
