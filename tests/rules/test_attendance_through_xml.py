"""Every rule of the attendance measures does the same to its examples when they arrive as a file."""

from __future__ import annotations

import pytest

from muster.catalogue import load_collection
from muster.model import Rule
from tests.rules.xml_worlds import XmlWorlds

MEASURES = load_collection("attendance_measures")
WORLDS = XmlWorlds(MEASURES, {"collection": MEASURES.message_name, "source_level": "L"})
LAST_YEAR = ["notices_changed_much"]
RULES = [rule for rule in [*WORLDS.written_rules(), *WORLDS.item_checks()] if rule.id not in LAST_YEAR]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.id}[{rule.years}]")
def test_a_rule_fires_on_figures_that_arrive_as_a_file(rule: Rule) -> None:
    expected = WORLDS.expected(rule)
    assert expected, "the rule has no failing example"
    assert WORLDS.found(rule) == expected


def test_only_what_compares_with_last_year_is_left_to_another_test() -> None:
    """It needs a second file; tests/unit/inspecting has it."""
    comparing = [rule.id for rule in MEASURES.rules if "measures_last" in rule.fails_when]
    assert comparing == LAST_YEAR
