"""Put every person of every source at a school, or say why not.

A person whose file names no school goes where a number and birth date are already known.  One personnel file
of a federation serves each of its schools: a person paid at a second school is placed there too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from muster.link._category import AGREEMENTS
from muster.link._identity import Identity
from muster.link._people import Account, account_of
from muster.link.differences import LeftOut
from muster.model import Extract, Notice, Record, SourcePerson
from muster.model.authority import Authority

_Key = tuple[str, ...]


@dataclass
class Placed:
    """Accounts by school, and what could not be placed."""

    accounts: dict[str, list[Account]] = field(default_factory=lambda: defaultdict(list))
    left_out: list[LeftOut] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def add(self, account: Account) -> None:
        """Place an account at its school."""
        self.accounts[account.school].append(account)


def place(authority: Authority, extracts: Iterable[Extract], earlier: Iterable[Extract]) -> Placed:
    """Place the people of this year's extracts and of last year's returns."""
    placed = Placed()
    unplaced: list[Account] = []
    for extract in [*earlier, *extracts]:
        for person in extract.people:
            for account in _by_school(authority, extract, person):
                if not account.school:
                    unplaced.append(account)
                elif _is_known(authority, account.school):
                    placed.add(account)
                else:
                    _unknown_school(placed, account)
    _place_the_unplaced(placed, unplaced)
    _share_within_federations(authority, placed)
    return placed


def _by_school(authority: Authority, extract: Extract, person: SourcePerson) -> Iterator[Account]:
    """One account for each school that the person's contracts name; most name none."""
    contracts = person.record.of("contracts")
    schools = list(dict.fromkeys(_school_of(authority, person, contract) for contract in contracts))
    if len(schools) < 2:
        school = schools[0] if schools else person.school
        yield account_of(school, extract, person.reference, person.record)
        return
    for school in schools:
        here = [c for c in person.record.children if _belongs(authority, person, c, school)]
        away = bool(person.school) and school != person.school
        record = Record(person.record.table, person.record.values, here, person.record.row)
        yield account_of(school, extract, person.reference, record, borrowed=away)


def _school_of(authority: Authority, person: SourcePerson, contract: Record) -> str:
    estab = contract.text("contract_estab")
    return f"{authority.number}/{estab}" if estab else person.school


def _belongs(authority: Authority, person: SourcePerson, child: Record, school: str) -> bool:
    return child.table != "contracts" or _school_of(authority, person, child) == school


def _is_known(authority: Authority, school: str) -> bool:
    return not authority.schools or school in authority.schools or school == authority.number


def _unknown_school(placed: Placed, account: Account) -> None:
    file, row = account.extract.file.name, account.record.row
    placed.left_out.append(_out(account, f"school {account.school} is not in schools.csv"))
    message = (
        f"{file}, row {row}: school {account.school} is not in schools.csv, so this person is in no return."
    )
    fix = "Add the school to schools.csv or correct the source."
    placed.notices.append(
        Notice("link.school_unknown", "error", message, fix, file, row, value=account.school)
    )


def _out(account: Account, reason: str) -> LeftOut:
    file, row = account.extract.file.name, account.record.row
    who = f"staff number {account.reference}" if account.reference else f"row {row}"
    return LeftOut(account.school, "members", who, account.source, file, row, reason)


def sure_keys(identity: Identity) -> Iterator[_Key]:
    """What identifies a person beyond doubt: a number with the birth date."""
    for born in identity.birth_dates:
        yield from (("teacher", number, born) for number in identity.teacher_numbers)
        yield from (("ni", number, born) for number in identity.ni_numbers)


def _file_keys(identity: Identity) -> Iterator[_Key]:
    """As the sure keys, and the name with the birth date: enough within one personnel file."""
    yield from sure_keys(identity)
    for born in identity.birth_dates:
        yield from (("name", name.family, name.first, born) for name in identity.names)


def _place_the_unplaced(placed: Placed, unplaced: list[Account]) -> None:
    where: dict[_Key, set[str]] = defaultdict(set)
    for accounts in placed.accounts.values():
        for account in accounts:
            for key in sure_keys(account.identity):
                where[key].add(account.school)
    for account in sorted(unplaced, key=lambda a: (a.source != "payroll", a.sort_key)):
        schools = sorted({school for key in sure_keys(account.identity) for school in where.get(key, ())})
        # Pay cannot be split between two schools by guessing; details hold at both.
        if not schools or (account.source == "payroll" and len(schools) > 1):
            _no_school(placed, account, schools)
            continue
        for school in schools:
            placed.add(replace(account, school=school, borrowed=school != schools[0]))
            for key in sure_keys(account.identity):
                where[key].add(school)


def _no_school(placed: Placed, account: Account, schools: list[str]) -> None:
    file, row = account.extract.file.name, account.record.row
    at = f"known at {' and '.join(schools)}" if schools else "known at no school"
    placed.left_out.append(_out(account, f"no school is given, and the person is {at}"))
    message = (
        f"{file}, row {row}: no school is given, and the person is {at}, so this record is in no return."
    )
    fix = "Add the school to the file, or to its mapping or source in muster.toml."
    placed.notices.append(Notice("link.school_not_said", "error", message, fix, file, row))


def _share_within_federations(authority: Authority, placed: Placed) -> None:
    members: dict[str, list[str]] = defaultdict(list)
    for school in authority.schools.values():
        if school.federation:
            members[school.federation].append(school.ref)
    for schools in members.values():
        _share(placed, sorted(schools))


def _share(placed: Placed, schools: list[str]) -> None:
    paid = {school: _keys_of(placed, school, "payroll") for school in schools}
    known = {school: _keys_of(placed, school, "mis") for school in schools}
    for home in schools:
        for account in [a for a in placed.accounts[home] if a.source == "mis" and not a.borrowed]:
            keys = set(_file_keys(account.identity))
            others = [s for s in schools if s != home and keys & paid[s] and not keys & known[s]]
            for school in others:
                placed.add(replace(account, school=school, borrowed=True))
            if others and paid[home] and not keys & paid[home] and not _has_agreement(account):
                _moved(placed, account, others)


def _keys_of(placed: Placed, school: str, source: str) -> set[_Key]:
    return {key for a in placed.accounts[school] if a.source == source for key in _file_keys(a.identity)}


def _has_agreement(account: Account) -> bool:
    return any(contract.text("contract_type") in AGREEMENTS for contract in account.record.of("contracts"))


def _moved(placed: Placed, account: Account, others: list[str]) -> None:
    """The person is paid only at other schools of the federation, so the file's own school is not theirs."""
    placed.accounts[account.school].remove(account)
    first = next(a for a in placed.accounts[others[0]] if a.borrowed and a.record is account.record)
    placed.accounts[others[0]].remove(first)
    placed.add(replace(first, borrowed=False))
