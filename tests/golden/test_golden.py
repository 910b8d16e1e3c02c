"""Whole returns made by hand, and every finding they must bring: the same on both engines and from the command.

They lie in the catalogue beside the rules, as samples/<year>/return.xml and findings.csv.  After a rule was
changed on purpose, write the findings anew and read what changed before committing it:

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

from muster.catalogue import CATALOGUE
from muster.engines import start_engine
from muster.model import Collection, Return, SourceFile
from muster.read import read_xml
from muster.validate import check

SAMPLES = CATALOGUE / "school_workforce" / "samples"
YEARS = (2013, 2025)
COLUMNS = ("line", "code", "severity", "record", "values")
WRITE = "MUSTER_WRITE_GOLDEN=1 .venv/bin/python -m pytest tests/golden"

Row = tuple[str, ...]


def sample(collection: Collection, year: int) -> Return:
    """The hand-made return of a year."""
    path = SAMPLES / str(year) / "return.xml"
    return read_xml(collection, SourceFile(path, path.name, "", path.stat().st_size))


def row(line: object, code: str, severity: str, record: str, values: Any) -> Row:
    """A finding as findings.csv holds it; the values are sorted by item."""
    shown = "; ".join(f"{item}={'' if value is None else value}" for item, value in sorted(values.items()))
    return str(line or ""), code, severity, record, shown


def expected(year: int) -> list[Row]:
    """The findings that a return must bring."""
    with (SAMPLES / str(year) / "findings.csv").open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    assert tuple(heading) == COLUMNS
    return [tuple(one) for one in rows]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("engine", QUICK_ENGINES)
def test_a_return_brings_exactly_the_findings_beside_it(
    engine: str, year: int, collection: Collection
) -> None:
    one = sample(collection, year)
    result = check(collection, year, [one], engine=start_engine(engine, collection, year))
    found = [row(f.line, f.code, f.severity, f.record, f.values) for f in result.findings]
    found.sort(key=lambda f: (int(f[0] or 0), f))
    if os.environ.get("MUSTER_WRITE_GOLDEN"):
        write(year, found)
    missing = [one for one in expected(year) if one not in found]
    new = [one for one in found if one not in expected(year)]
    assert (missing, new) == ([], []), f"If this is meant: {WRITE}"
    assert len(found) == len(expected(year))


def write(year: int, found: list[Row]) -> None:
    """Write the findings of now."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *found])
    Path(SAMPLES / str(year) / "findings.csv").write_text(text.getvalue(), encoding="utf-8")


@pytest.mark.parametrize("year", YEARS)
def test_the_command_says_the_same(year: int) -> None:
    said = muster("check", SAMPLES / str(year) / "return.xml", "--json")
    found = [
        row(f["line"], f["code"], f["severity"], f["record"], f["values"]) for f in said.json["findings"]
    ]
    assert sorted(found) == sorted(expected(year))


@pytest.mark.parametrize("year", YEARS)
def test_every_table_of_the_year_is_filled(year: int, collection: Collection) -> None:
    one = sample(collection, year)
    collected = {name for name, table in collection.tables.items() if year in table.years}
    assert not [name for name in collected if not len(one.tables[name])]


@pytest.mark.parametrize("year", YEARS)
def test_nothing_is_found_on_those_with_whom_nothing_is_wrong(year: int) -> None:
    assert not [one for one in expected(year) if "Allright" in one[3] or "Guest" in one[3]]
