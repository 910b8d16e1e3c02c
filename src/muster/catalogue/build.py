"""Build a collection: check every predicate against the allow-list and write one plan per engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from string import Formatter
from typing import TypeVar

from sqlglot import exp

from muster.catalogue._build_indicators import check_indicator
from muster.catalogue._collected import check_collected
from muster.catalogue._predicate import Checked, Names, PredicateError, check_predicate, check_select
from muster.catalogue._source import nearest
from muster.catalogue.plan import ENGINES, CompiledDerived, CompiledIndicator, CompiledRule, Plan
from muster.catalogue.uses import Uses, gathered
from muster.model import CatalogueError, Collection, Derived, Indicator, Rule, Table

_T = TypeVar("_T")
_C = TypeVar("_C")


@dataclass(frozen=True)
class Built:
    """The plans of a collection by engine, and every fault found, each starting with ``file:line:``."""

    plans: Mapping[str, Plan]
    faults: tuple[str, ...]
    uses: Uses


def build(collection: Collection) -> Mapping[str, Plan]:
    """Check and compile every rule, derived table and indicator.  Raises CatalogueError naming every fault."""
    return build_whole(collection).plans


def build_whole(collection: Collection) -> Built:
    """The plans and what asks which item.  Raises CatalogueError naming every fault."""
    built = try_build(collection)
    if built.faults:
        raise CatalogueError("\n".join(built.faults))
    return built


def try_build(collection: Collection) -> Built:
    """Compile what can be compiled and list what cannot."""
    names = names_of(collection)
    faults: list[str] = []
    derived = _collect(faults, [(d, partial(_checked_derived, d, names)) for d in collection.derived])
    rules = _collect(faults, [(r, partial(check_rule, r, collection, names)) for r in collection.rules])
    through = _reads_of(derived)
    checks = [(i, partial(check_indicator, i, collection, names, through)) for i in collection.indicators]
    indicators = [checked for _, checked in _collect(faults, checks)]
    uses = Uses(
        gathered(((rule.id, _asked(rule, checked)) for rule, checked in rules), collection),
        gathered(((table.name, checked.columns_read) for table, checked in derived), collection),
        gathered(((one.indicator.name, one.columns_read) for one in indicators), collection),
    )
    plans = {
        engine: _plan(engine, collection, rules, derived)._replace(
            indicators=tuple(one.compiled(engine, collection) for one in indicators),
        )
        for engine in ENGINES
    }
    return Built(plans, tuple(faults), uses)


def _asked(rule: Rule, checked: Checked) -> set[tuple[str, str]]:
    """What a rule asks or shows: its test, what its groups are made by, and what its message names."""
    shown = (*rule.group_by, *_items_in_words(rule), *([rule.item] if rule.item else []))
    return checked.columns_read | {(rule.table, name) for name in shown}


def _reads_of(derived: list[tuple[Derived, Checked]]) -> dict[str, list[str]]:
    """What each derived table reads, over all its versions."""
    through: dict[str, list[str]] = {}
    for table, checked in derived:
        through.setdefault(table.name, []).extend(checked.reads)
    return through


def _collect(faults: list[str], parts: Sequence[tuple[_T, Callable[[], _C]]]) -> list[tuple[_T, _C]]:
    good = []
    for part, check in parts:
        try:
            good.append((part, check()))
        except CatalogueError as error:
            faults.append(str(error))
    return good


def build_rule(engine: str, collection: Collection, rule: Rule) -> CompiledRule:
    """Check and compile one rule, which need not be in the catalogue; what it asks by year is not checked."""
    names = names_of(collection)
    counts_rows = rule.scope != "row" and not _is_about_the_return(rule, collection)
    try:
        checked = check_predicate(rule.fails_when, rule.table, names, aggregate=counts_rows, lint=False)
    except PredicateError as error:
        raise CatalogueError(f"{rule.where}: rule '{rule.id}': {error}") from None
    return _compiled_rule(engine, collection, rule, checked)


def build_indicator(engine: str, collection: Collection, indicator: Indicator) -> CompiledIndicator:
    """Check and compile one indicator, which need not be in the catalogue.  Raises CatalogueError."""
    return indicator_builder(engine, collection)(indicator)


def indicator_builder(engine: str, collection: Collection) -> Callable[[Indicator], CompiledIndicator]:
    """What checks and compiles indicators one after another; what they may name is worked out once."""
    names = names_of(collection)
    through = _reads_of([(table, _checked_derived(table, names)) for table in collection.derived])
    return lambda one: check_indicator(one, collection, names, through).compiled(engine, collection)


def names_of(collection: Collection, tolerance: bool = True) -> Names:
    """Everything a predicate of this collection may name."""
    columns = {name: _columns(collection, table) for name, table in collection.tables.items()}
    for table in collection.derived:
        columns[table.name] = columns.get(table.name, frozenset()) | frozenset(table.columns)
    constants = {name for facts in collection.facts.values() for name in facts.constants}
    patterns = {name: code_set.pattern for name, code_set in collection.code_sets.items()}
    known = frozenset(constants | ({"tolerance"} if tolerance else set()))
    return Names(columns, known, patterns, frozenset(_dates(collection)))


def _dates(collection: Collection) -> Iterator[tuple[str, str]]:
    """The columns and constants that hold a date."""
    for table in collection.tables.values():
        yield from (
            (table.name, item.name) for item in table.items.values() if item.type in ("date", "datetime")
        )
    for facts in collection.facts.values():
        yield from (("$", name) for name, value in facts.constants.items() if isinstance(value, date))


def _columns(collection: Collection, table: Table) -> frozenset[str]:
    texts = {f"{item.name}_text" for item in table.items.values() if item.type != "text"}
    return frozenset({*collection.key_columns(table.name), *table.items, *texts})


def check_rule(rule: Rule, collection: Collection, names: Names) -> Checked:
    """Check one rule.  Raises CatalogueError that names the file and line of the rule."""
    counts_rows = rule.scope != "row" and not _is_about_the_return(rule, collection)
    try:
        checked = check_predicate(rule.fails_when, rule.table, names, aggregate=counts_rows)
        _check_rest(rule, collection, names, checked)
    except PredicateError as error:
        raise CatalogueError(f"{rule.where}: rule '{rule.id}': {error}") from None
    return checked


def _is_about_the_return(rule: Rule, collection: Collection) -> bool:
    return rule.scope == "return" and collection.tables[rule.table].parent is None


def _check_rest(rule: Rule, collection: Collection, names: Names, checked: Checked) -> None:
    columns = names.columns[rule.table]
    for item in rule.group_by:
        if item not in columns:
            raise PredicateError(f"group_by names '{item}', no item of {rule.table}{nearest(item, columns)}")
    if rule.scope in ("group", "authority") and not rule.group_by:
        raise PredicateError(f"scope {rule.scope} needs group_by")
    for key, tables in (("also", rule.also), ("may_lack", rule.may_lack)):
        for table in tables:
            if table not in collection.tables:
                raise PredicateError(
                    f"{key} names '{table}', which is no table{nearest(table, collection.tables)}"
                )
    for table in (rule.table, *rule.also) if rule.also_by else ():
        if rule.also_by not in names.columns[table]:
            raise PredicateError(f"also_by names '{rule.also_by}', which {table} does not have")
    if "$tolerance" in rule.fails_when and rule.tolerance is None:
        raise PredicateError("the predicate uses $tolerance but the rule gives none")
    _check_message(rule, collection, names)
    check_collected(rule.years, collection, checked.columns_read)


def _check_message(rule: Rule, collection: Collection, names: Names) -> None:
    for key, text in (("message", rule.message), ("fix", rule.fix)):
        for name in _named_in(key, text):
            known = names.constants if name.startswith("$") else set(collection.tables[rule.table].items)
            if name.removeprefix("$") not in known:
                hint = nearest(name.removeprefix("$"), known)
                raise PredicateError(f"the {key} names '{{{name}}}', which is not known{hint}")


def _named_in(key: str, text: str) -> list[str]:
    try:
        return [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError as error:
        raise PredicateError(f"the {key} cannot be read: {error}; write {{{{ and }}}} for braces") from None


def _checked_derived(derived: Derived, names: Names) -> Checked:
    try:
        checked = check_select(derived.sql, names)
        _check_columns(derived, checked)
        return checked
    except PredicateError as error:
        raise CatalogueError(f"{derived.where}: derived table '{derived.name}': {error}") from None


def _check_columns(derived: Derived, checked: Checked) -> None:
    """The columns others may ask are those the SELECT gives, in its order."""
    given = tuple(checked.tree.named_selects) if isinstance(checked.tree, exp.Query) else ()
    if given != derived.columns:
        raise PredicateError(
            f"columns says {', '.join(derived.columns)}; the SELECT gives {', '.join(given)}"
        )
    if derived.key and not (derived.key in given and derived.key.endswith("_id")):
        raise PredicateError(f"key names '{derived.key}', which is no key among its columns")


def _plan(
    engine: str,
    collection: Collection,
    rules: list[tuple[Rule, Checked]],
    derived: list[tuple[Derived, Checked]],
) -> Plan:
    return Plan(
        engine,
        tuple(_compiled_rule(engine, collection, rule, checked) for rule, checked in rules),
        tuple(
            CompiledDerived(
                d.name, _years(d.years), d.columns, c.tree.sql(dialect=engine), tuple(c.reads), d.key
            )
            for d, c in derived
        ),
    )


def _years(years: object) -> str:
    return "" if str(years) == "every year" else str(years)


def _items_in_words(rule: Rule) -> list[str]:
    """The items the message and the fix show, which the finding must therefore carry."""
    parts = [part for text in (rule.message, rule.fix) for part in Formatter().parse(text)]
    return list(dict.fromkeys(name for _, name, _, _ in parts if name and not name.startswith("$")))


def _compiled_rule(engine: str, collection: Collection, rule: Rule, checked: Checked) -> CompiledRule:
    predicate = checked.tree.sql(dialect=engine)
    is_row = rule.scope == "row" or _is_about_the_return(rule, collection)
    sql = predicate if is_row else _SET_QUERIES[rule.scope](rule, collection, predicate)
    items = [name for name in checked.items if name in collection.tables[rule.table].items]
    items += [name for name in (*rule.group_by, *_items_in_words(rule)) if name not in items]
    return CompiledRule(
        id=rule.id,
        years=_years(rule.years),
        table=rule.table,
        kind="row" if is_row else "set",
        sql=sql,
        items=tuple(items),
        reads=tuple(dict.fromkeys([rule.table, *checked.reads])),
    )


def _group_query(rule: Rule, collection: Collection, predicate: str) -> str:
    """Every row of each failing group; ``across`` authority leaves the return out of the group."""
    key = collection.tables[rule.table].key
    by = [*rule.group_by, *(["return_id"] if rule.scope == "group" else [])]
    columns = ", ".join(f"this.{name}" for name in by)
    given = " AND ".join(f"NOT this.{name} IS NULL" for name in by)
    same = " AND ".join(f"this.{name} = g.{name}" for name in by)
    return (
        f"SELECT this.{key} FROM {rule.table} AS this JOIN (SELECT {columns} FROM {rule.table} AS this "
        f"WHERE {given} GROUP BY {columns} HAVING {predicate}) AS g ON {same}"
    )


def _return_query(rule: Rule, _collection: Collection, predicate: str) -> str:
    return f"SELECT this.return_id FROM {rule.table} AS this GROUP BY this.return_id HAVING {predicate}"


_SET_QUERIES: Mapping[str, Callable[[Rule, Collection, str], str]] = {
    "group": _group_query,
    "authority": _group_query,
    "return": _return_query,
}
