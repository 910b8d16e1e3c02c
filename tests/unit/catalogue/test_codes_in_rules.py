"""A code named in a rule is a code of the item it is compared with: a slip of the pen would never fire."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from muster.model import Collection

_COMPARED = re.compile(r"(\w+)\s*(?:=|<>)\s*'([^']*)'")
_LISTED = re.compile(r"(\w+)\s+(?:not\s+)?in\s*\(([^()]*)\)")


def codes_named(predicate: str) -> Iterator[tuple[str, str]]:
    """Each item compared with a text, and the text: ``post = 'HDT'``, ``role in ('HLTA', 'TASS')``."""
    yield from _COMPARED.findall(predicate)
    for item, listed in _LISTED.findall(predicate):
        yield from ((item, code) for code in re.findall(r"'([^']*)'", listed))


def codes_of_items(collection: Collection) -> dict[str, set[str]]:
    """Every code of any year by item name, items of one name in several tables taken together."""
    codes: dict[str, set[str]] = defaultdict(set)
    for table in collection.tables.values():
        for item in table.items.values():
            if item.codes:
                codes[item.name] |= {code.code for code in collection.code_sets[item.codes].codes}
    return codes


def test_every_code_a_rule_or_a_derived_table_names_is_a_code_of_its_item(collection: Collection) -> None:
    known = codes_of_items(collection)
    written = {rule.id: rule.fails_when for rule in collection.rules}
    written |= {table.name: table.sql for table in collection.derived}
    unknown = {
        (name, item, code)
        for name, predicate in written.items()
        for item, code in codes_named(predicate)
        if item in known and code not in known[item]
    }
    assert unknown == set()


def test_the_search_finds_codes_that_are_compared_and_codes_that_are_listed() -> None:
    predicate = "c.post = 'HDT' and r.role not in ('HLTA', 'TASS')"
    assert list(codes_named(predicate)) == [("post", "HDT"), ("role", "HLTA"), ("role", "TASS")]
