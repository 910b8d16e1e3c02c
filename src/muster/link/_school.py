"""One school's return from everything gathered for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from muster.link._category import AGREEMENTS
from muster.link._choose import merged_values
from muster.link._derive import derive
from muster.link._gather import Gathered
from muster.link._individuals import Individuals
from muster.link._keyed import target_of
from muster.link._merge import Person, merge_person, unlaid_conflict
from muster.link._merged import Bench, Told, person_label
from muster.link._people import Account, Candidate
from muster.link._windows import keep_in_windows, why_no_contract
from muster.model import Extract, Record, SourceKind
from muster.model.words import date_in_words

Keyed = Mapping[int, Sequence[Account]]


@dataclass(frozen=True)
class Leaver:
    """Somebody of last year's return whom no source of this year knows, and the contract that was open."""

    candidate: Candidate
    label: str
    target: str


@dataclass
class School:
    """A school's return under way: the bench, what was gathered, the people that are in and the counts."""

    bench: Bench
    gathered: Gathered
    people: list[Person] = field(default_factory=list)
    counts: dict[str, list[Told]] = field(default_factory=lambda: defaultdict(list))
    supplied: set[str] = field(default_factory=set)
    leavers: list[Leaver] = field(default_factory=list)


def merge_school(school: School, individuals: Individuals, keyed: Keyed) -> None:
    """Merge the people of a school and keep those that belong in this year's return."""
    bench = school.bench
    kinds = {kind for person in school.gathered.people for kind in person.kinds}
    has_contracts = _any_contracts(school.gathered.people)
    school.supplied = _supplied_modules(bench, school.gathered.people)
    for candidate in school.gathered.people:
        elsewhere = individuals.elsewhere(candidate, keyed)
        person = merge_person(bench, candidate, keyed.get(id(candidate), ()), elsewhere)
        had_contracts = bool(person.merged.of("contracts"))
        if person.only_last_year:
            school.leavers.extend(_leavers(bench, person))
            if not had_contracts:
                continue
        keep_in_windows(bench, person.merged)
        reason = _why_out(person, had_contracts=had_contracts, has_contracts=has_contracts)
        if reason:
            bench.leave_out(person.merged, person_label(person.merged), reason)
            continue
        derive(bench, person.merged)
        if not school.gathered.waiting.intersection(candidate.keys):
            _remarks(bench, person, kinds)
        school.people.append(person)


def _any_contracts(people: Iterable[Candidate]) -> bool:
    return any(a.record.of("contracts") for p in people for a in p.accounts if a.source in ("payroll", "mis"))


def _supplied_modules(bench: Bench, people: Iterable[Candidate]) -> set[str]:
    """The modules of which some source of this year holds at least one record."""
    seen = {
        record.table
        for person in people
        for account in person.accounts
        if account.source != "last_year"
        for record in account.record.walk()
    }
    return {module for table in seen if (module := bench.collection.tables[table].module)}


def _why_out(person: Person, *, had_contracts: bool, has_contracts: bool) -> str:
    """Why a person is in no return; '' if they are in it."""
    if person.merged.of("contracts"):
        return ""
    if had_contracts:
        return "no contract or agreement that belongs in this year's return"
    if "payroll" not in person.candidate.kinds and has_contracts:
        return "no source holds a contract or agreement for this person"
    return ""


def _remarks(bench: Bench, person: Person, kinds: set[SourceKind]) -> None:
    """Say what the records of a returned person leave open."""
    account = person.candidate.accounts[0]
    told = Told(account.extract, account.record)
    mine = person.candidate.kinds
    if "mis" in kinds and "mis" not in mine and "payroll" in mine:
        bench.notice(
            "link.payroll_only",
            "query",
            "this person is paid at the school but is in no staff export; roles and details must be keyed.",
            told=told,
            fix="Add the person to the school's system, or confirm a proposed match.",
        )
    if "payroll" in kinds and "payroll" not in mine and "mis" in mine and _employed(person):
        bench.notice(
            "link.contract_not_in_payroll",
            "query",
            "this person has a contract of employment in the staff export but is not paid by any payroll given.",
            told=told,
            fix="Check with payroll, or confirm a proposed match.",
            table="contracts",
        )
    for earlier in () if person.only_last_year else person.contracts.not_carried:
        bench.notice(
            "link.contract_not_carried",
            "query",
            "a contract open in last year's return is in no source of this year.",
            told=earlier,
            fix=_belongs_here(bench),
            table="contracts",
        )


def _employed(person: Person) -> bool:
    return any(c.text("contract_type") not in (*AGREEMENTS, None) for c in person.merged.of("contracts"))


def _leavers(bench: Bench, person: Person) -> Iterator[Leaver]:
    """The contracts somebody had open in last year's return, whom no source of this year knows."""
    for told in person.contracts.not_carried:
        target = target_of([told.record])
        if any(target == laid.target for laid in person.contracts.laid):
            continue
        bench.notice(
            "link.leaver_not_found",
            "query",
            "this member of last year's return had an open contract and is in no source of this year.",
            told=told,
            fix=_belongs_here(bench),
        )
        yield Leaver(person.candidate, person_label(person.merged), target)


def _belongs_here(bench: Bench) -> str:
    first = date_in_words(bench.day("contract_from"))
    return (
        f"Every contract open since {first} belongs in this return: give its end date in a source or on the "
        "to-key sheet, or the contract itself if it goes on."
    )


def report_unlaid(schools: Iterable[School]) -> None:
    """Report each staff-export contract that fits no payroll contract at any school, once."""
    every = list(schools)
    done = {used for school in every for person in school.people for used in person.contracts.used}
    for school in every:
        for person in school.people:
            for _, told in person.contracts.unlaid:
                if id(told.record) not in done:
                    done.add(id(told.record))
                    _report(school.bench, person, told)


def _report(bench: Bench, person: Person, told: Told) -> None:
    contract = merged_values(bench, "contracts", {told.extract.source: [told]}, "")
    who = person_label(person.merged)
    old = why_no_contract(bench, contract)
    if old:
        bench.leave_out(contract, who, old)
        return
    bench.conflicts.append(unlaid_conflict(bench, person, told))
    bench.leave_out(
        contract, who, "payroll has other contracts for this person at this school, and not this one"
    )
    bench.notice(
        "link.contract_not_in_payroll",
        "query",
        "this contract fits none of the person's payroll contracts and is not in the return.",
        told=told,
        fix="Correct its start date or post, or ask payroll for the contract.",
        table="contracts",
    )


def add_counts(school: School, extract: Extract, records: Iterable[Record]) -> None:
    """Take in what a source says of a school and not of a person."""
    for record in records:
        school.counts[record.table].append(Told(extract, record))
