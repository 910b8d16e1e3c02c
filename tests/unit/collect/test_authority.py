"""An authority's set-up, and what is said of a fault in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from muster.collect import load_authority
from muster.model import MusterError

SETTINGS = """collection = "school_workforce"
year = 2025

[authority]
name = "Anyshire"
number = "999"

[[source]]
files = "mis/sims_*.csv"
kind = "mis"
mapping = "sims_personnel"

[[source]]
files = "payroll/*.csv"
kind = "payroll"
school = "999/2001"

[owners]
hours = ["mis", "payroll"]
"contracts.post" = ["mis"]
"""
SCHOOLS = """LA,Estab,URN,Name,Phase,Type,Academy,Federation,PayArea,Timetabled
999,2001,900001,Abbey Primary School,Primary,Community,no,,EW,no
999,4001,900002,"Borough High School, Anytown",Secondary,Academy,yes,Two Hills,IL,yes
"""


def folder(tmp_path: Path, settings: str = SETTINGS, schools: str = SCHOOLS) -> Path:
    (tmp_path / "muster.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "schools.csv").write_text(schools, encoding="utf-8")
    return tmp_path


def test_an_authority_is_read_with_its_schools_sources_and_owners(tmp_path: Path) -> None:
    found = load_authority(folder(tmp_path))
    assert (found.name, found.number, found.year) == ("Anyshire", "999", 2025)
    high = found.schools["999/4001"]
    assert (high.academy, high.timetabled, high.pay_area, high.federation) == (True, True, "IL", "Two Hills")
    assert [(source.files, source.school) for source in found.sources] == [
        ("mis/sims_*.csv", ""),
        ("payroll/*.csv", "999/2001"),
    ]
    assert found.owners_of("hours", "fte_hours") == ("mis", "payroll")
    assert found.owners_of("contracts", "post") == ("mis",)
    assert found.owners_of("contracts", "origin")[0] == "payroll"


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("kind = ", "kinds = ", "muster.toml:8: 'kinds' is not a known key; did you mean 'kind'?"),
        (
            '"payroll"\nschool',
            '"payrol"\nschool',
            "muster.toml:13: kind = 'payrol' is not a kind of source; did you",
        ),
        (
            "year = 2025",
            "year = 1999",
            "muster.toml:2: year = 1999 is not a collection year; write 2010 to 2025",
        ),
        (
            "school_workforce",
            "schol_workforce",
            "muster.toml:1: there is no collection 'schol_workforce'; did you",
        ),
        ("[owners]", "[owner]", "'owner' is not a known key; did you mean 'owners'?"),
        ("hours =", "ours =", "muster.toml:19: 'ours' is no table and no item; did you mean 'hours'?"),
        ('number = "999"', 'number = "99"', "muster.toml:4: number = '99' is not an authority number"),
        ('name = "Anyshire"', "", '[authority] needs name, in quotes: name = "..."'),
        (
            "999/2001",
            "999/2002",
            "muster.toml:13: school = '999/2002' is not in schools.csv; did you mean '999/2001'?",
        ),
        ("[[source]]", "[source]", "not valid TOML"),
        ('["mis"]', '["miss"]', "'miss' is not a kind of source; did you mean 'mis'?"),
    ],
)
def test_a_fault_in_the_settings_is_given_with_its_line(
    tmp_path: Path, right: str, wrong: str, says: str
) -> None:
    with pytest.raises(MusterError) as fault:
        load_authority(folder(tmp_path, SETTINGS.replace(right, wrong, 1)))
    assert says in str(fault.value)


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("Estab,", "Estabb,", "schools.csv:1: 'Estabb' is not a column; did you mean 'Estab'?"),
        ("2001,", "201,", "schools.csv:2: Estab = '201' is not an establishment number of four digits"),
        (
            "Secondary",
            "Secondry",
            "schools.csv:3: Phase = 'Secondry' is not known; did you mean 'Secondary'?",
        ),
        ("IL", "XX", "schools.csv:3: PayArea = 'XX' is not known; write one of EW, IL, OL, FR"),
        ("yes,Two", "maybe,Two", "schools.csv:3: Academy = 'maybe' is neither yes nor no"),
        ("4001", "2001", "schools.csv:3: the school 999/2001 is already on line 2"),
        ("Abbey Primary School", "", "schools.csv:2: the school 999/2001 has no name"),
        (",EW,no", ",EW", "schools.csv:2: the row has 9 cells, the heading has 10"),
    ],
)
def test_a_fault_in_the_schools_is_given_with_its_line(
    tmp_path: Path, right: str, wrong: str, says: str
) -> None:
    with pytest.raises(MusterError) as fault:
        load_authority(folder(tmp_path, schools=SCHOOLS.replace(right, wrong, 1)))
    assert says in str(fault.value)


def test_a_folder_without_settings_is_told_what_belongs_there(tmp_path: Path) -> None:
    with pytest.raises(MusterError, match=r"has no file muster\.toml.*'muster demo'"):
        load_authority(tmp_path)
