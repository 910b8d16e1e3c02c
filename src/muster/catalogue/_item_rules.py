"""The rules that follow from the items themselves: missing, type, length, pattern, code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from muster.model import EVERY_TERM, Check, CodeSet, Item, Rule, Table, Terms, Years
from muster.model.words import within_sentence

_NAMES = {
    "text": "text", "whole": "a whole number", "number": "a number", "date": "a date (yyyy-mm-dd)",
    "datetime": "a date and time (yyyy-mm-ddThh:mm:ss)", "boolean": "true or false",
}  # fmt: skip


def item_rules(
    tables: Mapping[str, Table], code_sets: Mapping[str, CodeSet], years: tuple[int, ...]
) -> Iterator[Rule]:
    """One rule for each check of each item, written in the rule language like any other."""
    for table in tables.values():
        for item in table.items.values():
            for check in item.checks:
                in_force = tuple(
                    y for y in years if y in table.years and y in item.years and y in check.years
                )
                if in_force:
                    yield _rule(table, item, check, code_sets, _span(in_force, years))


def _span(in_force: tuple[int, ...], years: tuple[int, ...]) -> Years:
    gaps = [y for y in range(in_force[0], in_force[-1]) if y not in in_force]
    last = None if in_force[-1] == years[-1] else in_force[-1]
    if not gaps:
        return Years(((in_force[0], last),))
    return Years(((in_force[0], gaps[0] - 1), (gaps[-1] + 1, last)))


def _rule(table: Table, item: Item, check: Check, code_sets: Mapping[str, CodeSet], years: Years) -> Rule:
    name = f"{table.name}.{item.name}.{check.kind}"
    message, fix = _words(item, check, code_sets)
    return Rule(
        id=name,
        code=check.number or name,
        message=check.message or message,
        fix=fix,
        stage=1,
        table=table.name,
        fails_when=_predicate(item, check),
        years=years,
        severity=check.severity,
        provisional=check.provisional or item.provisional,
        note=check.note or (item.note if item.provisional else ""),
        item=item.name,
        check=check.kind,
        terms=_terms_of(table, item, check),
        phases=_phases_of(item, check, code_sets),
        source="the item's definition in schema.toml",
        where=item.where,
    )


def _terms_of(table: Table, item: Item, check: Check) -> Terms:
    """The terms in which a check is asked, as they are said; in which it truly is, the item's years say."""
    said = (terms for terms in (check.terms, item.terms, table.terms) if terms != EVERY_TERM)
    return next(said, EVERY_TERM)


def _phases_of(item: Item, check: Check, code_sets: Mapping[str, CodeSet]) -> tuple[str, ...]:
    """Whom a check is asked of: who returns the item, or, where none may give it, everybody else."""
    if check.kind == "phase":
        return tuple(code.code for code in code_sets["phase"].codes if code.code not in item.phases)
    return check.phases or (item.phases if check.kind == "missing" else ())


def _text_column(item: Item) -> str:
    return item.name if item.type == "text" else f"{item.name}_text"


def _predicate(item: Item, check: Check) -> str:
    text = _text_column(item)
    given = f"{text} is not null"
    if check.kind == "missing":
        return f"{text} is null"
    if check.kind == "phase":
        return given
    if check.kind == "length":
        return f"length({text}) > {item.length}"
    if check.kind == "pattern":
        return f"{given} and not matches({text}, '{item.pattern}')"
    if check.kind == "code":
        return f"{given} and not is_code('{item.codes}', {text})"
    if item.decimals:
        return f"{given} and not matches({text}, '-?[0-9]+([.][0-9]{{1,{item.decimals}}})?')"
    return f"{given} and {item.name} is null"


def _words(item: Item, check: Check, code_sets: Mapping[str, CodeSet]) -> tuple[str, str]:
    value = "{" + item.name + "}"
    if check.kind == "missing":
        return f"{item.title} is missing.", f"Enter the {within_sentence(item.title)}."
    if check.kind == "phase":
        return f"{item.title} '{value}' is not collected from a school of this phase.", "Take it out."
    if check.kind == "length":
        return f"{item.title} '{value}' is longer than {item.length} characters.", "Shorten it."
    if check.kind == "pattern":
        return (
            f"{item.title} '{value}' does not have the right form.",
            f"It must match {_braces(item.pattern)}.",
        )
    if check.kind == "code":
        codes = code_sets[item.codes or ""]
        return (
            f"{item.title} '{value}' is not a code of the set '{codes.title}' in this year.",
            "Choose a code of the set; 'muster explain' lists them.",
        )
    places = (
        f" with at most {item.decimals} decimal place{'s'[: item.decimals != 1]}" if item.decimals else ""
    )
    return f"{item.title} '{value}' is not {_NAMES[item.type]}{places}.", "Correct the value at its source."


def _braces(pattern: str | None) -> str:
    """A pattern as it stands in a message, where single braces mean an item."""
    return (pattern or "").replace("{", "{{").replace("}", "}}")
