"""The tables of the school summary that count people: who they are and what is missing of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from muster.model import Item
from muster.report._summary_table import (
    BY_CATEGORY,
    NOT_APPLICABLE,
    Body,
    SummaryRow,
    count,
    people_by_category,
    totalled,
)
from muster.report._workforce import CATEGORIES, Contract, Person, Values, Workforce

_OF_CONTRACTS = ("contracts", "payments", "hours", "roles")


def staff_records(staff: Workforce) -> Body:
    """Everyone in the file, those with an open contract, those with any contract."""
    rows = (
        people_by_category("Staff records", staff.people),
        people_by_category(
            "with an open contract or agreement", staff.people, lambda p: bool(p.open_contracts(staff.day))
        ),
        people_by_category("with any contract or agreement", staff.people, lambda p: bool(p.contracts)),
    )
    note = "Category comes from post and contract type; a person with several is counted in the first."
    return Body("Staff", BY_CATEGORY, rows, note)


def missing_details(staff: Workforce) -> Body:
    """For each item of staff details: how many of those it is expected for do not have it."""
    items = staff.collection.tables["members"].items_in(staff.year)
    groups = [
        [person.values for person in staff.people if person.category == category] for category in CATEGORIES
    ]
    rows = tuple(
        _missing(item, [[values[item.name] for values in group] for group in groups])
        for item in items
        if item.expected_for
    )
    return Body("Item", (*BY_CATEGORY[:4], "All"), rows, _MISSING_NOTE)


def missing_contract_data(staff: Workforce) -> Body:
    """The same for the contracts open on census day with their pay, hours and roles."""
    contracts = [contract for _, contract in staff.open]
    groups = [[c for c in contracts if c.category == category] for category in CATEGORIES]
    rows = tuple(
        _missing(item, [[_first(contract, table, item.name) for contract in group] for group in groups])
        for table in _OF_CONTRACTS
        for item in staff.collection.tables[table].items_in(staff.year)
        if item.expected_for
    )
    return Body("Item", (*BY_CATEGORY[:4], "All"), rows, _MISSING_NOTE)


_MISSING_NOTE = "A dash means that the item is not expected for that category."


def _missing(item: Item, groups: Sequence[Sequence[str | None]]) -> SummaryRow:
    expected = [category in item.expected_for for category in CATEGORIES]
    empty = [sum(1 for value in group if not value) for group in groups]
    cells = [count(n) if wanted else NOT_APPLICABLE for n, wanted in zip(empty, expected, strict=True)]
    every = sum(n for n, wanted in zip(empty, expected, strict=True) if wanted)
    return SummaryRow(item.title, (*cells, count(every)))


def _first(contract: Contract, table: str, item: str) -> str | None:
    """The value on the contract, or the first one on the records below it."""
    below: dict[str, Sequence[Values]] = {
        "contracts": (contract.values,),
        "payments": contract.pay,
        "hours": contract.hours,
        "roles": contract.roles,
    }
    return next((values[item] for values in below[table] if values[item]), None)


def qualified_status(staff: Workforce) -> Body:
    """Who holds each status: yes, no, not given."""
    rows: list[SummaryRow] = []
    for item in staff.collection.tables["members"].items_in(staff.year):
        if item.name in ("qt_status", "qts", "qtls", "eyts", "hlta_status"):
            rows.append(SummaryRow(item.title, ("",) * len(BY_CATEGORY), "group"))
            rows.extend(
                people_by_category(label, staff.people, _says(item.name, answers))
                for label, answers in (
                    ("Yes", ("true", "1")),
                    ("No", ("false", "0")),
                    ("Not given", ("",)),
                )
            )
    return Body("Status", BY_CATEGORY, tuple(rows))


def _says(item: str, answers: tuple[str, ...]) -> Callable[[Person], bool]:
    return lambda person: (person.values[item] or "").lower() in answers


def ethnicity(staff: Workforce) -> Body:
    """Staff by ethnicity."""
    return _by_code(staff, "ethnicity")


def disability(staff: Workforce) -> Body:
    """Staff by disability."""
    return _by_code(staff, "disability")


def _by_code(staff: Workforce, item: str) -> Body:
    """One row per code that occurs, in the order of the code set, then unknown codes and the empty."""
    order = list(staff.collection.code_sets[item].in_force(staff.year))
    present = {person.values[item] or "" for person in staff.people}
    codes = [*(code for code in order if code in present), *sorted(present - set(order), reverse=True)]
    rows = [people_by_category(staff.title(item, code), staff.people, _holds(item, code)) for code in codes]
    title = staff.collection.code_sets[item].title
    return Body(title, BY_CATEGORY, totalled(rows, people_by_category("All staff", staff.people)))


def _holds(item: str, code: str) -> Callable[[Person], bool]:
    return lambda person: (person.values[item] or "") == code


def qualifications(staff: Workforce) -> Body:
    """How many people hold each qualification, and how many none."""
    codes = Counter(
        code
        for person in staff.people
        for code in {q["qualification_code"] or "" for q in person.qualifications}
    )
    rows = [
        people_by_category(staff.title("qualification", code), staff.people, _qualified(code))
        for code, _ in sorted(codes.items(), key=lambda found: (-found[1], found[0]))
    ]
    none = people_by_category("No qualification given", staff.people, lambda p: not p.qualifications)
    note = "A person with several qualifications is counted in each of them."
    return Body("Qualification", BY_CATEGORY, (*rows, none), note)


def _qualified(code: str) -> Callable[[Person], bool]:
    return lambda person: any((q["qualification_code"] or "") == code for q in person.qualifications)
