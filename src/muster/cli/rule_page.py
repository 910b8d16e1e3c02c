"""The page of ``muster explain`` about one rule: what it tests, why it fires, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from muster.catalogue.effective import fix_in_words, message_in_words
from muster.cli.pages import block, bullet, bullets, example_lines, meaning_of, paragraph
from muster.model import Collection, Rule
from muster.model.words import within_sentence

_ASKED_OF = {
    "row": "each {record}",
    "group": "records of {title} with the same {by}, within one return",
    "return": "the whole return",
    "authority": "records of {title} with the same {by}, across all returns of an authority",
}
_KINDS = {
    "error": "an error, which must be put right before the return is sent",
    "query": "a query, which may stand if it is explained",
}
_EXAMPLES = 16


def rule_page(collection: Collection, year: int, versions: Sequence[Rule], catalogue: Path) -> Iterator[str]:
    """One rule as it is in a year, or as it last was, with how it changed over the years."""
    in_force = [rule for rule in versions if year in rule.years]
    rule = in_force[0] if in_force else versions[-1]
    title = collection.tables[rule.table].title
    yield f"{rule.code}{f' ({rule.id})' if rule.id != rule.code else ''}: {rule.severity} on {title.lower()}"
    if not in_force:
        yield paragraph(f"Not in force in {year}. This is the version of {rule.years}.")
    yield ""
    yield paragraph(message_in_words(rule, collection))
    if rule.fix:
        yield paragraph(f"What to do: {fix_in_words(rule, collection)}")
    yield ""
    yield paragraph(f"It is {_KINDS[rule.severity]}. It is asked of {_asked_of(collection, rule)}.")
    yield from _test(rule, meaning_of(collection, rule, catalogue))
    yield from _examples(rule)
    yield from _years(collection, versions)
    yield from _confidence(rule)


def _asked_of(collection: Collection, rule: Rule) -> str:
    table = collection.tables[rule.table]
    uncounted = table.parent and table.record == table.title.lower()
    record = f"record of {table.record}" if uncounted else table.record
    by = " and ".join(within_sentence(table.items[n].title) if n in table.items else n for n in rule.group_by)
    return _ASKED_OF[rule.scope].format(title=table.title.lower(), record=record, by=by)


def _test(rule: Rule, meaning: Sequence[str]) -> Iterator[str]:
    first, *rest = meaning
    yield ""
    yield bullets([f"It fires when {first}{'' if rest else '.'}", *rest])
    yield ""
    yield "  In SQL:"
    yield block(rule.fails_when.splitlines())
    if "$tolerance" in rule.fails_when:
        yield paragraph(f"The limit is {rule.tolerance:g}; an authority may set its own.")


def _examples(rule: Rule) -> Iterator[str]:
    if rule.examples:
        yield ""
        yield "  Examples (a blank cell is empty; the last column says what the rule makes of the row):"
        yield block(example_lines(rule, _EXAMPLES))


def _years(collection: Collection, versions: Sequence[Rule]) -> Iterator[str]:
    if len(versions) == 1:
        yield paragraph(f"In force: {_in_force(versions[0])}.")
        return
    yield "  Over the years:"
    for rule in versions:
        yield bullet(f"{_in_force(rule)}: {message_in_words(rule, collection)}", 4)


def _in_force(rule: Rule) -> str:
    said = []
    for first, last in rule.years.ranges:
        if first == last:
            said.append(f"{first}" if first else "every year")
        else:
            said.append(
                f"{first} to {last}" if first and last else f"from {first}" if first else f"until {last}"
            )
    return " and ".join(said)


def _confidence(rule: Rule) -> Iterator[str]:
    if rule.source:
        yield paragraph(f"Source: {rule.source}.")
    if rule.provisional:
        yield paragraph(
            f"Provisional: this rule was not seen in a source. {' '.join(rule.note.split())}".rstrip()
        )
    elif rule.note:
        yield paragraph(f"Note: {' '.join(rule.note.split())}")
    yield paragraph(f"Written in {rule.where}.")
