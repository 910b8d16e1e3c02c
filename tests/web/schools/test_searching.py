"""A search finds schools by any word the reader may see, and nothing by words they may not."""

from __future__ import annotations

import pytest

from muster_web.accounts.models import Organisation
from muster_web.schools.actions.indexing import index_schools
from muster_web.schools.actions.noting import write_note
from muster_web.schools.models import Note
from muster_web.schools.queries.searching import Narrowed, found_schools, tally


@pytest.fixture
def found(load, viewers):
    """The names of the schools that somebody finds."""
    load()
    index_schools()

    def names(who: str, words: str = "", **narrowed: str) -> list[str]:
        return [one.name for one in found_schools(viewers[who], Narrowed(words, **narrowed))]

    return names


@pytest.mark.parametrize("words", ["elmstead", "ELM", "99940011", "ostwick elm", "ZZ99 1AA"])
def test_a_school_is_found_by_the_start_of_any_word_of_it(found, words) -> None:
    assert found("anyshire.la_officer", words) == ["Elmstead School"]


def test_every_word_has_to_be_there(found) -> None:
    assert found("anyshire.la_officer", "elmstead marl") == []


@pytest.mark.parametrize(
    "words", ['"', "' OR 1=1 --", "AND", "NEAR(", "elm*", "-", "(", "%", "school NOT elm"]
)
def test_signs_of_a_query_language_are_no_commands(found, words) -> None:
    assert "Marl" not in found("anyshire.la_officer", words)


def test_a_note_is_found_by_its_own_authority_only_and_by_the_school_when_shared(
    found, viewers, organisations
) -> None:
    officer = viewers["anyshire.la_officer"]
    for text, shared in (("quagmire", False), ("heliotrope", True)):
        note = Note(school=organisations["ashcombe"], kind="visit", title="A visit", text=text, shared=shared)
        write_note(viewer=officer, note=note)
    who = (
        "anyshire.la_officer",
        "ashcombe.head",
        "birchfield.head",
        "otherby.la_officer",
        "department.collector",
    )
    assert [bool(found(one, "quagmire")) for one in who] == [True, False, False, False, False]
    assert [bool(found(one, "heliotrope")) for one in who] == [True, True, False, False, False]
    assert found("anyshire.la_officer", "ashcombe quag") == ["Ashcombe School"]


def test_a_search_is_narrowed_by_authority_type_and_being_open(found) -> None:
    assert found("ashcombe.head", authority="999") == [
        "Ashcombe School",
        "Birchfield Primary School",
        "Coldbrook Academy",
    ]
    assert found("ashcombe.head", "elmstead", open="closed") == []


def test_the_facets_count_what_was_found(found, viewers) -> None:
    counted = tally(found_schools(viewers["ashcombe.head"], Narrowed()))
    assert [(one.text, one.schools) for one in counted.facets["authority"]] == [
        ("Anyshire", 3),
        ("Otherby", 1),
    ]
    assert counted.schools == 7


def test_an_authority_that_no_school_is_linked_to_has_its_name_all_the_same(viewers, organisations) -> None:
    for code in ("202", "998", "997"):
        Organisation.objects.create(kind="school", name=f"School {code}", la_code=code, estab="4901")
    facets = tally(found_schools(viewers["anyshire.la_officer"], Narrowed("", open="all"))).facets[
        "authority"
    ]
    named = {one.value: one.text for one in facets}
    assert (named["202"], named["998"], named["997"]) == ("Camden", "Otherby", "authority 997")
