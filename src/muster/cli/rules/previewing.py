"""``muster rules impact``: at which schools a rule, or a changed test of it, would fire."""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from muster.catalogue import CATALOGUE
from muster.catalogue.find import find_rules, find_year
from muster.catalogue.plan import CompiledRule, Plan, load_plan
from muster.cli.chosen import chosen_collection
from muster.cli.console import Console
from muster.collect import gather
from muster.engines import Engine, start_engine
from muster.model import (
    EVERY_YEAR,
    Collection,
    Finding,
    MusterError,
    Outcome,
    Return,
    Rule,
    SourceFile,
    UnreadableFile,
)
from muster.model.words import count_of
from muster.read import peek_header, read_xml
from muster.validate import check

_ENGINE = "duckdb"
_BATCH = 50
_SHOWN = 20


@dataclass
class Impact:
    """What came of asking one test: the findings, the returns asked, and what could not be asked or read."""

    findings: list[Finding] = field(default_factory=list)
    refs: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def schools(self) -> Counter[str]:
        """Findings by return, most first."""
        return Counter(finding.ref for finding in self.findings)

    @property
    def records(self) -> set[tuple[str, str, int | None]]:
        """The records that fail, to compare two tests."""
        return {(f.ref, f.table, f.key) for f in self.findings}


def run(args: argparse.Namespace, console: Console) -> int:
    """Preview a rule; exit code 1 where it would fire, 0 where it would not, 2 where it broke."""
    collection = chosen_collection(args)
    rules = _versions(collection, args)
    compiled = _as_built(collection, rules)
    with tempfile.TemporaryDirectory(prefix="muster-") as unpacked:
        sources = _returns_in(args.folder, Path(unpacked))
        now = _asked(console, collection, rules, compiled, sources)
        if args.fails_when:
            changed = [replace(rules[0], fails_when=args.fails_when, where="--fails-when")]
            tried = _asked(console, collection, changed, _built(collection, changed), sources)
        else:
            tried = now
    _answer(console, args, tried, now)
    for message in tried.refused:
        console.complain(message)
    return 2 if tried.refused else 1 if tried.findings else 0


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


def _as_built(collection: Collection, rules: Sequence[Rule]) -> list[CompiledRule]:
    plan = load_plan(collection, _ENGINE, CATALOGUE)
    by_version = {(rule.id, rule.years): rule for rule in plan.rules}
    try:
        return [by_version[rule.id, str(rule.years)] for rule in rules]
    except KeyError:
        raise MusterError("the rule is not in the built plan; run 'muster rules build'") from None


def _built(collection: Collection, rules: Sequence[Rule]) -> list[CompiledRule]:
    from muster.catalogue.build import build_rule

    return [build_rule(_ENGINE, collection, rule) for rule in rules]


def _returns_in(folder: Path, unpack_to: Path) -> dict[int, list[SourceFile]]:
    """The XML files by year; those of no known year are read with the latest and refused there."""
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


def _asked(
    console: Console, collection: Collection, rules: Sequence[Rule], compiled: Sequence[CompiledRule],
    sources: dict[int, list[SourceFile]],
) -> Impact:  # fmt: skip
    """Ask the rules of every return, in force that year or not: last year's returns may try next year's rule."""
    always = replace(collection, rules=tuple(replace(rule, years=EVERY_YEAR) for rule in rules))
    derived = load_plan(collection, _ENGINE, CATALOGUE).derived
    plan = Plan(_ENGINE, tuple(replace(rule, years="") for rule in compiled), derived)
    impact = Impact()
    with console.counting("Asking", sum(map(len, sources.values()))) as advance:
        for year, files in sorted(sources.items()):
            engine = start_engine(
                _ENGINE, always, year if year in collection.years else collection.years[-1], plan=plan
            )
            together = any(rule.scope == "authority" for rule in rules)
            for batch in [files] if together else _batches(files):
                _ask(impact, always, engine, list(_read(impact, collection, engine.year, batch)))
                advance(len(batch))
            engine.close()
    return impact


def _batches(files: list[SourceFile]) -> Iterator[list[SourceFile]]:
    for start in range(0, len(files), _BATCH):
        yield files[start : start + _BATCH]


def _read(impact: Impact, collection: Collection, year: int, files: Sequence[SourceFile]) -> Iterator[Return]:
    for file in files:
        try:
            one = read_xml(collection, file)
        except UnreadableFile as error:
            impact.refused.append(str(error))
            continue
        if one.year == year:
            yield replace(one, notices=[])
        else:
            impact.refused.append(
                f"{file.name} is a return of {one.year or 'no year'}, which {collection.name} lacks"
            )


def _ask(impact: Impact, collection: Collection, engine: Engine, returns: list[Return]) -> None:
    result = check(collection, engine.year, returns, engine=engine)
    impact.findings += result.findings
    impact.refs += result.refs
    for outcome in result.outcomes:
        if outcome.outcome is Outcome.BROKE:
            impact.refused.append(f"rule {outcome.code} cannot be asked of {engine.year}: {outcome.reason}")


def _answer(console: Console, args: argparse.Namespace, tried: Impact, now: Impact) -> None:
    schools = tried.schools
    test = "with the changed test " if args.fails_when else ""
    more, fewer = len(tried.records - now.records), len(now.records - tried.records)
    console.answer(
        {
            "code": args.code, "returns": len(tried.refs), "fires_at": len(schools),
            "records": len(tried.findings), "records_more": more, "records_fewer": fewer,
            "by_return": dict(schools.most_common()), "refused": tried.refused,
        }
    )  # fmt: skip
    console.say(
        f"Rule {args.code} {test}would fire at {len(schools):,} of {count_of(len(tried.refs), 'school')}, "
        f"{count_of(len(tried.findings), 'record')}."
    )
    if args.fails_when:
        console.say(
            f"As it stands it fires at {len(now.schools):,}, {count_of(len(now.findings), 'record')}: "
            f"the change adds {more:,} and takes away {fewer:,}."
        )
    if tried.findings and not console.quiet:
        console.detail(f"For example {tried.findings[0].ref}: {tried.findings[0].message}")
        console.detail()
        console.table(["school", "records"], schools.most_common(_SHOWN))
        if len(schools) > _SHOWN:
            console.detail(f"  and {count_of(len(schools) - _SHOWN, 'more school')}")
