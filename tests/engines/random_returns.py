"""Random small returns of any collection and year: every table, every item, values chosen for the trouble they make.

    return ─ header
           ├ 0-3 members ─ 0-2 contracts ─ 0-2 roles, and pay and hours of the post (no role) or of a role
           │             └ absences, curriculum, qualifications
           └ vacancies, occasional teachers ...
Values of an item: those its rules' examples use, its codes (of this and other years), days around the constants
of the year, leap days, texts that are no date or number, and nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from itertools import count

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from muster.catalogue import load_collection
from muster.catalogue.examples import Universe, universes
from muster.model import Collection, Item, Return, Rows

_NOT_TYPED = [
    "",
    " ",
    "x",
    "2013-02-30",
    "2013-2-3",
    " 2013-02-03",
    "12.7.1",
    "1e5",
    "+5",
    "TRUE ",
    "٣",
    "a\nb",
]
_BY_TYPE = {
    "date": ["2012-02-29", "1980-02-29", "0001-01-01", "9999-12-31", "0000-01-01"],
    "datetime": ["2013-11-07T10:00:00", "2013-11-07T24:00:00"],
    "whole": ["0", "1", "-1", "52", "53", "999999999999999"],
    "number": ["0", "0.5", "1", "-1", "12.25", "32.5", "37", "0.1", "99999999.99", "999999999999999"],
    "boolean": ["true", "false", "1", "0", "TRUE", "yes"],
    "text": ["0000000", "0000001", "9999991", "QQ123456C", "ZZ000000A", "A" * 101, "O'Brien", "Zoë", "zoë"],
}
Values = dict[str, str | None]
_MOST = {"members": 3, "contracts": 2, "roles": 2}
_AT_ONCE = 60


def returns_of(collection: str, year: int) -> st.SearchStrategy[list[Return]]:
    """Some returns of a year: invented ones, or example worlds of rules with a few values changed."""
    invented = st.lists(_one_return(collection, year), min_size=1, max_size=3)
    return invented | _changed_worlds(collection, year)


def batches(collection: str, year: int, examples: int, *, at_once: int = _AT_ONCE) -> Iterator[list[Return]]:
    """The same random returns every time, so many to be loaded together; the last one holds nothing at all.

    Engines spend most on a load and on planning, so that sixty returns cost little more than one.
    """
    returns: list[Return] = []

    @settings(
        max_examples=examples, phases=[Phase.generate], derandomize=True, database=None, deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )  # fmt: skip
    @given(returns_of(collection, year))
    def draw(some: list[Return]) -> None:
        returns.extend(some)

    draw()
    tables = load_collection(collection)
    returns.append(Return(collection, year, {name: Rows.empty(tables, name) for name in tables.tables}))
    return (returns[start : start + at_once] for start in range(0, len(returns), at_once))


@st.composite
def _one_return(draw: Callable[..., object], name: str, year: int) -> Return:
    collection = load_collection(name)
    one = Return(collection.name, year, {name: Rows.empty(collection, name) for name in collection.tables})
    _add_below(draw, one, "returns", {}, count(1))
    return one


def _add_below(
    draw: Callable[..., object], one: Return, table: str, above: dict[str, int | None], numbers: Iterator[int]
) -> None:
    """Add random rows of a table below a record, and rows below those."""
    collection = load_collection(one.collection)
    about = collection.tables[table]
    values_of = _values(one.collection, table, one.year)
    rows_of = st.lists(values_of, max_size=_MOST.get(table, 1))
    rows = [draw(values_of)] if about.parent is None else _some_twice(draw, draw(rows_of))
    for values in rows:
        keys = {**above, about.key: 1 if about.parent is None else next(numbers)}
        if about.also_within:
            key = collection.tables[about.also_within].key
            around = collection.tables[about.parent or ""].key
            others = one.tables[about.also_within].keys
            same = zip(others[key], others[around], strict=True)
            keys[key] = draw(st.sampled_from([None, *(own for own, at in same if at == above[around])]))
        one.tables[table].append(keys, values)
        for child in sorted(
            collection.children_of[table], key=lambda name: bool(collection.tables[name].also_within)
        ):
            _add_below(draw, one, child, keys, numbers)


def _some_twice(draw: Callable[..., object], rows: list[Values]) -> list[Values]:
    """The rows, now and then with one of them a second time."""
    again = draw(st.sampled_from([False, False, False, True])) if rows else False
    return [*rows, dict(rows[0])] if again else rows


@st.composite
def _changed_worlds(draw: Callable[..., object], collection: str, year: int) -> list[Return]:
    """The returns of a few rules' examples, which sit on the edges of those rules, with changes."""
    worlds = draw(st.lists(st.sampled_from(_worlds(collection, year)), min_size=1, max_size=8, unique_by=id))
    returns = [deepcopy(one) for world in worlds for one in world.returns]
    for place in draw(st.lists(st.integers(0, len(returns) - 1), max_size=10)):
        filled = [rows for rows in returns[place].tables.values() if len(rows)]
        rows = draw(st.sampled_from(filled))
        for name, value in draw(_changes(collection, rows.table, year)).items():
            rows.text[name][draw(st.integers(0, len(rows) - 1))] = value
    return returns


def all_examples(collection: str, year: int) -> list[Return]:
    """The returns of every example of every rule in force, in one run."""
    return [one for world in _worlds(collection, year) for one in world.returns]


@cache
def _worlds(name: str, year: int) -> list[Universe]:
    collection = load_collection(name)
    return [world for rule in collection.rules_in(year) for world in universes(rule, collection, year)]


@cache
def _changes(collection: str, table: str, year: int) -> st.SearchStrategy[Values]:
    """New values for up to three items of a row."""
    items = load_collection(collection).tables[table].items
    if not items:
        return st.just({})
    return st.lists(st.sampled_from(sorted(items)), max_size=3, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: _value(collection, items[name], year) for name in names})
    )


def _value(collection: str, item: Item, year: int) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(_of_item(load_collection(collection), item, year))


@cache
def _values(collection: str, table: str, year: int) -> st.SearchStrategy[Values]:
    """A row as an example has it with a few items changed, or one with every item drawn."""
    items = load_collection(collection).tables[table].items
    every = st.fixed_dictionaries({name: _value(collection, item, year) for name, item in items.items()})
    examples = st.sampled_from(_example_rows(collection, year)[table] or [{}])
    changes = _changes(collection, table, year)
    return st.builds(lambda row, changed: {**row, **changed}, examples, changes) | every


def _of_item(collection: Collection, item: Item, year: int) -> list[str]:
    values = [*_BY_TYPE[item.type], *_NOT_TYPED]
    if item.codes:
        codes = collection.code_sets[item.codes].codes
        values = [
            *(code.code for code in codes),
            *(code.code.lower() for code in codes[:1]),
            "XXXX",
            "",
            *values[:2],
        ]
    if item.type == "date":
        days = [d for d in collection.facts[year].constants.values() if isinstance(d, date)]
        values = [*((day + timedelta(days=n)).isoformat() for day in days for n in (-1, 0, 1)), *values]
    return values


@cache
def _example_rows(collection: str, year: int) -> dict[str, list[Values]]:
    """The rows each table has in the examples of the rules in force, the shortest first."""
    found: dict[str, dict[str, Values]] = defaultdict(dict)
    for one in all_examples(collection, year):
        for table, rows in one.tables.items():
            given = ({k: v for k, v in row.items() if v is not None} for row in rows.rows())
            found[table] |= {repr(row): row for row in given}
    return defaultdict(list, {table: sorted(rows.values(), key=len) for table, rows in found.items()})


def drawn(returns: list[Return]) -> str:
    """The returns as a person can read them: the rows that are there, without empty items."""
    lines = []
    for place, one in enumerate(returns):
        for table, rows in one.tables.items():
            for n, row in enumerate(rows.rows()):
                keys = {name: column[n] for name, column in rows.keys.items()}
                lines.append(
                    f"  return {place} {table} {keys} { {k: v for k, v in row.items() if v is not None} }"
                )
    return "\n".join(lines)
