"""The code sets hold what the reference holds, code by code and year by year, and nothing without a source.

The reference is two folders of CSV files beside the repository; a row of ``codesets_more`` corrects one of
``codesets``.  A year is compared only where the reference knows it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import tomli

from muster.catalogue import CATALOGUE
from muster.model import Code, Collection

CODES = CATALOGUE / "school_workforce" / "codes"

SET_OF_FILE = {
    "pay_range_scale": "pay_range",
    "sex_gender": "sex",
    "qualification_subject_pattern": "qualification_subject",
}
SET_OF_HEADING = {
    "SourceLevel": "source_level",
    "LASchoolLevel": "la_school_level",
    "DailyRate": "daily_rate",
    "NewlyQualifiedTeacher": "newly_qualified",
    "Vacancy tenure (older id D00088)": "tenure",
    "Destination (CBDS CS042; older id D00155)": "destination",
    "Person category (derived, not returned)": "person_category",
    "Spine point (element SpinePoint)": "spine_point",
}
# Rows of the reference that name no code: a remark on a whole list, a pattern, a version, a type.
NOT_CODES = {"", "(whole list)", "[A-X][1-9]dd", "JACS 2.0", "JACS 3.0", "true", "false"}
NOT_CODE_SETS = {"element_numbers", "stpcd_points"}

# Codes the reference does not list, and why they are held all the same.
ADDED = {
    ("additional_payment_type", "TL1"): "TLE replaced two codes in 2015; their spelling is own knowledge",
    ("additional_payment_type", "TL2"): "as TL1",
    ("leaving_reason", "NAPPCH"): "placeholder for rule 4587; no code of this set was found",
    ("leaving_reason", "NLTEDU"): "placeholder for rule 4589",
    ("leaving_reason", "LFTTCH"): "placeholder for rule 4589",
    ("person_category", "5"): "category seen for 2019, its number is ours",
    ("person_category", "6"): "category seen for 2023, its number is ours",
}
# The reference ends these in 2013 or 2014; its correction of rule 4510 keeps the item until about 2018.
KEPT_LONGER = {"regional_spine"}


@dataclass(frozen=True)
class Known:
    """What one row of the reference says of one code."""

    code_set: str
    code: str
    first: int | None
    last: int | None
    seen: bool


def read_reference(folder: Path) -> dict[tuple[str, str], list[Known]]:
    """Every code of the reference by set and code, corrections put in place of what they correct."""
    reference = by_code(folder / "codesets")
    return {**reference, **by_code(folder / "codesets_more")}


def by_code(folder: Path) -> dict[tuple[str, str], list[Known]]:
    found: dict[tuple[str, str], list[Known]] = {}
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in NOT_CODE_SETS:
            for known in read_rows(path):
                found.setdefault((known.code_set, known.code), []).append(known)
    return found


def read_rows(path: Path) -> Iterator[Known]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["code"] in NOT_CODES:
                continue
            name = SET_OF_HEADING.get(row["codeset"]) or SET_OF_FILE.get(path.stem, path.stem)
            for code in each_code(row["code"]):
                years = first_year(row["valid_from"]), first_year(row["valid_to"])
                yield Known(name, code, *years, seen=row["confidence"] == "seen")


def each_code(text: str) -> list[str]:
    """``M1-M6`` means six codes."""
    span = re.fullmatch(r"([A-Z]+)(\d+)-\1(\d+)", text)
    if not span:
        return [text]
    return [f"{span[1]}{number}" for number in range(int(span[2]), int(span[3]) + 1)]


def first_year(text: str) -> int | None:
    """The year of ``2010`` or ``2009 pilot``; None of ``2017 seen``, which says nothing of a start."""
    found = re.match(r"\d{4}", text)
    return int(found[0]) if found and not text.endswith("seen") else None


# rules_more.csv asks for a query, not an error, on these posts after 2013: query post_outside_its_years.
ASKED_ABOUT_BY_A_QUERY = {("post", code) for code in ("TCH", "AST", "EXL")}


@pytest.fixture(scope="module")
def reference(shared_data: Path) -> dict[tuple[str, str], list[Known]]:
    return read_reference(shared_data / "reference" / "workforce")


def held(collection: Collection, key: tuple[str, str]) -> list[Code]:
    return [code for code in collection.code_sets[key[0]].codes if code.code == key[1]]


def in_years(codes: list[Code], collection: Collection) -> set[int]:
    return {year for year in collection.years if any(year in code.years for code in codes)}


@pytest.mark.real_data
def test_every_code_of_the_reference_is_in_the_catalogue(
    reference: dict[tuple[str, str], list[Known]], collection: Collection
) -> None:
    assert [key for key in reference if not held(collection, key)] == []


@pytest.mark.real_data
def test_the_reference_was_read_and_not_skipped_over(reference: dict[tuple[str, str], list[Known]]) -> None:
    assert len(reference) > 400


@pytest.mark.real_data
def test_every_code_is_in_force_in_the_years_the_reference_gives(
    reference: dict[tuple[str, str], list[Known]], collection: Collection
) -> None:
    wrong = {}
    for key, rows in reference.items():
        if key[0] in KEPT_LONGER or key in ASKED_ABOUT_BY_A_QUERY:
            continue
        years = in_years(held(collection, key), collection)
        for year in collection.years:
            stands = any((k.first or 0) <= year <= (k.last or 9999) for k in rows)
            start_known = all(k.first for k in rows)
            if stands != (year in years) and start_known:
                wrong[key] = f"{year}: the reference says {stands}"
    assert wrong == {}


@pytest.mark.real_data
def test_what_was_not_seen_is_provisional(
    reference: dict[tuple[str, str], list[Known]], collection: Collection
) -> None:
    unseen = [key for key, rows in reference.items() if not any(known.seen for known in rows)]
    assert [key for key in unseen if not all(code.provisional for code in held(collection, key))] == []


@pytest.mark.real_data
def test_the_catalogue_holds_no_code_of_its_own_but_those_listed_with_a_reason(
    reference: dict[tuple[str, str], list[Known]], collection: Collection
) -> None:
    points = {("spine_point", point) for point in ("L", "UT")}
    own = {
        (name, code.code)
        for name, code_set in collection.code_sets.items()
        for code in code_set.codes
        if (name, code.code) not in reference and (name, code.code.rstrip("0123456789")) not in points
    }
    assert own == set(ADDED)


def test_a_code_of_our_own_is_provisional(collection: Collection) -> None:
    assert [key for key in ADDED if not all(code.provisional for code in held(collection, key))] == []


@pytest.mark.real_data
def test_every_point_with_a_value_is_a_spine_point(shared_data: Path, collection: Collection) -> None:
    path = shared_data / "reference" / "workforce" / "codesets" / "stpcd_points.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        points = {row["point"] for row in csv.DictReader(file)}
    in_2013 = set(collection.code_sets["spine_point"].in_force(2013))
    assert points <= in_2013
    assert {point for point in in_2013 - points if not point.startswith("AST")} == set()


@pytest.mark.parametrize("path", sorted(CODES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_source_is_described_and_every_description_is_used(path: Path) -> None:
    data = tomli.loads(path.read_text(encoding="utf-8"))
    rows = [line.split("|") for line in data["codes"].strip().splitlines()[1:]]
    assert {row[3].strip() for row in rows} == set(data.get("sources", {}))


def test_no_code_stands_twice_in_one_year(collection: Collection) -> None:
    for code_set in collection.code_sets.values():
        for year in collection.years:
            codes = [code.code for code in code_set.codes if year in code.years]
            assert len(codes) == len(set(codes)), (code_set.name, year)


def test_every_code_set_named_by_an_item_exists(collection: Collection) -> None:
    named = {
        item.codes for table in collection.tables.values() for item in table.items.values() if item.codes
    }
    assert named <= set(collection.code_sets)


@pytest.mark.parametrize(
    ("name", "code", "first", "last"),
    [
        ("post", "TCH", 2010, 2025),
        ("post", "TCM", 2014, 2025),
        ("post", "LDP", 2014, 2025),
        ("post", "SUP", 2010, 2018),
        ("post", "OSP", 2019, 2025),
        ("sex", "1", 2010, 2022),
        ("sex", "M", 2023, 2025),
        ("ethnicity", "WROM", 2015, 2025),
        ("qts_route", "SCD", 2014, 2025),
        ("additional_payment_type", "TLE", 2015, 2025),
        ("pay_range", "TE", 2010, 2025),
        ("pay_range", "AS", 2010, 2013),
        ("spine_point", "M6", 2010, 2013),
        ("spine_point", "L43", 2010, 2014),
        ("qualification_subject", "X000", 2010, 2016),
        ("qualification_subject", "Z201", 2019, 2025),
        ("qualification_subject", "Z215", 2023, 2025),
    ],
)
def test_a_code_that_came_or_went_is_in_force_from_its_first_year_to_its_last(
    collection: Collection, name: str, code: str, first: int, last: int
) -> None:
    assert in_years(held(collection, (name, code)), collection) == set(range(first, last + 1))
