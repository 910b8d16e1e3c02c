"""``muster rules impact``: at which schools a rule, or a changed test of it, would fire."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from muster.catalogue.find import find_rules, find_year
from muster.catalogue.plan import Plan, load_plan
from muster.cli.chosen import chosen_collection
from muster.cli.console import Console
from muster.cli.rules.asking import ENGINE, Impact, Question, Sources
from muster.collect import gather
from muster.model import Collection, MusterError, Rule, SourceFile, UnreadableFile
from muster.model.words import count_of
from muster.read import peek_header

_SHOWN = 20


def run(args: argparse.Namespace, console: Console) -> int:
    """Preview a rule; exit code 1 where it would fire, 0 where it would not, 2 where not all could be asked."""
    collection = chosen_collection(args)
    rules = _versions(collection, args)
    plan = load_plan(collection, ENGINE, args.catalogue)
    now = tried = Question(collection, rules, _plan_of(rules, plan))
    if args.fails_when:
        changed = replace(rules[0], fails_when=args.fails_when, where="--fails-when")
        tried = Question(collection, [changed], _plan_built(collection, changed, plan))
    with tempfile.TemporaryDirectory(prefix="muster-") as unpacked:
        sources = _returns_in(args.folder, Path(unpacked))
        said_now = _asked(console, now, sources)
        said = said_now if tried is now else _asked(console, tried, sources)
    _answer(console, args, said, said_now)
    for message in said.refused:
        console.complain(message)
    return 2 if said.refused else 1 if said.findings else 0


def _versions(collection: Collection, args: argparse.Namespace) -> list[Rule]:
    """The rules of the code as they stand in one year: the one asked for, or the last they are in force."""
    found = find_rules(collection, args.code)
    last = max(rule.years.among(collection.years)[-1] for rule in found)
    year = find_year(collection, args.year) if args.year else last
    rules = [rule for rule in found if year in rule.years]
    if not rules:
        raise MusterError(
            f"rule {args.code} is not in force in {year}; 'muster rules show {args.code}' says when"
        )
    if args.fails_when and len(rules) > 1:
        ids = ", ".join(rule.id for rule in rules)
        raise MusterError(f"{args.code} is the number of several tests ({ids}); name the one to change")
    return rules


def _plan_of(rules: Sequence[Rule], plan: Plan) -> Plan:
    by_version = {(rule.id, rule.years): rule for rule in plan.rules}
    try:
        return plan._replace(rules=tuple(by_version[rule.id, str(rule.years)] for rule in rules))
    except KeyError:
        raise MusterError("the rule is not in the built plan; run 'muster rules build'") from None


def _plan_built(collection: Collection, rule: Rule, plan: Plan) -> Plan:
    from muster.catalogue.build import build_rule

    return plan._replace(rules=(build_rule(ENGINE, collection, rule),))


def _returns_in(folder: Path, unpack_to: Path) -> Sources:
    """The XML files by year; 0 stands for those that name none."""
    files = [f for f in gather([folder], unpack_to=unpack_to).files if f.path.suffix.lower() == ".xml"]
    if not files:
        raise MusterError(f"no XML file in {folder}")
    found: dict[int, list[SourceFile]] = {}
    for file in files:
        found.setdefault(_year_of(file), []).append(file)
    return found


def _year_of(file: SourceFile) -> int:
    try:
        year = peek_header(file).year
    except UnreadableFile:
        return 0
    return int(year) if year.isdigit() else 0


def _asked(console: Console, question: Question, sources: Sources) -> Impact:
    with console.counting("Asking", sum(map(len, sources.values()))) as advance:
        return question.ask(sources, advance)


def _answer(console: Console, args: argparse.Namespace, said: Impact, now: Impact) -> None:
    schools = said.schools
    more, fewer = len(said.records - now.records), len(now.records - said.records)
    console.answer(
        {
            "code": args.code, "returns": len(said.asked), "fires_at": len(schools),
            "records": len(said.findings), "records_more": more, "records_fewer": fewer,
            "by_return": dict(schools.most_common()), "refused": said.refused,
        }
    )  # fmt: skip
    test = "with the changed test " if args.fails_when else ""
    noun = "school" if len({name.partition(" ")[0] for name in said.asked}) == len(said.asked) else "return"
    console.say(
        f"Rule {args.code} {test}would fire at {len(schools):,} of {count_of(len(said.asked), noun)}, "
        f"{count_of(len(said.findings), 'record')}."
    )
    if args.fails_when:
        console.say(
            f"As it stands it fires at {len(now.schools):,}, {count_of(len(now.findings), 'record')}: "
            f"the change adds {more:,} and takes away {fewer:,}."
        )
    if said.findings and not console.quiet:
        _show(console, said, noun)


def _show(console: Console, said: Impact, noun: str) -> None:
    name, finding = said.findings[0]
    console.say(f"For example {name}: {finding.message}")
    console.say()
    console.table([noun, "records"], said.schools.most_common(_SHOWN))
    if len(said.schools) > _SHOWN:
        console.say(f"  and {count_of(len(said.schools) - _SHOWN, f'more {noun}')}")
