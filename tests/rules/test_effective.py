"""The page of every year is current, and what closed years are held to has not changed without a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from muster.catalogue import CATALOGUE, catalogue_folders, load_collection
from muster.catalogue.effective import effective_page
from muster.catalogue.frozen import Frozen, closed_years, freeze, frozen_path, read_frozen
from muster.catalogue.generate import generate, stale
from muster.catalogue.meaning import build_meanings
from muster.model import Collection


@pytest.mark.parametrize("name", catalogue_folders())
def test_every_generated_file_is_current(name: str) -> None:
    generated = generate(load_collection(name), CATALOGUE)
    old = [path.name for path in stale(generated.files)]
    assert not old, f"run 'make generate' and commit {', '.join(old)}"


@pytest.mark.parametrize("name", catalogue_folders())
def test_closed_years_are_frozen(name: str) -> None:
    agreed = frozen_path(load_collection(name), CATALOGUE)
    assert agreed.exists(), (
        "run 'muster rules build --freeze' once, when the rules of the first release stand"
    )


@pytest.mark.parametrize("name", catalogue_folders())
def test_no_closed_year_changed_without_a_reason(name: str) -> None:
    changes = [f"{c.year}: {c.what}" for c in generate(load_collection(name), CATALOGUE).unexplained]
    assert not changes, (
        f"closed years changed: {'; '.join(changes)}. Start a version ([CODE.YEAR]), or, where the year was wrong, "
        'write corrects = "why" into the rule or run: muster rules build --correct "why"'
    )


def test_the_page_of_a_year_holds_every_rule_in_force_and_no_other(collection: Collection) -> None:
    page = effective_page(collection, 2013, build_meanings(collection))
    shown = [line.split(" · ")[0] for line in page.splitlines() if line.startswith("### ")]
    in_force = [f"### {r.code}" + (f" ({r.id})" if r.id != r.code else "") for r in collection.rules_in(2013)]
    assert sorted(shown) == sorted(in_force)


def test_a_provisional_rule_is_marked_with_its_note(collection: Collection) -> None:
    rule = next(
        rule for rule in collection.rules_in(2025) if rule.provisional and rule.note and not rule.check
    )
    page = effective_page(collection, 2025, {})
    section = page.split(f"### {rule.code}", 1)[1].split("###")[0]
    assert "· provisional" in section
    assert f"> Provisional: {' '.join(rule.note.split())}" in section


# -- freezing ----------------------------------------------------------------------------------------


def frozen_now(collection: Collection) -> dict[int, Frozen]:
    """The closed years as if they had just been agreed."""
    text = freeze(collection, {}).text
    assert text.count("\n[") == len(closed_years(collection))
    return {year: Frozen(*_marks(text, year)) for year in closed_years(collection)}


def _marks(text: str, year: int) -> tuple[str, str]:
    lines = text.split(f"[{year}]")[1].splitlines()[1:3]
    return lines[0].split('"')[1], lines[1].split('"')[1]


def with_message(collection: Collection, code: str, message: str, corrects: str = "") -> Collection:
    """The collection with another message of one rule."""
    rules = (
        replace(rule, message=message, corrects=corrects) if rule.code == code else rule
        for rule in collection.rules
    )
    return replace(collection, rules=tuple(rules))


def test_an_unchanged_collection_needs_no_reason(collection: Collection) -> None:
    assert freeze(collection, frozen_now(collection)).unexplained == ()


def test_a_changed_message_of_a_closed_year_needs_a_reason(collection: Collection) -> None:
    changed = with_message(collection, "4400", "Another message.")
    found = freeze(changed, frozen_now(collection)).unexplained
    assert [change.year for change in found] == list(closed_years(collection))
    assert {change.what for change in found} == {"the rules"}


def test_the_reason_of_the_build_is_kept_beside_the_fingerprint(collection: Collection) -> None:
    changed = with_message(collection, "4400", "Another message.")
    found = freeze(changed, frozen_now(collection), why="the old words were wrong")
    assert found.unexplained == ()
    assert found.text.count("the old words were wrong") == len(closed_years(collection))


def test_the_reason_of_the_rule_counts_once(collection: Collection) -> None:
    changed = with_message(collection, "4400", "Another message.", corrects="the old words were wrong")
    found = freeze(changed, frozen_now(collection))
    assert found.unexplained == ()
    again = with_message(collection, "4400", "A third message.", corrects="the old words were wrong")
    agreed = {
        y: f._replace(corrections=("4400: the old words were wrong",)) for y, f in frozen_now(changed).items()
    }
    assert freeze(again, agreed).unexplained


def test_a_changed_date_is_not_excused_by_a_rule(collection: Collection) -> None:
    facts = {**collection.facts, 2013: replace(collection.facts[2013], constants={"census_day": "another"})}
    changed = replace(with_message(collection, "4400", "x", corrects="why"), facts=facts)
    (change,) = [c for c in freeze(changed, frozen_now(collection)).unexplained if c.year == 2013]
    assert change.what == "the rules and items, code sets, derived tables or dates"


def test_a_note_or_a_source_may_improve_without_a_reason(collection: Collection) -> None:
    rules = tuple(
        replace(rule, note="found at last", source="a letter", provisional=False) for rule in collection.rules
    )
    assert freeze(replace(collection, rules=rules), frozen_now(collection)).unexplained == ()


def test_a_year_opened_later_does_not_touch_closed_years(collection: Collection) -> None:
    assert 2025 not in closed_years(collection)
    changed = with_message(collection, "4562", "In force in 2025 only.")
    assert freeze(changed, frozen_now(collection)).unexplained == ()


def test_nothing_is_agreed_where_there_is_no_file(collection: Collection) -> None:
    assert read_frozen(frozen_path(collection, CATALOGUE / "nowhere")) == {}
