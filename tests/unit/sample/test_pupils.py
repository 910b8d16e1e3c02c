"""Invented school censuses follow every rule of every term and phase, and their mistakes are found."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.xml_returns import received

from muster.model import MusterError, Return
from muster.read import read_xml
from muster.sample import CensusSettings, write_census
from muster.sample._census_school import CensusSchool
from muster.sample._census_shape import PHASES, CensusShape
from muster.sample._child_defects import Spoiler
from muster.sample._pupil import Admissions
from muster.sample.pupils import census_shape, school_return
from muster.validate import check

COMPLETE = [
    ("autumn", 2013), ("spring", 2014), ("summer", 2014), ("autumn", 2025), ("spring", 2026), ("summer", 2026),
]  # fmt: skip
BETWEEN = [("autumn", 2017), ("spring", 2020), ("summer", 2022)]


def every_phase(shape: CensusShape, spoiler: Spoiler | None = None) -> list[Return]:
    admissions = Admissions(shape, "999", 5)
    phases = [phase for phase in PHASES if phase in shape.codes("phase")]
    schools = [
        CensusSchool(f"999/{2001 + n}", f"School {n}", p, PHASES[p][0], 0.5) for n, p in enumerate(phases)
    ]
    return [school_return(shape, one, admissions, spoiler=spoiler) for one in schools]


@pytest.mark.parametrize(("term", "year"), [*COMPLETE, *BETWEEN])
def test_a_census_without_mistakes_has_no_findings(term: str, year: int) -> None:
    shape = census_shape(CensusSettings(term=term, year=year))
    returns = every_phase(shape)
    result = check(shape.collection, year, returns)
    assert [(f.code, f.ref, f.message) for f in result.findings] == []
    collected = {name for name in shape.collection.tables if shape.collects(name)}
    assert collected - {"learner_fam"} == {
        name for one in returns for name, rows in one.tables.items() if len(rows)
    }


def test_mistakes_are_found() -> None:
    shape, spoiler = census_shape(CensusSettings()), Spoiler("school_census")
    result = check(shape.collection, 2026, every_phase(shape, spoiler))
    assert sum(spoiler.planted.values()) > 5
    assert len(result.findings) >= sum(spoiler.planted.values())


def test_the_censuses_of_one_school_year_are_of_the_same_pupils() -> None:
    upns = []
    for term, year in (("autumn", 2025), ("spring", 2026)):
        tables = every_phase(census_shape(CensusSettings(term=term, year=year)))[1].tables["pupils"].text
        on_roll = zip(tables["upn"], tables["surname"], tables["on_roll"], strict=True)
        upns.append([(upn, name) for upn, name, here in on_roll if here == "true"])
    assert upns[0] == upns[1]


def test_a_return_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    from muster.exchange import file_name, xml_text

    shape = census_shape(CensusSettings(term="autumn", year=2025))
    one = every_phase(shape)[4]
    assert file_name(shape.collection, one) == "9992005_SC3_999LL25_001.xml"
    again = read_xml(shape.collection, received(tmp_path, xml_text(shape.collection, one)))
    assert {t: rows.text for t, rows in again.tables.items()} == {
        t: rows.text for t, rows in one.tables.items()
    }


def test_the_same_settings_write_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_census(tmp_path / name, CensusSettings(schools=6))
    first = {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()}
    assert first == {path.name: path.read_bytes() for path in (tmp_path / "b").iterdir()}
    assert len(first) == 7


def test_a_year_without_a_census_is_refused() -> None:
    with pytest.raises(MusterError, match="choose a year from 2013"):
        census_shape(CensusSettings(year=1999))
