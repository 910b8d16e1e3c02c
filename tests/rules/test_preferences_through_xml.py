"""Every rule of the school preferences return does the same to its examples when they arrive as a file."""

from __future__ import annotations

import pytest

from muster.catalogue import load_collection
from muster.model import Rule
from tests.rules.xml_worlds import XmlWorlds

WORLDS = XmlWorlds(load_collection("school_preferences"), {"collection": "Preferences", "source_level": "L"})
RULES = [*WORLDS.written_rules(), *WORLDS.item_checks()]


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.scope != "authority"], ids=lambda rule: rule.id
)
def test_a_rule_fires_on_records_that_arrive_as_xml(rule: Rule) -> None:
    expected = WORLDS.expected(rule)
    assert expected, "the rule has no failing example"
    assert WORLDS.found(rule) == expected


def test_one_rule_only_compares_the_returns_of_authorities() -> None:
    assert [rule.id for rule in RULES if rule.scope == "authority"] == ["reported_by_two_authorities"]
