"""``muster explain``: one plain page for whatever has the name that was asked for."""

from __future__ import annotations

import json

import pytest

from muster.cli import main
from muster.model import Collection

Said = pytest.CaptureFixture[str]


def page(capsys: Said, *words: str) -> str:
    """What explain says, on one line so that wrapping does not matter."""
    assert main(["explain", *words]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_a_rule_is_explained_in_words_beside_its_sql(capsys: Said) -> None:
    said = page(capsys, "4100Q")
    for part in (
        "4100Q: query on staff details (2025, the latest year)",
        "What to do: Give the seven-digit teacher number.",
        "It is a query, which may stand if it is explained.",
        "It fires when all of these hold: - the teacher number is empty - any of these holds:",
        "In SQL: teacher_number is null and (qts = true",
        "D | 0000001 | true | true | true | ok",
        "Over the years: * 2017:",
        "Source: Bromcom documentation on 4100",
    ):
        assert part in said


def test_the_page_is_that_of_the_year_asked_for(capsys: Said) -> None:
    assert "more than 50 years before census day" in page(capsys, "4357", "--year", "2013")


def test_a_rule_out_of_force_says_so(capsys: Said) -> None:
    assert "Not in force in 2025. This is the version of 2010-2014." in page(capsys, "4370")


def test_a_provisional_rule_says_why(capsys: Said, collection: Collection) -> None:
    rule = next(
        rule for rule in collection.rules_in(2025) if rule.provisional and rule.note and not rule.check
    )
    said = page(capsys, rule.id)
    assert "Provisional: this rule was not seen in a source." in said
    assert " ".join(rule.note.split())[:40] in said


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        (
            "contracts.post",
            ["Post, an item of contracts", "Official item number: 400361.", "HDT Head teacher"],
        ),
        ("GenderCurrent", ["members.sex: Sex", "In the official file: Sex (in other years: GenderCurrent)."]),
        ("400361", ["contracts.post: Post"]),
        ("HDT", ["HDT: Head teacher, a code of 'Post' (post)", "Source: Oracle HRMS"]),
        ("hdt", ["HDT: Head teacher"]),
        ("pay_range", ["payments.pay_range: Pay range", "Codes in 2025"]),
        ("contracts", ["a table of the return", "Each contract lies within a staff member."]),
        ("open_contracts", ["computed for rules", "where c.contract_start <= $census_day"]),
        ("$contract_from", ["first day of the continuous contract window; in 2025 1 September 2024"]),
        ("read.encoding", ["a notice of reading", "The file declares another encoding"]),
        ("link.no_source", ["a notice of linking"]),
    ],
)
def test_items_codes_tables_dates_and_notices_have_pages(capsys: Said, name: str, parts: list[str]) -> None:
    said = page(capsys, name)
    for part in parts:
        assert part in said


def test_a_code_of_other_years_says_so(capsys: Said) -> None:
    assert "Not a code of 2025." in page(capsys, "SUP")


def test_every_rule_and_item_has_a_page(collection: Collection, capsys: Said) -> None:
    names = {rule.code for rule in collection.rules} | {
        name for t in collection.tables.values() for name in t.items
    }
    for name in sorted(names)[::7]:
        assert main(["explain", name]) == 0, name
    assert "Traceback" not in capsys.readouterr().err


def test_an_unknown_name_is_told_with_the_nearest_and_ends_with_2(capsys: Said) -> None:
    assert main(["explain", "contract_strat"]) == 2
    assert "did you mean 'contract_start'?" in capsys.readouterr().err


def test_an_unknown_name_like_no_other_points_to_the_list(capsys: Said) -> None:
    assert main(["explain", "zzzzzzzzzz"]) == 2
    assert "muster rules list shows all rules" in capsys.readouterr().err


def test_pages_can_be_had_as_json(capsys: Said) -> None:
    assert main(["explain", "census_day", "--json"]) == 0
    assert [one["kind"] for one in json.loads(capsys.readouterr().out)] == ["rule", "date"]


def test_an_indicator_is_explained_with_what_is_summed_and_worked_examples(capsys: Said) -> None:
    said = page(capsys, "teachers_55_and_over")
    for part in (
        "teachers_55_and_over: Teachers aged 55 and over, an indicator in % (2025, the latest year)",
        "Denominator, over staff_in_post (staff in regular service on census day, each person once):",
        "count(age) filter (where category = 1)",
        "An example that gives 1 over 2: [members] member_id | birth_date",
    ):
        assert part in said
    assert "Not in force in 2020." in page(capsys, "teachers_with_sickness", "--year", "2020")
