"""Whole returns, and every finding they must bring: the same on both engines and from the command.

They lie in the catalogue beside the rules, as samples/<census>/return.xml (a transfer file under the name it was sent
with) and findings.csv.  Those of staff and of attendance measures were made by hand; those of pupils and of applicants
are invented by ``muster sample``, and one thing after another was put wrong in them.  After a rule was changed on
purpose, write the findings anew and read what changed before committing it:

    MUSTER_WRITE_GOLDEN=1 .venv/bin/python -m pytest tests/golden
"""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import Any

import pytest
from tests.command import muster
from tests.engine_names import QUICK_ENGINES
from tests.xml_returns import received

from muster.catalogue import CATALOGUE, load_collection
from muster.engines import start_engine
from muster.exchange import xml_text
from muster.model import Collection, Return, SourceFile
from muster.read import read_xml
from muster.validate import check

# By folder in the catalogue: the collection and the year of each return.
SAMPLES: dict[str, tuple[str, int]] = {
    "school_workforce/samples/2013": ("school_workforce", 2013),
    "school_workforce/samples/2025": ("school_workforce", 2025),
    "school_census/samples/2013_autumn": ("school_census_autumn", 2013),
    "school_census/samples/2014_spring": ("school_census_spring", 2014),
    "school_census/samples/2014_summer": ("school_census_summer", 2014),
    "school_census/samples/2025_autumn": ("school_census_autumn", 2025),
    "school_census/samples/2026_spring": ("school_census_spring", 2026),
    "school_census/samples/2026_summer": ("school_census_summer", 2026),
    "school_preferences/samples/2014_primary": ("school_preferences_primary", 2014),
    "school_preferences/samples/2014_secondary": ("school_preferences_secondary", 2014),
    "school_preferences/samples/2025_primary": ("school_preferences_primary", 2025),
    "school_preferences/samples/2025_secondary": ("school_preferences_secondary", 2025),
    "attendance_measures/samples/2013": ("attendance_measures", 2013),
    "attendance_measures/samples/2022": ("attendance_measures", 2022),
    "common_transfer_file/samples/2013": ("common_transfer_file", 2013),
    "common_transfer_file/samples/2025": ("common_transfer_file", 2025),
}
BY_HAND = tuple(name for name in SAMPLES if name.startswith("school_workforce"))
COLUMNS = ("line", "code", "severity", "record", "values")
WRITE = "MUSTER_WRITE_GOLDEN=1 .venv/bin/python -m pytest tests/golden"

Row = tuple[str, ...]


def file_of(name: str) -> Path:
    """The one file in a folder."""
    (path,) = (CATALOGUE / name).glob("*.xml")
    return path


def sample(name: str) -> tuple[Collection, Return]:
    """The return in a folder, and the collection it is of."""
    path, collection = file_of(name), load_collection(SAMPLES[name][0])
    return collection, read_xml(collection, SourceFile(path, path.name, "", path.stat().st_size))


def row(line: object, code: str, severity: str, record: str, values: Any) -> Row:
    """A finding as findings.csv holds it; the values are sorted by item."""
    shown = "; ".join(f"{item}={'' if value is None else value}" for item, value in sorted(values.items()))
    return str(line or ""), code, severity, record, shown


def expected(name: str) -> list[Row]:
    """The findings that a return must bring."""
    with (CATALOGUE / name / "findings.csv").open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    assert tuple(heading) == COLUMNS
    return [tuple(one) for one in rows]


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("engine", QUICK_ENGINES)
def test_a_return_brings_exactly_the_findings_beside_it(engine: str, name: str) -> None:
    collection, one = sample(name)
    year = SAMPLES[name][1]
    result = check(collection, year, [one], engine=start_engine(engine, collection, year))
    found = [row(f.line, f.code, f.severity, f.record, f.values) for f in result.findings]
    found.sort(key=lambda f: (int(f[0] or 0), f))
    if os.environ.get("MUSTER_WRITE_GOLDEN"):
        write(name, found)
    missing = [one for one in expected(name) if one not in found]
    new = [one for one in found if one not in expected(name)]
    assert (missing, new) == ([], []), f"If this is meant: {WRITE}"
    assert len(found) == len(expected(name))


def write(name: str, found: list[Row]) -> None:
    """Write the findings of now."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *found])
    Path(CATALOGUE / name / "findings.csv").write_text(text.getvalue(), encoding="utf-8")


@pytest.mark.parametrize("name", SAMPLES)
def test_the_command_says_the_same(name: str) -> None:
    said = muster("check", file_of(name), "--json")
    found = [
        row(f["line"], f["code"], f["severity"], f["record"], f["values"]) for f in said.json["findings"]
    ]
    assert sorted(found) == sorted(expected(name))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_return_written_again_says_the_same(name: str, tmp_path: Path) -> None:
    collection, one = sample(name)
    again = read_xml(collection, received(tmp_path, xml_text(collection, one), file_of(name).name))
    assert {t: rows.text for t, rows in again.tables.items()} == {
        t: rows.text for t, rows in one.tables.items()
    }


@pytest.mark.parametrize("name", BY_HAND)
def test_every_table_of_the_year_is_filled(name: str) -> None:
    collection, one = sample(name)
    collected = {table for table, about in collection.tables.items() if one.year in about.years}
    assert not [table for table in collected if not len(one.tables[table])]


@pytest.mark.parametrize("name", BY_HAND)
def test_nothing_is_found_on_those_with_whom_nothing_is_wrong(name: str) -> None:
    assert not [one for one in expected(name) if "Allright" in one[3] or "Guest" in one[3]]
