"""``muster dictionary``: search, show, changes and export, for people and for machines."""

from __future__ import annotations

import json
from pathlib import Path

from tests.command import muster, refused


def test_search_shows_what_was_found_with_its_collection() -> None:
    said = muster("dictionary", "search", "GenderCurrent")
    assert said.code == 0
    assert "members.sex" in said.out and "children.sex" in said.out
    only = muster("dictionary", "search", "GenderCurrent", "--collection", "children_in_need", "--json").json
    assert {hit["collection"] for hit in only} == {"children_in_need"}


def test_what_is_nowhere_is_told_and_not_answered_with_nothing() -> None:
    assert "nothing in the dictionary holds 'giraffe'" in refused("dictionary", "search", "giraffe")


def test_an_item_is_shown_with_its_places_and_what_asks_it() -> None:
    said = muster("dictionary", "show", "PreferenceRank").out
    assert said.startswith("preferences.rank: Rank of the preference, school preferences")
    assert "Message/Children/Child/Preferences/Preference/PreferenceRank (2014-2025)" in said
    assert "rank_below_one" in said and "first_preference" in said


def test_a_name_that_is_nearly_right_gets_a_hint() -> None:
    assert "did you mean" in refused("dictionary", "show", "GenderCurent")


def test_years_are_compared_in_sentences() -> None:
    said = muster("dictionary", "changes", "2022", "2023")
    assert "Sex is written as Sex; it was GenderCurrent." in said.out


def test_the_dictionary_is_written_by_the_ending_of_the_name(tmp_path: Path) -> None:
    target = tmp_path / "swc.json"
    assert muster("dictionary", "export", target).code == 0
    assert json.loads(target.read_text(encoding="utf-8"))["collection"] == "school_workforce"
    assert "must end in" in refused("dictionary", "export", tmp_path / "swc.xlsx")
