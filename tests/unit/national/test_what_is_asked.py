"""What a national run does not ask, of whom, and why; and what it refuses."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from tests.command import muster, refused
from tests.unit.national.conftest import change

from muster.catalogue import load_collection
from muster.model import MusterError, Outcome
from muster.model.local import Local
from muster.national import Means, check_tables, collection_of_tables, year_of_tables

IN_NEED = load_collection("children_in_need")


def counts(out: Path, rule: str) -> list[dict[str, str]]:
    with (out / "counts.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["rule"] == rule]


def test_an_authority_with_another_reference_date_is_not_asked_by_the_census_year(
    in_need: Path, tmp_path: Path
) -> None:
    change(in_need, "returns", 1, reference_date="2025-06-30")
    done = check_tables(IN_NEED, 2025, in_need, tmp_path / "out")
    rule = {one.rule_id: one for one in done.outcomes}["8620"]
    assert rule.reason.startswith(
        "not run for 1 return: the reference date is 30 June 2025, not 31 March 2025"
    )
    assert ("202", "not run") in [
        (row["authority"], row["outcome"]) for row in counts(tmp_path / "out", "8620")
    ]


def test_without_any_reference_date_those_rules_are_not_run_at_all(in_need: Path, tmp_path: Path) -> None:
    for row in range(3):
        change(in_need, "returns", row, reference_date=None)
    done = check_tables(IN_NEED, 2025, in_need, tmp_path / "out")
    rules = {one.rule_id: one for one in done.outcomes}
    assert rules["8620"].outcome is Outcome.NOT_RUN and rules["100"].findings == 3
    [row] = counts(tmp_path / "out", "8620")
    assert row["reason"] == "they do not give 31 March 2025 as their reference date"


def test_a_table_that_is_not_there_keeps_its_rules_from_running(in_need: Path, tmp_path: Path) -> None:
    shutil.rmtree(in_need / "section_47")
    done = check_tables(IN_NEED, 2025, in_need, tmp_path / "out")
    rules = {one.rule_id: one for one in done.outcomes}
    assert (rules["2884"].outcome, rules["2884"].reason) == (Outcome.NOT_RUN, "there is no table section_47")
    assert rules["8510"].outcome is not Outcome.NOT_RUN


def test_last_years_return_is_used_where_it_is_there_and_missed_where_it_is_not(tmp_path: Path) -> None:
    muster(
        "sample", tmp_path / "care", "--collection", "looked_after", "--children", "100", "--authorities", "2"
    )
    whole = muster("check", "--tables", tmp_path / "care", "--out", tmp_path / "with", "--json").json["rules"]
    for folder in (tmp_path / "care").glob("*_last"):
        shutil.rmtree(folder)
    part = muster("check", "--tables", tmp_path / "care", "--out", tmp_path / "without", "--json").json[
        "rules"
    ]
    missed = [one["rule"] for one in part if one["reason"] == "no previous return"]
    assert len(missed) > 20
    assert not [one for one in whole if one["rule"] in missed and one["outcome"] == "not run"]


def test_collection_and_year_are_taken_from_the_tables(in_need: Path, tmp_path: Path) -> None:
    assert collection_of_tables(in_need).name == "children_in_need"
    assert year_of_tables(IN_NEED, in_need) == 2025
    said = muster("check", "--tables", in_need, "--out", tmp_path / "out")
    assert said.first_line.endswith(f"findings of 158 rules: {in_need}, 2025")


def test_a_folder_that_is_no_table_is_named(in_need: Path, tmp_path: Path) -> None:
    shutil.copytree(in_need / "reviews", in_need / "rewiews")
    told = refused("check", "--tables", in_need, "--out", tmp_path / "out")
    assert "not those of one collection; say which with --collection" in told
    said = muster("check", "--tables", in_need, "--out", tmp_path / "out", "--collection", "children_in_need")
    assert "Not read: rewiews, which is no table of the Children in need census" in said.out


def test_returns_of_two_years_have_to_be_chosen_from(in_need: Path) -> None:
    change(in_need, "returns", 0, year="2024")
    with pytest.raises(MusterError, match="are of 2024, 2025; choose one with --year"):
        year_of_tables(IN_NEED, in_need)


def test_parts_under_other_local_settings_or_of_other_tables_are_not_mixed_in(
    in_need: Path, tmp_path: Path
) -> None:
    check_tables(IN_NEED, 2025, in_need, tmp_path / "out")
    with pytest.raises(MusterError, match=r"another run \(other local\)"):
        check_tables(IN_NEED, 2025, in_need, tmp_path / "out", means=Means(Local(suspended={"8510": "off"})))
    change(in_need, "children", 0, sex=None)
    with pytest.raises(MusterError, match=r"another run \(other files\)"):
        check_tables(IN_NEED, 2025, in_need, tmp_path / "out")


@pytest.mark.parametrize(
    ("memory", "said"),
    [("lots", "'lots' is no amount of memory"), ("1MB", "in 1MB of memory")],
)
def test_memory_that_is_no_amount_or_too_little_is_refused_in_words(
    in_need: Path, tmp_path: Path, memory: str, said: str
) -> None:
    assert said in refused("check", "--tables", in_need, "--out", tmp_path / "out", "--memory", memory)


def test_a_table_that_is_damaged_is_named(in_need: Path, tmp_path: Path) -> None:
    (in_need / "reviews" / "part-00000.parquet").write_bytes(b"PAR1 nothing else")
    told = refused("check", "--tables", in_need, "--out", tmp_path / "out")
    assert "the table reviews in" in told and "cannot be read" in told
