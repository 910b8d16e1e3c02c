"""Find which contract of one source is which of another.

Payroll says what contracts there are; a staff export's contract is laid on the payroll contract it fits best,
so that its roles land where they belong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from muster.link._category import AGREEMENTS
from muster.link._keyed import target_of
from muster.link._merged import Bench, Told
from muster.link._people import Account, Candidate
from muster.model import Record, SourceKind

_FIT_START, _FIT_NEAR_START, _FIT_POST, _FIT_SMALL = 4, 2, 2, 1
_MUST_FIT = 3
_NEAR_DAYS = 31
_THIS_YEAR: tuple[SourceKind, ...] = ("payroll", "mis", "keyed")


@dataclass(eq=False)
class Laid:
    """One contract, with every record of it by kind of source."""

    told: dict[SourceKind, list[Told]] = field(default_factory=lambda: defaultdict(list))
    target: str = ""

    @property
    def first(self) -> Record:
        """The record that made this a contract of its own."""
        return next(iter(self.told.values()))[0].record

    def add(self, told: Told) -> None:
        """Lay one more record on the contract."""
        self.told[told.extract.source].append(told)


@dataclass
class Contracts:
    """The contracts of one person at one school, and the records that fit none of them."""

    laid: list[Laid] = field(default_factory=list)
    unlaid: list[tuple[Account, Told]] = field(default_factory=list)
    not_carried: list[Told] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


def lay_contracts(bench: Bench, person: Candidate) -> Contracts:
    """Every contract of a person, each with what all sources say of it."""
    found = Contracts()
    for kind in _kinds_in_order(bench, person):
        groups = _within_kind(person.of_kind(kind))
        if kind == "last_year":
            _lay_last_year(bench, found, groups, person)
        elif not found.laid:
            found.laid = [group for _, group in groups]
        else:
            _lay_kind(bench, found, groups)
    _name_targets(found.laid)
    found.used = {id(t.record) for laid in found.laid for told in laid.told.values() for t in told}
    return found


def _kinds_in_order(bench: Bench, person: Candidate) -> list[SourceKind]:
    """The sources of this year in the order of ownership, then last year, which only adds to what they say."""
    this_year = [kind for kind in bench.owners("contracts", "contract_start") if kind in _THIS_YEAR]
    return [kind for kind in (*this_year, "last_year") if kind in person.kinds]


def _within_kind(accounts: Iterable[Account]) -> list[tuple[Account, Laid]]:
    """The contracts one kind of source holds; a contract told by two files is one."""
    groups: list[tuple[Account, Laid]] = []
    for account in accounts:
        for record in account.record.of("contracts"):
            told = Told(account.extract, record)
            same = next((g for a, g in groups if _told_again(a, g, account, record)), None)
            if same:
                same.add(told)
            else:
                laid = Laid()
                laid.add(told)
                groups.append((account, laid))
    return groups


def _told_again(first: Account, group: Laid, account: Account, record: Record) -> bool:
    """Whether a second file repeats a contract of the first: same start, and nothing that differs.

    Within one file the reader has joined what is one; two contracts that look alike there are two.
    """
    if first.extract is account.extract:
        return False
    known = group.first
    if not record.text("contract_start") or record.text("contract_start") != known.text("contract_start"):
        return False
    return not _differ(known, record) and not any(
        _differ(a, b) for table in ("hours", "payments") for a in known.of(table) for b in record.of(table)
    )


def _differ(a: Record, b: Record) -> bool:
    return any(a.text(item) and b.text(item) and a.text(item) != b.text(item) for item in a.values)


def _lay_kind(bench: Bench, found: Contracts, groups: list[tuple[Account, Laid]]) -> None:
    """Lay the contracts of one more source on those there are; service agreements may be new ones."""
    kind = next(iter(groups[0][1].told)) if groups else "mis"
    laid_on = _pairs(bench, found.laid, [group for _, group in groups], kind)
    for at, (account, group) in enumerate(groups):
        told = group.told[kind]
        if at in laid_on:
            found.laid[laid_on[at]].told[kind].extend(told)
        elif group.first.text("contract_type") in AGREEMENTS:
            found.laid.append(group)
        else:
            found.unlaid.extend((account, one) for one in told)


def _lay_last_year(
    bench: Bench, found: Contracts, groups: list[tuple[Account, Laid]], person: Candidate
) -> None:
    """Lay last year's contracts on this year's, and add those that are known to have ended since.

    One that was open stands alone only for somebody whom this year's sources know without any contract.
    """
    nothing_said = not found.laid and bool(person.kinds & {"payroll", "mis"})
    laid_on = _pairs(None, found.laid, [group for _, group in groups], "last_year")
    for at, (_, group) in enumerate(groups):
        end = _day(group.first.text("contract_end"))
        if at in laid_on:
            found.laid[laid_on[at]].told["last_year"].extend(group.told["last_year"])
        elif end is None and nothing_said:
            found.laid.append(group)
        elif end is None or end > bench.census_day:
            found.not_carried.extend(group.told["last_year"])
        elif end >= bench.day("contract_from"):
            found.laid.append(group)


def _pairs(
    bench: Bench | None, laid: Sequence[Laid], groups: Sequence[Laid], kind: SourceKind
) -> dict[int, int]:
    """Which group goes on which contract, best fit first, each used once."""
    fits = {
        (i, j): fit
        for i, one in enumerate(laid)
        for j, other in enumerate(groups)
        if (fit := _best_fit(one, other.first, kind)) is not None
    }
    alone = len(laid) == len(groups) == 1
    taken: dict[int, int] = {}
    for (i, j), fit in sorted(fits.items(), key=lambda entry: (-entry[1], entry[0])):
        if i in taken.values() or j in taken or (fit < _MUST_FIT and not alone):
            continue
        taken[j] = i
        rivals = [k for k in range(len(groups)) if k != j and k not in taken and fits.get((i, k)) == fit]
        if bench and rivals:
            _paired_in_order(bench, groups[j].told[kind][0])
    return taken


def _paired_in_order(bench: Bench, told: Told) -> None:
    bench.notice(
        "link.contracts_paired_in_order",
        "query",
        "two contracts of this person fit a payroll contract equally well; they were paired in their order.",
        told=told,
        fix="Check which roles belong to which contract.",
        table="contracts",
    )


def _best_fit(laid: Laid, other: Record, kind: SourceKind) -> int | None:
    """The fit with whichever record of the contract fits best.

    A contract of last year must have started when this one did: a new post is a new contract.
    """
    known = [told.record for tellers in laid.told.values() for told in tellers]
    if kind == "last_year":
        start = other.text("contract_start")
        known = [record for record in known if _start_fit(record.text("contract_start"), start)]
    return max((fit for record in known if (fit := _fit(record, other)) is not None), default=None)


def _fit(a: Record, b: Record) -> int | None:
    """How well two records fit as one contract; None where they cannot be."""
    starts = a.text("contract_start"), b.text("contract_start")
    if not _overlap(a, b) and starts[0] != starts[1]:
        return None
    return (
        _start_fit(*starts)
        + _agreement(a.text("post"), b.text("post"), _FIT_POST)
        + _agreement(a.text("contract_type"), b.text("contract_type"), _FIT_SMALL)
        + max(0, _agreement(a.text("contract_end"), b.text("contract_end"), _FIT_SMALL))
        + max(0, _agreement(_hours(a), _hours(b), _FIT_SMALL))
    )


def _start_fit(a: str | None, b: str | None) -> int:
    if a and a == b:
        return _FIT_START
    first, second = _day(a), _day(b)
    near = first and second and abs((first - second).days) <= _NEAR_DAYS
    return _FIT_NEAR_START if near else 0


def _agreement(a: str | None, b: str | None, points: int) -> int:
    if not a or not b:
        return 0
    return points if a == b else -1


def _hours(contract: Record) -> str | None:
    return next((h.text("hours_per_week") for h in contract.walk() if h.table == "hours"), None)


def _overlap(a: Record, b: Record) -> bool:
    def ends_before(one: Record, other: Record) -> bool:
        end, start = _day(one.text("contract_end")), _day(other.text("contract_start"))
        return bool(end and start and end < start)

    return not ends_before(a, b) and not ends_before(b, a)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _name_targets(contracts: Sequence[Laid]) -> None:
    """Give each contract the name it has on the to-key sheet."""
    seen: dict[str, int] = defaultdict(int)
    for laid in contracts:
        name = target_of(t.record for told in laid.told.values() for t in told)
        seen[name] += 1
        laid.target = name if seen[name] == 1 else f"{name} ({seen[name]})"
