"""Narrows a termly collection to one term: what is not in force in the term is in force in no year.

Without a term a thing is in force in the years in which it is so in some term; that is the collection whole.
Items and tables stay, so that the columns of every engine and the plan are the same in every term.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from muster.model import NO_YEAR, Check, Code, CodeSet, Element, Item, Rule, Table, Term

_Dated = TypeVar("_Dated", Check, Code, Element, Item, Rule, Table)


def tables_of_term(tables: Mapping[str, Table], term: Term | None) -> dict[str, Table]:
    """The tables, with their items and checks, as they stand in a term."""
    return {name: _table(table, term) for name, table in tables.items()}


def _table(table: Table, term: Term | None) -> Table:
    items = {name: _item(item, term) for name, item in table.items.items()}
    return replace(_narrowed(table, term), items=items)


def _item(item: Item, term: Term | None) -> Item:
    return replace(_narrowed(item, term), checks=tuple(_narrowed(check, term) for check in item.checks))


def code_sets_of_term(code_sets: Mapping[str, CodeSet], term: Term | None) -> dict[str, CodeSet]:
    """The code sets as they stand in a term."""
    return {
        name: one._replace(codes=tuple(_narrowed(code, term) for code in one.codes))
        for name, one in code_sets.items()
    }


def rules_of_term(rules: Iterable[Rule], term: Term | None, years: tuple[int, ...]) -> list[Rule]:
    """The rules that are asked in some year of a term."""
    narrowed = (_narrowed(rule, term) for rule in rules)
    return [rule for rule in narrowed if rule.years.among(years)]


def message_of_term(
    element: Element, tables: Mapping[str, Table], term: Term | None, *, around: str = ""
) -> Element:
    """The message as it stands in a term: an element is written where what it holds is collected."""
    own = element.table or around
    children = tuple(message_of_term(child, tables, term, around=own) for child in element.children)
    years = _narrowed(element, term).years
    if element.table:
        years = years.within(tables[element.table].years)
    for item in element.items:
        table, _, name = item.rpartition(".")
        years = years.within(tables[table or own].items[name].years)
    if children and all(child.years == NO_YEAR for child in children):
        years = NO_YEAR
    return replace(element, years=years, children=children)


def _narrowed(thing: _Dated, term: Term | None) -> _Dated:
    """A thing with the years in which it is in force in a term."""
    return replace(thing, years=thing.years.within(thing.terms.years(term)))
