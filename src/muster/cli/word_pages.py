"""The pages of ``muster explain`` about words: items, code sets, codes, tables, dates and notices."""

from __future__ import annotations

from collections.abc import Iterator

from muster.catalogue.effective import in_code_order
from muster.catalogue.find import codes_called, derived_called, element_names, items_called
from muster.cli.pages import block, paragraph
from muster.model import Code, CodeSet, Collection, Item, Table
from muster.model.words import value_in_words

_CATEGORIES = {
    1: "regular teachers",
    2: "agency teachers",
    3: "teaching assistants",
    4: "other support staff",
}
_LISTED = 60


def item_pages(collection: Collection, year: int, name: str) -> Iterator[list[str]]:
    """A page for every item with this name."""
    for table, item in items_called(collection, name):
        yield list(_item(collection, year, table, item))


def _item(collection: Collection, year: int, table: Table, item: Item) -> Iterator[str]:
    yield f"{table.name}.{item.name}: {item.title}, an item of {table.title.lower()}"
    collected = year in item.years and year in table.years
    yield paragraph(f"Collected in: {item.years}{'' if collected else f'; not in {year}'}.")
    names = element_names(collection, table.name, item.name, year)
    others = [n for n in element_names(collection, table.name, item.name) if n not in names]
    if names or others:
        was = f" (in other years: {', '.join(others)})" if others else ""
        yield paragraph(f"In the official file: {' and '.join(names) or 'not written'}{was}.")
    yield paragraph(f"Holds {item.form}.")
    if item.number:
        yield paragraph(f"Official item number: {item.number}.")
    if item.expected_for:
        yield paragraph(f"Expected for: {', '.join(_CATEGORIES.get(c, str(c)) for c in item.expected_for)}.")
    rules = [
        rule.code
        for rule in in_code_order(collection.rules_in(year))
        if _is_about(rule.item, item, rule.table, table)
    ]
    if rules:
        yield paragraph(f"Checked by: {', '.join(dict.fromkeys(rules))}.")
    if item.codes:
        yield from _codes(collection.code_sets[item.codes], year)
    if item.provisional or item.note:
        yield paragraph(f"{'Provisional' if item.provisional else 'Note'}: {item.note}")


def _is_about(rule_item: str | None, item: Item, rule_table: str, table: Table) -> bool:
    return rule_item == item.name and rule_table == table.name


def set_pages(collection: Collection, year: int, name: str) -> Iterator[list[str]]:
    """The page of a code set; where items of the same name show the codes, it is not said twice."""
    code_set = collection.code_sets.get(name.lower())
    if code_set and not any(item.codes == code_set.name for _, item in items_called(collection, name)):
        used = [
            f"{table.name}.{item.name}"
            for table in collection.tables.values()
            for item in table.items.values()
            if item.codes == code_set.name
        ]
        number = f", number {code_set.number}" if code_set.number else ""
        lines = [f"{code_set.name}: the code set '{code_set.title}'{number}"]
        lines += [paragraph(f"Used by: {', '.join(used)}.")] if used else []
        yield [*lines, *_codes(code_set, year)]


def _codes(code_set: CodeSet, year: int) -> Iterator[str]:
    codes = list(code_set.in_force(year).values())
    yield f"  Codes in {year}{'' if codes else ': none'}"
    width = max((len(code.code) for code in codes), default=0)
    for code in codes[:_LISTED]:
        mark = " (provisional)" if code.provisional else ""
        yield f"    {code.code:<{width}}  {code.title}{mark}"
    if len(codes) > _LISTED:
        yield f"    and {len(codes) - _LISTED:,} more"
    if code_set.pattern:
        yield f"    and whatever has the form {code_set.pattern}"
    past = [f"{code.code} ({code.title}, {code.years})" for code in code_set.codes if year not in code.years]
    if past and len(past) <= _LISTED:
        yield paragraph(f"Of other years: {', '.join(past)}.")


def code_pages(collection: Collection, year: int, name: str) -> Iterator[list[str]]:
    """A page for every code with this value, the set it belongs to first."""
    found: dict[str, list[Code]] = {}
    for code_set, code in codes_called(collection, name):
        found.setdefault(code_set.name, []).append(code)
    for set_name, codes in found.items():
        yield list(_code(collection.code_sets[set_name], codes, year))


def _code(code_set: CodeSet, codes: list[Code], year: int) -> Iterator[str]:
    now = next((code for code in codes if year in code.years), None)
    shown = now or codes[-1]
    yield f"{shown.code}: {shown.title}, a code of '{code_set.title}' ({code_set.name})"
    if now is None:
        yield paragraph(f"Not a code of {year}.")
    for code in codes:
        mark = "; provisional, not seen in a source" if code.provisional else ""
        yield paragraph(f"{code.years}: {code.title}{mark}. Source: {code.source or 'not given'}.")


def table_pages(collection: Collection, year: int, name: str) -> Iterator[list[str]]:
    """The page of a table of the return, or of one computed from others."""
    table = collection.tables.get(name.lower())
    if table:
        yield list(_table(collection, year, table))
    versions = derived_called(collection, name.lower())
    if versions:
        now = next((version for version in versions if year in version.years), versions[-1])
        lines = [f"{now.name}: {now.title} (computed for rules, {now.years})"]
        lines += [paragraph(" ".join(now.note.split()))] if now.note else []
        yield [*lines, paragraph(f"Columns: {', '.join(now.columns)}."), block(now.sql.splitlines())]


def _table(collection: Collection, year: int, table: Table) -> Iterator[str]:
    yield f"{table.name}: {table.title}, a table of the return"
    yield paragraph(f"Collected in: {table.years}{'' if year in table.years else f'; not in {year}'}.")
    if table.parent:
        yield paragraph(f"Each {table.record} lies within a {collection.tables[table.parent].record}.")
    if table.only_in:
        yield paragraph(f"Only in the file of the {table.only_in}.")
    yield paragraph(f"Items in {year}: {', '.join(item.name for item in table.items_in(year))}.")
    rules = [rule for rule in collection.rules_in(year) if rule.table == table.name]
    yield paragraph(f"Rules in {year}: {len(rules)}; see muster rules list --table {table.name}.")


def constant_pages(collection: Collection, year: int, name: str) -> Iterator[list[str]]:
    """The page of a date or amount that rules name after a dollar sign."""
    if name.lower() not in collection.constant_titles:
        return
    title = collection.constant_titles[name.lower()]
    value = collection.facts[year].constants.get(name.lower())
    known = value_in_words(value) if value is not None else "no value"
    lines = [f"${name.lower()}: {title}; in {year} {known}"]
    if name.lower() == "census_day":
        facts = collection.facts[year]
        lines.append(paragraph(f"Source: {facts.source}{' (provisional)' if facts.provisional else ''}."))
    values = ((y, collection.facts[y].constants.get(name.lower())) for y in collection.years)
    yield [*lines, *(f"    {y}  {value_in_words(v)}" for y, v in values if v is not None)]


def notice_pages(_collection: Collection, _year: int, name: str) -> Iterator[list[str]]:
    """The page of a notice that reading or linking writes beside the findings."""
    if not name.lower().startswith(("read.", "link.")):
        return
    from muster.link import NOTICES as OF_LINKING
    from muster.read.xml_reader import NOTICES as OF_READING

    known = {**OF_READING, **OF_LINKING}
    if name.lower() in known:
        stage = "reading" if name.startswith("read.") else "linking"
        yield [
            f"{name.lower()}: a notice of {stage}, not a rule of the collection",
            paragraph(known[name.lower()]),
        ]
