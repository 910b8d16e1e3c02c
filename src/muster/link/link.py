"""Join what all sources say of an authority's staff into one return per school."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from muster.link._build import build_return, school_counts
from muster.link._coverage_counts import asked_twice, count_school
from muster.link._decisions import Decisions
from muster.link._gather import Gathered, gather
from muster.link._individuals import Individuals, find_individuals
from muster.link._keyed import attach, is_sheet
from muster.link._last_year import as_extract
from muster.link._merged import Bench
from muster.link._place import Placed, place
from muster.link._school import School, add_counts, merge_school, report_unlaid
from muster.link.coverage import Coverage, total
from muster.link.differences import LeftOut
from muster.link.outcome import Linked, Match
from muster.link.proposals import WHY
from muster.link.to_key import ToKey
from muster.model import Collection, Extract, Notice, Return
from muster.model.authority import Authority
from muster.model.words import count_of

_THIS_YEAR = frozenset({"payroll", "mis", "keyed"})


def link(
    collection: Collection,
    authority: Authority,
    extracts: Iterable[Extract],
    *,
    written_at: datetime,
    last_year: Mapping[str, Return] | None = None,
    confirmed: Decisions | None = None,
) -> Linked:
    """Join extracts, last year's returns and what people confirmed and keyed into one return per school.

    The result depends on what the sources say, not on their order; ``written_at`` goes into the headers.
    """
    decisions = confirmed or Decisions()
    given = sorted(extracts, key=lambda e: (e.source, e.name, e.file.name, e.file.sha256))
    sheets = [extract for extract in given if is_sheet(extract)]
    sources = [extract for extract in given if not is_sheet(extract)]
    earlier = [as_extract(collection, ref, one) for ref, one in sorted((last_year or {}).items())]
    placed = place(authority, sources, earlier)
    everyone = [
        gather(ref, accounts, decisions) for ref, accounts in sorted(placed.accounts.items()) if accounts
    ]
    schools, more = _schools(collection, authority, everyone, sources)
    people = [person for gathered in everyone for person in gathered.people]
    individuals = find_individuals(people)
    keyed, not_found = attach(sheets, people)
    for school in schools:
        merge_school(school, individuals, keyed)
    report_unlaid(schools)
    general = [*placed.notices, *not_found, *more, *_unused(decisions, placed)]
    return _outcome(schools, individuals, written_at, general=general, left_out=placed.left_out)


def _schools(
    collection: Collection, authority: Authority, everyone: Sequence[Gathered], sources: Iterable[Extract]
) -> tuple[list[School], list[Notice]]:
    """The schools that have a source of this year, in order, and a notice for each that has none."""
    gathered = {one.school: one for one in everyone}
    with_source = {one.school for one in everyone if any(p.kinds & _THIS_YEAR for p in one.people)}
    counts: dict[str, list[Extract]] = defaultdict(list)
    for extract in sources:
        for ref in extract.school_records:
            counts[ref].append(extract)
    schools = []
    for ref in sorted(with_source | set(counts)):
        bench = Bench(collection, authority, authority.year, ref)
        school = School(bench, gathered.get(ref) or Gathered(ref))
        for extract in counts.get(ref, ()):
            add_counts(school, extract, extract.school_records[ref])
        schools.append(school)
    done = {school.bench.school for school in schools}
    return schools, [_no_source(authority, ref) for ref in sorted({*authority.schools, *gathered} - done)]


def _no_source(authority: Authority, ref: str) -> Notice:
    name = authority.schools[ref].name if ref in authority.schools else "central staff"
    message = f"{ref} ({name}): neither a staff export nor payroll holds anybody, so there is no return."
    fix = "Add the school's files, or correct the school numbers in them."
    return Notice("link.no_source", "error", message, fix, value=ref)


def _unused(decisions: Decisions, placed: Placed) -> list[Notice]:
    known = {account.key for accounts in placed.accounts.values() for account in accounts}
    unused = decisions.keys - known
    message = (
        f"{len(unused)} records named in the matches file are in no source any more; they were not used."
    )
    fix = "Take the rows out of the matches file, or decide again."
    return [Notice("link.decision_not_used", "query", message, fix)] if unused else []


def _outcome(
    schools: Sequence[School],
    individuals: Individuals,
    written_at: datetime,
    *,
    general: list[Notice],
    left_out: list[LeftOut],
) -> Linked:
    returns: dict[str, Return] = {}
    matches: list[Match] = []
    coverage: dict[str, Coverage] = {}
    asked: list[tuple[int, ToKey]] = []
    waiting = {key for school in schools for key in school.gathered.waiting}
    for school in schools:
        ref = school.bench.school
        counts = school_counts(school.bench, school.counts)
        members = [person.merged for person in school.people]
        returns[ref], key_of = build_return(
            school.bench, members, counts, supplied=school.supplied, written_at=written_at
        )
        returns[ref].notices = [*school.gathered.notices, *_waiting_notices(school), *school.bench.notices]
        matches.extend(_matches(school, key_of))
        coverage[ref], to_key = count_school(school, individuals, waiting)
        asked.extend(to_key)
    return Linked(
        returns=returns,
        matches=tuple(matches),
        proposals=tuple(p for school in schools for p in school.gathered.proposals),
        conflicts=tuple(c for school in schools for c in school.bench.conflicts),
        left_out=(*left_out, *(one for school in schools for one in school.bench.left_out)),
        to_key=tuple(one for _, one in asked),
        coverage=coverage,
        total=_total(schools, coverage, asked_twice(asked)),
        notices=(*general, *(notice for one in returns.values() for notice in one.notices)),
    )


def _matches(school: School, key_of: Mapping[int, int]) -> Iterator[Match]:
    in_return = {id(person.candidate): key_of.get(id(person.merged)) for person in school.people}
    for candidate in school.gathered.people:
        if len(candidate.accounts) > 1:
            how = school.gathered.joined_by(candidate)
            yield Match(school.bench.school, in_return.get(id(candidate)), candidate.keys, how)


def _waiting_notices(school: School) -> Iterator[Notice]:
    codes = Counter(proposal.code for proposal in school.gathered.proposals)
    for code, number in sorted(codes.items()):
        message = (
            f"{school.bench.school}: {count_of(number, 'proposed match', 'proposed matches')} of the kind "
        )
        message += f"'{WHY[code]}' waiting for a decision; until then both records stand on their own."
        yield Notice(code, "error", message, "Write yes or no in the file of proposed matches.")


def _total(schools: Sequence[School], coverage: Mapping[str, Coverage], twice: int) -> Coverage:
    if not schools:
        return total("", "", ())
    authority = schools[0].bench.authority
    whole = total(authority.number, authority.name, coverage.values())
    return replace(whole, keyed_twice=whole.keyed_twice + twice)
