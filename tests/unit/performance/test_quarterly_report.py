"""The quarterly report says what its snapshot holds: exceptions first, every count counted, every reference right."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from tests.unit.performance.quarterly_snapshots import (
    RECORD,
    a_snapshot,
    entry,
    halton,
    milestone,
    quarter,
)

from muster.model import MusterError
from muster.performance import Light, Tag
from muster.performance.quarterly import Snapshot, compose, for_publication, problems_of
from muster.performance.quarterly.document import Heading, Table
from muster.performance.quarterly.snapshot import (
    Computed,
    Narrative,
    Objective,
    Override,
    Treatment,
    Withheld,
)

TWICE = "A long paragraph that says the same thing twice over, word for word, as drafts do."


def text_of(snapshot: Snapshot) -> str:
    """Every heading and paragraph of the report, one on a line."""
    pieces = compose(snapshot).pieces
    return "\n".join(
        one.full if isinstance(one, Heading) else one for one in pieces if not isinstance(one, Table)
    )


def table_of(snapshot: Snapshot, caption: str) -> list[list[str]]:
    """The rows of a table in words."""
    [table] = [one for one in compose(snapshot).pieces if isinstance(one, Table) and one.caption == caption]
    return [[cell.plain for cell in row] for row in table.rows]


def abouts(snapshot: Snapshot) -> list[str]:
    """The kinds of problems of a report."""
    return [one.about for one in problems_of(snapshot)]


def test_nothing_stands_in_the_way_of_a_whole_snapshot() -> None:
    assert problems_of(a_snapshot()) == []


def test_the_golden_counts_of_the_borough_come_out() -> None:
    text = text_of(halton())
    assert "Of 43 milestones, 32 met and 11 not met." in text
    assert "Of 7 key indicators, 6 met, 0 not met and 1 that cannot be reported. That is 100%" in text
    assert "Of 11 other indicators, 6 met, 2 not met and 3 that cannot be reported. That is 75%" in text
    by_objective = table_of(halton(), "Milestones by objective")
    assert [row[2] for row in by_objective] == ["5", "5", "4", "5", "5", "4", "4", "4", "3", "4", "43"]
    assert by_objective[-1][2:] == ["43", "32", "0", "11", "0"]
    assert problems_of(halton()) == []


def test_exceptions_come_first() -> None:
    assert [row[:3] for row in table_of(a_snapshot(), "Red and amber")] == [
        ["O1", "Close", "■ Not met"], ["LI2", "Number of things LI2", "■ Not met"]
    ]  # fmt: skip
    headings = [one.text for one in compose(a_snapshot()).pieces if isinstance(one, Heading)]
    assert headings[1] == "At a glance: what needs attention"


def test_numbers_and_references_are_given_by_the_machine() -> None:
    text = text_of(a_snapshot())
    assert "The strategy is settled; see Appendix 1." in text and "3.1 Buildings" in text
    assert (
        "How lights are used is explained in Appendix 6." in text
        and "Appendix 6 – How lights are used" in text
    )
    shut = milestone("O1", "Shut", comment="See {section:quality}.")
    assert table_of(a_snapshot(milestones=(shut,)), "Milestones")[0][6] == "See section 11.0."
    fewer = text_of(a_snapshot(milestones=(), developments=(), objectives=()))
    assert "How lights are used is explained in Appendix 5." in fewer


def test_a_reference_to_nothing_is_refused_with_what_there_is() -> None:
    wrong = a_snapshot(developments=(Narrative("New", ("See {appendix:money}.",)),))
    with pytest.raises(MusterError, match=r"refers to \{appendix:money\}.*\{appendix:milestones\}"):
        compose(wrong)


@pytest.mark.parametrize("part", [1, 3])
def test_risks_and_equality_actions_are_reported_in_quarters_2_and_4_only(part: int) -> None:
    text = text_of(a_snapshot(period=quarter(part), milestones=(), objectives=(), developments=()))
    assert "Risk treatment measures are reported in quarters 2 and 4." in text
    assert (
        "Appendix 4" not in text.replace("Appendix 4 – How lights", "")
        or "Risk" not in text.split("Appendix")[-1]
    )
    assert "Risk treatment measures" in text_of(a_snapshot()).split("Appendix 4 – ")[1]


def test_the_year_and_the_quarter_stand_side_by_side_with_the_direction() -> None:
    [first, second] = table_of(a_snapshot(), "Other indicators")
    assert first[3:8] == ["175", "75", "200", "▲ better than Quarter 3 of 2008/09", "● Met"]
    assert second[4:6] == ["75%", "75%"]


def test_before_the_year_ends_a_total_is_judged_by_its_forecast() -> None:
    one = entry("LI1", "175", {1: "40", 2: "35"}, adding="sum")
    snapshot = a_snapshot(entries=(one,), period=quarter(2))
    assert snapshot.light_of(one).light is Light.GREY
    assert "needs a forecast" in snapshot.light_of(one).reason


def test_lights_have_a_tolerance_where_the_service_says_so() -> None:
    snapshot = a_snapshot(percent=Decimal(30))
    assert table_of(snapshot, "Other indicators")[1][7] == "● Met"
    assert "missed by no more than 30%" in table_of(snapshot, "Lights")[0][2]


def test_a_light_set_by_hand_shows_the_rule_and_the_reason() -> None:
    override = Override(Light.GREEN, "The last of them closed on 2 April.")
    snapshot = a_snapshot(milestones=(milestone("O1", "Open", override=override),))
    assert table_of(snapshot, "Milestones")[0][5] == (
        "● Met set by hand; by rule not met. The last of them closed on 2 April."
    )


def test_a_nil_statement_stands_where_a_family_is_empty() -> None:
    assert "There are no local public service agreement (LPSA) targets for this service." in text_of(
        a_snapshot()
    )
    with_one = a_snapshot(entries=(entry("LI1", "1", {4: "1"}, tags=(Tag("LPSA", "5"),)),))
    assert "1 indicator of this service has a local public service agreement (LPSA) target." in text_of(
        with_one
    )


def test_a_section_that_is_withheld_says_why_and_when_it_comes() -> None:
    held = (Withheld("The financial statement", "The accounts are open", "in July"),)
    told = "The financial statement is not in this report: the accounts are open. It is expected in July."
    assert told in text_of(a_snapshot(withheld=held))


def test_the_statement_on_data_quality_comes_from_the_records_of_the_figures() -> None:
    computed = Computed(
        "three_placements", Decimal(26), Decimal(219), (("return.xml", "a" * 64),), "b" * 64, "Muster 0.1.0"
    )
    entries = (
        entry("LI1", "1", {4: "1"}, quality=replace(RECORD, estimated=True), computed=computed),
        entry("LI2", "1", {4: "1"}, quality=replace(RECORD, third_party=True)),
    )
    snapshot = a_snapshot(entries=entries)
    text = text_of(snapshot)
    assert "Of 2 indicators, 2 were checked. 1 was computed from returns" in text
    assert "LI1: estimated. LI2: from partners or other agencies." in text
    assert "Signed by the Head of performance on 20 April 2009." in text
    source = table_of(snapshot, "Where each figure comes from")[0][1]
    assert "return.xml (SHA-256 aaaaaaaaaaaa…); Muster 0.1.0, query bbbbbbbbbbbb…" in source
    assert "Computed from returns (26 of 219)." in table_of(snapshot, "Other indicators")[0][8]


@pytest.mark.parametrize(
    ("change", "about"),
    [
        ({"milestones": (milestone("O1", "Close"),)}, "no commentary"),
        ({"milestones": (milestone("O2", "Open", comment="Late."),)}, "unknown objective"),
        ({"objectives": (Objective("O1", "To learn"), Objective("O2", "To save"))}, "missing entry"),
        ({"entries": (entry("LI2", "100", {4: "75"}),)}, "no commentary"),
        ({"entries": (entry("LI2", "100", {}),)}, "missing entry"),
        ({"entries": (entry("LI2", "n/a", {4: "75"}),)}, "missing entry"),
        ({"entries": (entry("LI2", "1", {4: "1"}, quality=None),)}, "no quality record"),
        ({"entries": (entry("LI2", "1", {4: "1"}), entry("LI2", "1", {4: "1"}))}, "indicator twice"),
        ({"actions": (Treatment("", "Train", Light.RED, ""),)}, "no commentary"),
        ({"risks": (Treatment("R1", "Agree", Light.NONE, "?"),)}, "missing entry"),
        ({"signed": None}, "not signed"),
        ({"developments": (Narrative("New", ("It will open in May 2007.",)),)}, "impossible date"),
        ({"developments": (Narrative("New", ()),)}, "empty section"),
        ({"issues": (Narrative("New", (TWICE, TWICE)),)}, "repeated paragraph"),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_of_publishing_is_told(change: dict[str, Any], about: str) -> None:
    assert about in abouts(a_snapshot(**change))


def test_an_indicator_that_has_ended_is_grey_with_its_reason_and_no_problem() -> None:
    ended = entry("LI2", "400", {}, ended="The kiosks were removed.", comment="None are left.")
    assert a_snapshot().light_of(ended).reason == "Discontinued: The kiosks were removed."
    assert abouts(a_snapshot(entries=(ended,))) == []


@pytest.mark.parametrize(
    ("above", "below", "few"),
    [
        (5, 40, True),
        (6, 40, False),
        (0, 40, False),
        (36, 40, True),
        (40, 40, False),
        (3, None, True),
        (9, None, False),
    ],
)
def test_a_figure_of_one_to_five_is_published_as_a_light_only(
    above: int, below: int | None, few: bool
) -> None:
    whole = None if below is None else Decimal(below)
    computed = Computed("adopted", Decimal(above), whole, (), "b" * 64, "Muster 0.1.0")
    snapshot = a_snapshot(entries=(entry("LI1", "90", {4: str(above)}, computed=computed, comment="Few."),))
    published = for_publication(snapshot)
    row = table_of(published, "Other indicators")[0]
    assert (row[4], row[5]) == (("small number",) * 2 if few else (str(above),) * 2)
    assert row[7] == table_of(snapshot, "Other indicators")[0][7] == "■ Not met"
    why = table_of(published, "Red and amber")[-1][3]
    assert ("too small to be published" in why) is few and (f"{above} misses" in why) is not few
