"""Choose each value from the sources in the order the authority has set, and list where they disagree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from muster.link._identity import birth_date, comparable_name, ni_number, teacher_number
from muster.link._merged import Bench, Merged, Told, Value
from muster.link.differences import Conflict
from muster.model import Cell, Item, SourceKind

Sources = Mapping[SourceKind, Sequence[Told]]

# What does not change from one year to the next, and so may come from last year's return.
CARRIED = {
    "members": frozenset(
        {
            "teacher_number",
            "ni_number",
            "sex",
            "birth_date",
            "ethnicity",
            "disability",
            "qt_status",
            "qts",
            "qtls",
            "eyts",
            "hlta_status",
            "qts_route",
        }
    ),
    "contracts": frozenset({"contract_type", "post", "school_arrival_date", "origin", "la_school_level"}),
    "roles": frozenset({"role"}),
    "qualifications": frozenset({"qualification_code", "class_of_degree", "subject_1", "subject_2"}),
    "former_names": frozenset({"family_name"}),
}
# Sources of this year, whose disagreement somebody should look at; last year may rightly differ.
_CURRENT: tuple[SourceKind, ...] = ("payroll", "mis", "keyed")
# A placeholder, or what cannot be such a number or date at all, stands only where no source has better.
_MUST_IDENTIFY = {"teacher_number": teacher_number, "ni_number": ni_number, "birth_date": birth_date}
# A filled-in template must name the person and the contract; that is not keying them a second time.
_NAMING = frozenset(
    {
        "teacher_number",
        "ni_number",
        "family_name",
        "given_name",
        "birth_date",
        "contract_start",
        "post",
    }
)


def merged_values(
    bench: Bench, table: str, sources: Sources, record: str, *, all_carried: bool = False
) -> Merged:
    """One record made of what several sources say of it, item by item."""
    tellers = [told for kind in bench.owners(table) for told in sources.get(kind, ())]
    merged = Merged(table, told=tellers[0] if tellers else None)
    if not tellers:
        return merged
    for item in bench.readable[table]:
        offers = list(_offers(bench, item, sources, table, all_carried=all_carried))
        if len(offers) > 1 and item.name in _MUST_IDENTIFY:
            offers.sort(key=lambda offer: not _MUST_IDENTIFY[item.name](offer[1].text))
        if offers:
            told, cell = offers[0]
            merged.values[item.name] = Value(cell.text or "", told.extract.provenance(cell))
            if len(offers) > 1:
                _compare(bench, item, offers, (table, record))
    return merged


def _offers(
    bench: Bench, item: Item, sources: Sources, table: str, *, all_carried: bool
) -> Iterable[tuple[Told, Cell]]:
    for kind in bench.owners(table, item.name):
        for told in sources.get(kind, ()):
            cell = told.record.values.get(item.name)
            if not cell or not cell.text or cell.suppressed:
                continue
            if kind != "last_year" or all_carried or _may_carry(bench, table, item, cell.text):
                yield told, cell


def _may_carry(bench: Bench, table: str, item: Item, text: str) -> bool:
    """Whether last year's value holds: it is of a lasting kind, and its code still in force."""
    if item.name not in CARRIED.get(table, ()):
        return False
    if not item.codes or item.codes not in bench.collection.code_sets:
        return True
    codes = bench.collection.code_sets[item.codes]
    in_force = any(code.code == text and bench.year in code.years for code in codes.codes)
    return in_force or bool(codes.pattern and re.fullmatch(codes.pattern, text))


def _compare(bench: Bench, item: Item, offers: list[tuple[Told, Cell]], where: tuple[str, str]) -> None:
    first, first_cell = offers[0]
    _count_keyed_twice(bench, item.name, [told for told, _ in offers])
    for told, cell in offers[1:]:
        both_current = first.extract.source in _CURRENT and told.extract.source in _CURRENT
        if both_current and not same_value(item, first_cell.text or "", cell.text or ""):
            add_conflict(bench, item.name, (first, first_cell), (told, cell), where)


def _count_keyed_twice(bench: Bench, item: str, told: list[Told]) -> None:
    keyed = [t for t in told if t.extract.source == "keyed" and (_is_sheet(t) or item not in _NAMING)]
    if keyed and len(keyed) < len(told):
        bench.keyed_twice += len(keyed)


def _is_sheet(told: Told) -> bool:
    return told.extract.mapping == TO_KEY_SHEET


TO_KEY_SHEET = "to-key sheet"


def add_conflict(
    bench: Bench, item: str, first: tuple[Told, Cell], other: tuple[Told, Cell], where: tuple[str, str]
) -> None:
    """List two values that differ; the first stands."""
    table, record = where
    owner, loser = first[0].extract.source, other[0].extract.source
    order = bench.owners(table, item)
    reason = (
        f"{owner} comes before {loser} for this item"
        if owner != loser
        else f"the first file of {owner} stands"
    )
    if owner == order[0] and owner != loser:
        reason = f"{owner} owns this item"
    usable = _MUST_IDENTIFY.get(item)
    if usable and usable(first[1].text) and not usable(other[1].text):
        reason = "the other value is a placeholder, or cannot be right"
    bench.conflicts.append(
        Conflict(
            bench.school,
            table,
            item,
            record,
            first[1].text or "",
            first[0].extract.provenance(first[1]),
            other[1].text or "",
            other[0].extract.provenance(other[1]),
            reason,
        )
    )


def same_value(item: Item, a: str, b: str) -> bool:
    """Whether two texts say the same of an item, however they are spelled."""
    if a == b:
        return True
    if item.type in ("number", "whole"):
        return _number(a) is not None and _number(a) == _number(b)
    if item.name == "family_name":
        return comparable_name(a, "a") == comparable_name(b, "a")
    if item.name == "given_name":
        one, other = comparable_name("a", a), comparable_name("a", b)
        return one is not None and other is not None and _starts_alike(one.given, other.given)
    if item.name == "ni_number":
        short, long = sorted((a.replace(" ", "").upper(), b.replace(" ", "").upper()), key=len)
        return len(short) >= 8 and long.startswith(short)
    return a.casefold() == b.casefold()


def _starts_alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether one is the other, or the other without its later names."""
    shorter = min(len(a), len(b))
    return a[:shorter] == b[:shorter]


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
