"""Values that follow from others: base pay from a spine point, the pay area from the school's."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from muster.link._category import contract_category
from muster.link._merged import Bench, Merged
from muster.link.pay import TOLERANCE, PayTable, amount, base_pay, pay_table, point_name

_TEACHING = (1, 2)


def derive(bench: Bench, person: Merged) -> None:
    """Fill what follows from other values of a person, and compare it where both are given."""
    for contract in person.of("contracts"):
        if "la_school_level" not in contract.values:
            level, how = ("L", "central staff") if bench.is_central else ("S", "employed at a school")
            contract.derive("la_school_level", level, how)
        for holder in (contract, *contract.of("roles")):
            for payment in holder.of("payments"):
                _derive_pay(bench, contract, holder, payment)
                _drop_uncollected(bench, payment)


def _drop_uncollected(bench: Bench, payment: Merged) -> None:
    """Points are read in every year for the pay in them, and returned only in those that collect them."""
    collected = {item.name for item in bench.items["payments"]}
    for item in payment.values.keys() - collected:
        del payment.values[item]


def _derive_pay(bench: Bench, contract: Merged, holder: Merged, payment: Merged) -> None:
    collected = {item.name for item in bench.items["payments"]}
    teaching = contract_category(contract) in _TEACHING
    if teaching and payment.values and "regional_spine" in collected and not payment.text("regional_spine"):
        payment.derive("regional_spine", bench.about.pay_area, "pay area of the school")
    if not payment.text("spine_point") or contract.text("daily_rate") == "Y":
        return
    table = pay_table(bench.collection.name, bench.year)
    if table is None:
        _no_table(bench, payment)
        return
    point = _point(bench, table, payment)
    if point:
        hours = holder.of("hours") or contract.of("hours")
        _use_point(bench, point, payment, hours[0] if hours else None)


@dataclass(frozen=True)
class _Point:
    """A spine point found in the table: its name, value, and how to say where the value is from."""

    name: str
    value: Decimal
    source: str


def _point(bench: Bench, table: PayTable, payment: Merged) -> _Point | None:
    text = payment.text("spine_point") or ""
    pay_range = payment.text("pay_range")
    name = point_name(pay_range, text)
    if not pay_range and len(table.ranges_of(name)) == 1:
        pay_range = table.ranges_of(name)[0]
        payment.derive("pay_range", pay_range, f"spine point {name}")
    area = payment.text("regional_spine") or bench.about.pay_area
    value = table.value(pay_range or "", name, area)
    if value is None:
        _no_value(bench, table, payment, (pay_range or "", name, area))
        return None
    return _Point(name, value, f"point {name}, pay area {area}, {table.title}")


def _use_point(bench: Bench, point: _Point, payment: Merged, hours: Merged | None) -> None:
    worked = amount(hours.text("hours_per_week")) if hours else None
    full_time = amount(hours.text("fte_hours")) if hours else None
    if worked is None or not full_time or full_time < 0:
        if not payment.text("base_pay"):
            _not_derived(bench, payment, "the hours per week or the hours of a full-time week are missing")
        return
    pay = base_pay(point.value, worked, full_time, amount(hours.text("weeks_per_year")) if hours else None)
    given = amount(payment.text("base_pay"))
    if not payment.text("base_pay"):
        payment.derive("base_pay", f"{pay:.2f}", point.source)
    elif given is not None and abs(given - pay) > TOLERANCE:
        _differs(bench, payment, point, (given, pay))


def _differs(bench: Bench, payment: Merged, point: _Point, pay: tuple[Decimal, Decimal]) -> None:
    given, worked_out = pay
    owner = payment.values["base_pay"].provenance.source
    bench.notice(
        "link.pay_differs_from_point",
        "query",
        f"base pay is £{given:,.2f}, but {point.source}, comes to £{worked_out:,.2f} for the hours and weeks worked. "
        f"The pay of {owner} stands.",
        told=payment.told,
        fix=f"Ask {owner} which of the two is right.",
        table="payments",
        item="base_pay",
        value=str(given),
    )


def _no_value(bench: Bench, table: PayTable, payment: Merged, place: tuple[str, str, str]) -> None:
    pay_range, name, area = place
    codes = bench.collection.code_sets.get("spine_point")
    known = {code.code for code in codes.codes} if codes else set()
    wrong_range = pay_range and table.ranges_of(name) and pay_range not in table.ranges_of(name)
    if not wrong_range and (name in known or name in {point for _, point in table.values}):
        if not payment.text("base_pay"):
            _not_derived(bench, payment, f"the value of {name} in pay area {area} is not in the pay table")
        return
    of = f" of pay range {pay_range}" if pay_range else ""
    bench.notice(
        "link.point_not_in_table",
        "error",
        f"spine point {name} is not a point{of} in the table {table.title}.",
        told=payment.told,
        fix="Correct the point or the pay range in the source.",
        table="payments",
        item="spine_point",
        value=name,
    )


def _not_derived(bench: Bench, payment: Merged, why: str) -> None:
    bench.notice(
        "link.pay_not_derived",
        "query",
        f"base pay was not worked out from the spine point: {why}.",
        told=payment.told,
        fix="Give base pay, or what is missing.",
        table="payments",
        item="base_pay",
    )


def _no_table(bench: Bench, payment: Merged) -> None:
    """Said once for a school: every point of the year is in the same case."""
    already = any(n.code == "link.pay_not_derived" and n.value == "no table" for n in bench.notices)
    if not already and not payment.text("base_pay"):
        bench.notice(
            "link.pay_not_derived",
            "query",
            f"spine points were not turned into base pay: not derived: no table for {bench.year}.",
            fix="Give base pay itself.",
            table="payments",
            item="base_pay",
            value="no table",
        )
