"""A return as people with their contracts: what the tables of the school summary are counted from.

Everything is read from the text of the return; a date or number that cannot be read counts as not given.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from muster.model import Collection, Return, Rows
from muster.report._summary_setting import SummarySetting

Values = Mapping[str, str | None]

TEACHER, AGENCY_TEACHER, ASSISTANT, SUPPORT = 1, 2, 3, 4
CATEGORIES = (TEACHER, AGENCY_TEACHER, ASSISTANT, SUPPORT)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_REGULAR = timedelta(days=27)  # from 1 to 28 November is 28 days served, and counts as regular service


@dataclass(frozen=True)
class Contract:
    """One contract or agreement with what lies below it, and its category (None: not known)."""

    values: Values
    category: int | None
    roles: tuple[Values, ...]
    pay: tuple[Values, ...]
    hours: tuple[Values, ...]

    def is_open(self, day: date) -> bool:
        """Whether it has started by the day and not ended before it."""
        start, end = as_date(self.values["contract_start"]), as_date(self.values["contract_end"])
        return start is not None and start <= day and (end is None or end >= day)

    def is_regular(self, day: date) -> bool:
        """Whether it is open and lasts 28 days or more."""
        start, end = as_date(self.values["contract_start"]), as_date(self.values["contract_end"])
        return self.is_open(day) and (end is None or start is None or end - start >= _REGULAR)

    @property
    def post(self) -> str | None:
        """The code of the post."""
        return self.values["post"]

    @cached_property
    def full_time_equivalent(self) -> float | None:
        """Hours a week over full-time hours a week, summed; None where any of them is not known."""
        shares = [_share(hours) for hours in self.hours]
        known = [share for share in shares if share is not None]
        return sum(known) if known and len(known) == len(shares) else None

    @cached_property
    def base_pay(self) -> float | None:
        """The base pay in pounds, summed over its parts; None where none is given."""
        amounts = [as_number(pay["base_pay"]) for pay in self.pay]
        known = [amount for amount in amounts if amount is not None]
        return sum(known) if known else None


@dataclass(frozen=True)
class Person:
    """One staff member; the category is the lowest of the contracts', None without any."""

    values: Values
    category: int | None
    contracts: tuple[Contract, ...]
    absences: tuple[Values, ...]
    curriculum: tuple[Values, ...]
    qualifications: tuple[Values, ...]

    def open_contracts(self, day: date) -> tuple[Contract, ...]:
        """The contracts open on a day."""
        return tuple(contract for contract in self.contracts if contract.is_open(day))


@dataclass(frozen=True)
class Workforce:
    """The staff of one return and what it says of the school itself."""

    collection: Collection
    setting: SummarySetting
    year: int
    day: date
    people: tuple[Person, ...]
    header: Values
    vacancies: tuple[Values, ...]
    occasional: tuple[Values, ...]
    third_party: tuple[Values, ...]
    psychologists: tuple[Values, ...]

    @cached_property
    def contracts(self) -> tuple[tuple[Person, Contract], ...]:
        """Every contract with its person."""
        return tuple((person, contract) for person in self.people for contract in person.contracts)

    @cached_property
    def open(self) -> tuple[tuple[Person, Contract], ...]:
        """The contracts open on census day."""
        return tuple(pair for pair in self.contracts if pair[1].is_open(self.day))

    @cached_property
    def regular(self) -> tuple[tuple[Person, Contract], ...]:
        """The contracts of staff in regular service on census day."""
        return tuple(pair for pair in self.contracts if pair[1].is_regular(self.day))

    def title(self, codes: str, code: str | None) -> str:
        """What a code means, or the code itself where it is not in the list of that year."""
        if not code:
            return "Not given"
        listed = self.collection.code_sets[codes].in_force(self.year)
        if code in listed:
            return listed[code].title
        return f"{code} (not a code of {self.year})" if listed else code


def workforce_of(collection: Collection, return_: Return, setting: SummarySetting) -> Workforce:
    """The people of a return with everything that hangs on them."""
    tables = return_.tables
    below = {name: _by_parent(tables[name], "member_id") for name in _PERSONAL}
    contracts = _contracts(tables, setting)
    people = tuple(
        _person(values, contracts[key], {name: below[name][key] for name in _PERSONAL})
        for key, values in zip(tables["members"].keys["member_id"], tables["members"].rows(), strict=True)
    )
    return Workforce(
        collection=collection,
        setting=setting,
        year=return_.year,
        day=collection.facts[return_.year].census_day,
        people=people,
        header=return_.header,
        vacancies=tuple(tables["vacancies"].rows()),
        occasional=tuple(tables["occasional_teachers"].rows()),
        third_party=tuple(tables["agency_support"].rows()),
        psychologists=tuple(tables["educational_psychologists"].rows()),
    )


_PERSONAL = ("absences", "curriculum", "qualifications")


def _person(
    values: Values, contracts: list[Contract], below: Mapping[str, list[dict[str, str | None]]]
) -> Person:
    known = [contract.category for contract in contracts if contract.category]
    return Person(
        values,
        min(known) if known else None,
        tuple(contracts),
        *(tuple(below[name]) for name in _PERSONAL),
    )


def _contracts(tables: Mapping[str, Rows], setting: SummarySetting) -> dict[int | None, list[Contract]]:
    below = {name: _by_parent(tables[name], "contract_id") for name in ("roles", "payments", "hours")}
    rows = tables["contracts"]
    found: dict[int | None, list[Contract]] = defaultdict(list)
    for key, member, values in zip(
        rows.keys["contract_id"], rows.keys["member_id"], rows.rows(), strict=True
    ):
        roles, pay, hours = (tuple(below[name][key]) for name in ("roles", "payments", "hours"))
        category = _category(values, roles, setting.categories)
        found[member].append(Contract(values, category, roles, pay, hours))
    return found


def _category(values: Values, roles: tuple[Values, ...], known: Mapping[str, frozenset[str]]) -> int | None:
    post, type_ = values["post"], values["contract_type"]
    if post in known["assistant_posts"]:
        return ASSISTANT
    if post in known["support_posts"]:
        helps = post == "SUP" and any(role["role"] in known["assistant_roles"] for role in roles)
        return ASSISTANT if helps else SUPPORT
    if post and type_ in known["employed"]:
        return TEACHER
    return AGENCY_TEACHER if post and type_ in known["agreements"] else None


def _by_parent(rows: Rows, key: str) -> dict[int | None, list[dict[str, str | None]]]:
    found: dict[int | None, list[dict[str, str | None]]] = defaultdict(list)
    for parent, values in zip(rows.keys[key], rows.rows(), strict=True):
        found[parent].append(values)
    return found


def _share(hours: Values) -> float | None:
    worked, full = as_number(hours["hours_per_week"]), as_number(hours["fte_hours"])
    return worked / full if worked is not None and full else None


def as_date(text: str | None) -> date | None:
    """The date a text holds, or None."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def as_number(text: str | None) -> float | None:
    """The number a text holds, or None."""
    return float(text) if text and _NUMBER.fullmatch(text) else None
