"""Every rule of the children in need census does the same to its examples when they arrive as an official file."""

from __future__ import annotations

import pytest

from muster.catalogue import load_collection
from muster.model import Rule
from tests.rules.xml_worlds import XmlWorlds

CHILDREN = load_collection("children_in_need")
WORLDS = XmlWorlds(
    CHILDREN,
    {"collection": "CIN", "source_level": "L", "lea": "999", "software_code": "x", "serial_no": "001"},
)
RULES = [*WORLDS.written_rules(), *WORLDS.item_checks()]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: f"{r.id}[{r.years}]")
def test_a_rule_fires_on_records_that_arrive_as_xml(rule: Rule) -> None:
    expected = WORLDS.expected(rule)
    assert expected, "the rule has no failing example"
    assert WORLDS.found(rule) == expected


def test_all_109_published_rules_are_among_them() -> None:
    # rules of the header itself are item checks of the return or written rules; none is left out
    fired = {rule.code for rule in RULES if rule.has_official_number}
    published = {rule.code for rule in CHILDREN.rules_in(2026) if rule.has_official_number}
    assert published - fired == set()
    assert len(published) == 109
