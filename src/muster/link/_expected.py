"""Which items are expected of a person, and which of them no source gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from muster.link._category import category_of, contract_category
from muster.link._merged import Bench, Merged, Value
from muster.model import Item

_EVERYBODY = frozenset({1, 2, 3, 4})
_POINT_ITEMS = frozenset({"spine_point", "regional_spine"})
# From 2014 base pay was asked for even where a point is given (guidance of 2014).
_BASE_PAY_FOR_ALL = 2014


class Slot(NamedTuple):
    """One place for a value in a person's record: what stands there, and whether something should."""

    table: str
    item: Item
    target: str
    value: Value | None
    expected: bool


def slots(bench: Bench, person: Merged) -> Iterator[Slot]:
    """Every place for a value in a person's record."""
    yield from _of_record(bench, person, category_of(person))
    for contract in person.of("contracts"):
        yield from _of_contract(bench, contract)
    for table in ("former_names", "absences", "curriculum", "qualifications"):
        for record in person.of(table):
            yield from _supplied(bench, record)


def _of_record(bench: Bench, record: Merged, category: int | None, *, target: str = "") -> Iterator[Slot]:
    for item in bench.items[record.table]:
        yield Slot(record.table, item, target, record.values.get(item.name), _is_for(item, category))


def _supplied(bench: Bench, record: Merged, *, target: str = "") -> Iterator[Slot]:
    for item in bench.items[record.table]:
        if item.name in record.values:
            yield Slot(record.table, item, target, record.values[item.name], True)


def _is_for(item: Item, category: int | None) -> bool:
    """Whether an item is expected of a category; of a person without one, only what is expected of everybody."""
    if category is None:
        return set(item.expected_for) >= _EVERYBODY
    return category in item.expected_for


def _of_contract(bench: Bench, contract: Merged) -> Iterator[Slot]:
    category = contract_category(contract)
    is_open = _open_on_census_day(bench, contract)
    for slot in _of_record(bench, contract, category, target=contract.target):
        yield slot._replace(expected=slot.expected and _still_due(contract, slot.item.name, is_open=is_open))
    for table in ("payments", "hours"):
        yield from _post_or_role(
            bench, contract, table, category, due=is_open and not _paid_by_day(contract, table)
        )
    yield from _roles(bench, contract)
    for payment in contract.below("additional_payments"):
        yield from _supplied(bench, payment, target=contract.target)


def _open_on_census_day(bench: Bench, contract: Merged) -> bool:
    end = contract.day("contract_end")
    return end is None or end >= bench.census_day


def _still_due(contract: Merged, item: str, *, is_open: bool) -> bool:
    if item == "school_arrival_date":
        return contract.text("la_school_level") != "L"
    return is_open if item == "pay_review_date" else True


def _paid_by_day(contract: Merged, table: str) -> bool:
    return table == "payments" and contract.text("daily_rate") == "Y"


def _post_or_role(
    bench: Bench, contract: Merged, table: str, category: int | None, *, due: bool
) -> Iterator[Slot]:
    """Pay and hours may stand at the contract or at its roles; none at all leaves one empty record to fill."""
    records = list(contract.below(table)) or [Merged(table)]
    for record in records:
        for slot in _of_record(bench, record, category, target=contract.target):
            yield slot._replace(
                expected=slot.expected and due and not _stands_in(bench, record, slot.item.name)
            )


def _stands_in(bench: Bench, record: Merged, item: str) -> bool:
    """Whether another item says it already: base pay or, to 2013, range, spine and point."""
    if record.table != "payments" or item in record.values:
        return False
    if item in _POINT_ITEMS:
        return "base_pay" in record.values or "spine_point" not in record.values
    return item == "base_pay" and bench.year < _BASE_PAY_FOR_ALL and "spine_point" in record.values


def _roles(bench: Bench, contract: Merged) -> Iterator[Slot]:
    for role in contract.of("roles") or [Merged("roles")]:
        yield from _of_record(bench, role, contract_category(contract), target=contract.target)
