"""The tables of the school summary that count contracts: posts, hours, pay, roles."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from muster.report._summary_table import (
    BY_CATEGORY,
    CATEGORY_TITLES,
    Body,
    Pairs,
    SummaryRow,
    count,
    full_time_equivalent,
    headcount,
    hundredths,
    pairs_by_category,
    pounds,
    totalled,
)
from muster.report._workforce import (
    AGENCY_TEACHER,
    ASSISTANT,
    SUPPORT,
    TEACHER,
    Contract,
    Workforce,
    as_date,
)


def regular_service(staff: Workforce) -> Body:
    """Headcount and full-time equivalent by category and post."""
    rows: list[SummaryRow] = []
    for category, title in CATEGORY_TITLES.items():
        pairs = _in_category(staff.regular, category)
        if pairs:
            rows.append(_service(title, pairs, "group"))
            rows.extend(_service(post, found) for post, found in _by_post(staff, pairs))
    unknown = _in_category(staff.regular, None)
    rows.extend([_service("Category not known", unknown)] if unknown else [])
    rows.append(_service("All staff", staff.regular, "total"))
    unmeasured = sum(1 for _, contract in staff.regular if contract.full_time_equivalent is None)
    note = (
        "Contracts and agreements open on census day that last 28 days or more. A person with two posts is "
        "counted once in each, and once in the totals. Full-time equivalent is hours a week divided by "
        "full-time hours a week."
    )
    missing = f" It is not known for {unmeasured:,} contracts." if unmeasured else ""
    return Body("Post", ("Headcount", "Full-time equivalent", "Contracts"), tuple(rows), note + missing)


def _service(label: str, pairs: Pairs, kind: str = "plain") -> SummaryRow:
    cells = (count(headcount(pairs)), hundredths(full_time_equivalent(pairs)), count(len(pairs)))
    return SummaryRow(label, cells, kind)  # type: ignore[arg-type]  # only called with the three kinds


def _by_post(staff: Workforce, pairs: Pairs) -> list[tuple[str, Pairs]]:
    order = list(staff.collection.code_sets["post"].in_force(staff.year))
    present = {contract.post or "" for _, contract in pairs}
    codes = [*(code for code in order if code in present), *sorted(present - set(order))]
    return [(staff.title("post", code), _of(pairs, "post", code)) for code in codes]


def contract_types(staff: Workforce) -> Body:
    """Contracts open on census day by type."""
    types = staff.collection.code_sets["contract_type"].in_force(staff.year)
    given = {contract.values["contract_type"] or "" for _, contract in staff.open}
    rows = [
        pairs_by_category(staff.title("contract_type", code), _of(staff.open, "contract_type", code))
        for code in (*types, *sorted(given - set(types)))
    ]
    total = pairs_by_category("All types", staff.open)
    return Body("Type", BY_CATEGORY, totalled(rows, total), "Contracts are counted here, not people.")


def pay_review(staff: Workforce) -> Body:
    """Teachers' open contracts by when pay was last reviewed."""
    pairs = _kept(staff.open, lambda c: c.category == TEACHER)
    by_year: dict[int | None, int] = {}
    for _, contract in pairs:
        when = as_date(contract.values["pay_review_date"])
        year = (when.year if when.month >= 9 else when.year - 1) if when else None
        by_year[year] = by_year.get(year, 0) + 1
    known = sorted((year for year in by_year if year is not None), reverse=True)
    rows = [SummaryRow(_school_year(year), (count(by_year[year]),)) for year in known]
    rows.append(SummaryRow("Not given or not a date", (count(by_year.get(None, 0)),)))
    note = "School years run from 1 September. If this year's review is not done, last year's date is given."
    total = SummaryRow("All teachers' contracts", (count(len(pairs)),))
    return Body("School year of the review", ("Contracts",), totalled(rows, total), note)


def _school_year(year: int) -> str:
    return f"{year} to {year + 1}"


def pay_frameworks(staff: Workforce) -> Body:
    """Open contracts by pay framework."""
    return _by_pay_code(staff, "pay_framework", "Framework")


def _by_pay_code(staff: Workforce, item: str, label: str) -> Body:
    given = [(pair, {pay[item] or "" for pay in pair[1].pay} or {""}) for pair in staff.open]
    codes = sorted({code for _, found in given for code in found}, reverse=True)
    rows = [
        pairs_by_category(staff.title(item, code), [pair for pair, found in given if code in found])
        for code in codes
    ]
    return Body(label, BY_CATEGORY, tuple(rows), "Contracts open on census day.")


def pay(staff: Workforce) -> Body:
    """Mean and range of base pay by group of posts."""
    leaders = staff.setting.categories["leader_posts"]
    groups: Sequence[tuple[str, Callable[[Contract], bool]]] = (
        ("Head, deputy and assistant head teachers", lambda c: c.category == TEACHER and c.post in leaders),
        ("Other teachers", lambda c: c.category == TEACHER and c.post not in leaders),
        (CATEGORY_TITLES[AGENCY_TEACHER], lambda c: c.category == AGENCY_TEACHER),
        (CATEGORY_TITLES[ASSISTANT], lambda c: c.category == ASSISTANT),
        (CATEGORY_TITLES[SUPPORT], lambda c: c.category == SUPPORT),
        ("Category not known", lambda c: c.category is None),
    )
    rows = tuple(
        _pay_row(title, [contract for _, contract in found])
        for title, found in ((title, _kept(staff.open, keep)) for title, keep in groups)
        if found
    )
    columns = ("Contracts", "with base pay", "Mean", "Lowest", "Highest", "Mean as if full time")
    note = (
        "Base pay is the actual pay of a year for the hours worked, without allowances. The last column "
        "divides by the full-time equivalent where hours are known."
    )
    return Body("Group", columns, rows, note)


def _pay_row(label: str, contracts: Sequence[Contract]) -> SummaryRow:
    paid = [contract for contract in contracts if contract.base_pay is not None]
    amounts = [contract.base_pay or 0.0 for contract in paid]
    full = [(c.base_pay or 0.0) / c.full_time_equivalent for c in paid if c.full_time_equivalent]
    cells = (
        count(len(contracts)), count(len(paid)), pounds(_mean(amounts)),
        pounds(min(amounts, default=None)), pounds(max(amounts, default=None)), pounds(_mean(full)),
    )  # fmt: skip
    return SummaryRow(label, cells)


def _mean(amounts: Sequence[float]) -> float | None:
    return sum(amounts) / len(amounts) if amounts else None


def daily_rate(staff: Workforce) -> Body:
    """Open agreements by whether they are paid by the day."""
    agreed = staff.setting.categories["agreements"]
    pairs = _kept(staff.open, lambda c: c.values["contract_type"] in agreed)
    given = {contract.values["daily_rate"] or "" for _, contract in pairs}
    rows = [
        SummaryRow(staff.title("daily_rate", code), (count(len(_of(pairs, "daily_rate", code))),))
        for code in sorted(given, reverse=True)
    ]
    total = SummaryRow("All service agreements", (count(len(pairs)),))
    return Body("Paid by daily rate", ("Agreements",), totalled(rows, total))


def support_roles(staff: Workforce) -> Body:
    """Teaching assistants and other support staff by role, with an open contract."""
    pairs = _kept(staff.open, lambda c: c.category in (ASSISTANT, SUPPORT))
    codes = sorted({role["role"] or "" for _, contract in pairs for role in contract.roles})
    rows = [
        SummaryRow(
            staff.title("role", code),
            (count(headcount(found)), hundredths(full_time_equivalent(found))),
        )
        for code, found in ((code, _in_role(pairs, code)) for code in codes)
    ]
    rows.sort(key=lambda row: row.label)
    total = SummaryRow(
        "All support staff", (count(headcount(pairs)), hundredths(full_time_equivalent(pairs)))
    )
    note = "A person with two roles is counted in both with all the hours, and once in the total."
    return Body("Role", ("Headcount", "Full-time equivalent"), totalled(rows, total), note)


def _in_role(pairs: Pairs, code: str) -> Pairs:
    return _kept(pairs, lambda c: any((role["role"] or "") == code for role in c.roles))


def _in_category(pairs: Pairs, category: int | None) -> Pairs:
    return _kept(pairs, lambda contract: contract.category == category)


def _of(pairs: Pairs, item: str, code: str) -> Pairs:
    return _kept(pairs, lambda contract: (contract.values[item] or "") == code)


def _kept(pairs: Pairs, keep: Callable[[Contract], bool]) -> Pairs:
    return [pair for pair in pairs if keep(pair[1])]
