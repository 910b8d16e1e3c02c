"""Invented preferences returns: they follow every rule, nobody can be in them, the same seed gives the same bytes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.xml_returns import received

from muster.catalogue import load_collection
from muster.collect import read_schools
from muster.model import MusterError, Outcome, Return
from muster.read import read_xml
from muster.read.register import with_register
from muster.sample import PreferencesSettings, write_preferences
from muster.validate import check

PREFERENCES = load_collection("school_preferences")


def written(folder: Path, **settings: object) -> dict[str, Return]:
    made = write_preferences(folder, PreferencesSettings(children=300, **settings))  # type: ignore[arg-type]
    register = {ref: one.name for ref, one in read_schools(folder / "schools.csv").items()}
    returns = {}
    for phase, path in made.files.items():
        returns[phase] = read_xml(PREFERENCES, received(folder, path.read_bytes(), path.name))
        with_register(PREFERENCES, returns[phase], register)
    return returns


@pytest.mark.parametrize("year", [2014, 2020, 2025])
def test_without_planted_mistakes_no_rule_of_any_year_is_broken(year: int, tmp_path: Path) -> None:
    for one in written(tmp_path, year=year, defects=False).values():
        result = check(PREFERENCES, year, [one])
        assert {f.code for f in result.findings if f.severity == "error"} == set()
        assert {f.code for f in result.findings} <= {"no_offer"}  # a child without an offer is asked about
        assert not [o for o in result.outcomes if o.outcome is Outcome.BROKE]


def test_planted_mistakes_are_found(tmp_path: Path) -> None:
    made = write_preferences(tmp_path, PreferencesSettings(children=3_000))
    found = {
        finding.code
        for path in made.files.values()
        for finding in check(
            PREFERENCES, 2014, [read_xml(PREFERENCES, received(tmp_path, path.read_bytes(), path.name))]
        ).findings
    }
    assert len(made.planted) >= 6
    assert {
        "applicants.surname.missing",
        "home_authority_elsewhere",
        "offer_rank_wrong",
        "upn_check_letter_wrong",
    } <= found


def test_the_same_seed_gives_the_same_bytes_and_another_gives_others(tmp_path: Path) -> None:
    def bytes_of(name: str, seed: int) -> bytes:
        made = write_preferences(tmp_path / name, PreferencesSettings(children=50, seed=seed))
        return made.files["primary"].read_bytes()

    assert bytes_of("a", 1) == bytes_of("b", 1) != bytes_of("c", 2)


def test_nobody_in_it_can_exist(tmp_path: Path) -> None:
    secondary = written(tmp_path)["secondary"].tables["applicants"].text
    upns = [upn for upn in secondary["upn"] if upn]
    assert upns and all(re.fullmatch("[A-Z]8209[0-9]{8}", upn) for upn in upns)
    assert all(code.startswith("ZZ9") for code in secondary["postcode"] if code)


def test_a_year_the_catalogue_does_not_know_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MusterError, match="no sample for 2013"):
        write_preferences(tmp_path, PreferencesSettings(year=2013))
