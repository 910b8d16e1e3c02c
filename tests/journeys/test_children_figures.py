"""Figures of plans computed from children's returns, followed to their records and computed again later."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import Said, muster, refused

YEAR = ("--year", "2025", "--authority", "999", "--collection", "looked_after")


@pytest.fixture(scope="module")
def in_need(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The children in need return of an invented authority."""
    folder = tmp_path_factory.mktemp("in_need")
    muster("sample", folder, "--collection", "children_in_need", "--children", "300", "--format", "xml", "--quiet",
           "--authorities", "1")  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def looked_after(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SSDA903 return of an invented authority, as a set of CSV files."""
    folder = tmp_path_factory.mktemp("looked_after")
    muster("sample", folder, "--collection", "looked_after", "--children", "200", "--format", "csv", "--quiet",
           "--authorities", "1")  # fmt: skip
    return folder / "this_year"


def figures(said: Said) -> dict[str, tuple[float, float | None]]:
    """The sums of each figure of all returns."""
    return {
        one["figure"]: (one["numerator"], one["denominator"])
        for one in said.json["figures"]
        if one["return"] == "all"
    }


def test_a_children_in_need_return_gives_the_figures_of_plans(in_need: Path) -> None:
    found = figures(muster("report", in_need, "--json"))
    assert set(found) == {
        "plans_after_another", "plans_ended_after_two_years", "plans_open_two_years", "plans_reviewed_in_time",
        "assessments_in_45_days", "conferences_in_15_days",
    }  # fmt: skip
    assert all(below and above <= below for above, below in found.values())


def test_a_return_of_looked_after_children_gives_the_figures_of_plans(looked_after: Path) -> None:
    found = figures(muster("report", looked_after, *YEAR, "--json"))
    assert len(found) == 10 and found["adopted_in_year"][1] is None
    assert found["three_placements"][1] == found["in_foster_or_for_adoption"][1]


def test_a_figure_is_followed_to_its_records(looked_after: Path) -> None:
    above, _ = figures(muster("report", looked_after, *YEAR, "--json"))["three_placements"]
    records = muster("report", looked_after, *YEAR, "--behind", "three_placements", "--json").json
    assert len(records) == above and all(one["record"].startswith("child 999C") for one in records)


def test_stored_figures_are_computed_again(looked_after: Path, tmp_path: Path) -> None:
    stored = tmp_path / "stored.json"
    stored.write_text(muster("report", looked_after, *YEAR, "--json").out, encoding="utf-8")
    again = muster("report", looked_after, *YEAR, "--verify", stored)
    assert again.code == 0 and again.first_line.endswith("0 differences")
    changed = tmp_path / "changed"
    changed.mkdir()
    for path in looked_after.iterdir():
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = lines[:-20] if path.name == "reviews.csv" else lines
        (changed / path.name).write_text("\n".join(kept) + "\n", encoding="utf-8")
    differs = muster("report", changed, *YEAR, "--verify", stored)
    assert differs.code == 1
    assert "part_in_reviews of 999 was" in differs.out and "the data of 999 are another file" in differs.out


def test_what_a_set_of_files_does_not_say_is_asked_for(looked_after: Path, tmp_path: Path) -> None:
    assert "give it with --year" in refused("report", looked_after, "--collection", "looked_after")
    assert "name the --collection" in refused("report", looked_after)
    (tmp_path / "other.json").write_text("[1, 2]", encoding="utf-8")
    assert "is not what 'muster report --json' wrote" in refused(
        "report", looked_after, *YEAR, "--verify", tmp_path / "other.json"
    )
