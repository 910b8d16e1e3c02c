"""Find what a person means by a name: a rule, an item, a code, a code set, a table, a date of the year."""

from __future__ import annotations

from collections.abc import Iterable

from muster.catalogue._source import nearest
from muster.catalogue.effective import in_code_order
from muster.model import (
    Code,
    CodeSet,
    Collection,
    Derived,
    Element,
    Indicator,
    Item,
    MusterError,
    Rule,
    Table,
)


def find_rules(collection: Collection, code: str) -> list[Rule]:
    """Every version of the rules with a code or name.  Raises MusterError with the nearest name."""
    found = rules_called(collection, code)
    if not found:
        known = [rule.code for rule in collection.rules] + [rule.id for rule in collection.rules]
        raise MusterError(f"there is no rule '{code}' in {collection.name}{nearest(code, known)}")
    return found


def rules_called(collection: Collection, code: str) -> list[Rule]:
    """Every version of the rules with a code or name, first version first; none where there is none."""
    wanted = code.lower()
    own = [rule for rule in collection.rules if wanted in (rule.id.lower(), rule.code.lower())]
    return sorted(in_code_order(own), key=lambda rule: (rule.id, rule.years.ranges[0][0] or 0))


def find_table(collection: Collection, name: str) -> Table:
    """The table with this name.  Raises MusterError with the nearest name."""
    if name not in collection.tables:
        raise MusterError(
            f"there is no table '{name}' in {collection.name}{nearest(name, collection.tables)}"
        )
    return collection.tables[name]


def find_year(collection: Collection, year: int | None) -> int:
    """The year asked for, or the latest.  Raises MusterError where the collection is not known for it."""
    if year is not None and year not in collection.years:
        first, last = collection.years[0], collection.years[-1]
        raise MusterError(f"{collection.title} is known for {first} to {last}, not for {year}")
    return collection.years[-1] if year is None else year


def items_called(collection: Collection, name: str) -> list[tuple[Table, Item]]:
    """The items with a name, a ``table.item`` name, an element name or an official item number."""
    elements = {
        (here.table or "", item)
        for path, here in _elements(collection)
        for item in here.items
        if path[-1].lower() == name.lower()
    }
    return [
        (table, item)
        for table in collection.tables.values()
        for item in table.items.values()
        if name.lower() in (item.name, f"{table.name}.{item.name}", item.number)
        or (table.name, item.name) in elements
    ]


def element_names(collection: Collection, table: str, item: str, year: int | None = None) -> tuple[str, ...]:
    """What an item is called in the official file, over all years or in one."""
    names = (
        path[-1] for path, here in _elements(collection, year) if here.table == table and item in here.items
    )
    return tuple(dict.fromkeys(names))


def element_paths(collection: Collection, year: int) -> dict[tuple[str, str], str]:
    """What each item of each table is called in the official file of a year, those that are not in it left out."""
    found: dict[tuple[str, str], str] = {}
    for path, here in _elements(collection, year):
        for item in here.items:
            table, _, own = item.rpartition(".")
            found.setdefault((table or here.table, own), path[-1])
    return found


def _elements(collection: Collection, year: int | None = None) -> Iterable[tuple[tuple[str, ...], _Filled]]:
    """Every element that holds a value, with the table its value is part of."""
    pending: list[tuple[tuple[str, ...], Element, str]] = [
        ((collection.message.name,), collection.message, "")
    ]
    while pending:
        path, element, around = pending.pop(0)
        if year is not None and year not in element.years:
            continue
        table = element.table or around
        if element.items:
            yield path, _Filled(table, element.items)
        pending += [((*path, child.name), child, table) for child in element.children]


class _Filled:
    """Which items of which table an element fills."""

    def __init__(self, table: str, items: tuple[str, ...]):
        self.table, self.items = table, items


def codes_called(collection: Collection, name: str) -> list[tuple[CodeSet, Code]]:
    """Every code with this value, with its set."""
    return [
        (code_set, code)
        for code_set in collection.code_sets.values()
        for code in code_set.codes
        if code.code.lower() == name.lower()
    ]


def derived_called(collection: Collection, name: str) -> list[Derived]:
    """Every version of the derived table with this name."""
    return [derived for derived in collection.derived if derived.name == name]


def indicators_called(collection: Collection, name: str) -> list[Indicator]:
    """Every version of the indicator with this name."""
    return [indicator for indicator in collection.indicators if indicator.name == name.lower()]


def hint_for(collection: Collection, name: str) -> str:
    """The nearest name of anything in the collection, as a hint; '' where none is near."""
    known = names_known(collection)
    by_small_letters = {one.lower(): one for one in known}
    hint = nearest(name.lower(), by_small_letters)
    for small, one in by_small_letters.items():
        hint = hint.replace(f"'{small}'", f"'{one}'")
    return hint


def names_known(collection: Collection) -> list[str]:
    """Everything that can be asked for by name, for a hint."""
    known = {rule.code for rule in collection.rules} | {rule.id for rule in collection.rules}
    known |= {*collection.tables, *collection.code_sets, *(derived.name for derived in collection.derived)}
    known |= {indicator.name for indicator in collection.indicators}
    known |= {item for table in collection.tables.values() for item in table.items}
    known |= {path[-1] for path, _ in _elements(collection)}
    known |= {code.code for code_set in collection.code_sets.values() for code in code_set.codes}
    return sorted(known | set(collection.constant_titles))
