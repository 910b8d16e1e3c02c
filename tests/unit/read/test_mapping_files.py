"""Mapping files: those that come with Muster, an authority's own, and what is said of a faulty one."""

from __future__ import annotations

from pathlib import Path

import pytest

from muster.catalogue import CATALOGUE
from muster.model import CatalogueError, Collection, MusterError
from muster.read import load_mappings, read_mapping
from muster.read._template_mapping import template_mapping

SHIPPED = (
    "arbor_contracts", "bromcom_contracts", "dfe_template", "itrent_payroll", "muster_template", "nfi_payroll",
    "own_provider_payroll", "sims_personnel",
)  # fmt: skip
GOOD = """
name = "ours"
version = "1"
title = "Ours"
source = "payroll"
[sheets.staff]
row = "contracts"
person = "No"
[sheets.staff.columns]
"Surname" = "members.family_name"
"Hours" = { item = "hours.hours_per_week", unit = "hundredths" }
[codes.sex]
"Lady" = { "-2022" = "2", "2023-" = "F" }
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "ours.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_promised_mapping_is_shipped(collection: Collection) -> None:
    assert tuple(sorted(load_mappings(collection))) == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_every_word_of_a_shipped_mapping_means_a_code_in_force(collection: Collection, name: str) -> None:
    wrong = [
        (place, word, code)
        for place, words in load_mappings(collection)[name].codes.items()
        for word, versions in words.items()
        for years, code in versions
        if not any(
            code in collection.code_sets[place].in_force(year) for year in collection.years if year in years
        )
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "name", [name for name in SHIPPED if name not in ("muster_template", "dfe_template")]
)
def test_a_shipped_mapping_reads_no_item_twice_for_one_heading(collection: Collection, name: str) -> None:
    for layout in load_mappings(collection)[name].layouts:
        names = [folded for column in layout.columns for folded in column.names]
        assert len(names) == len(set(names)), layout.name


def test_the_template_mapping_is_the_one_made_from_the_schema(collection: Collection) -> None:
    path = CATALOGUE / collection.name / "mappings" / "muster_template.toml"
    assert path.read_text(encoding="utf-8") == template_mapping(collection)


def test_a_mapping_of_an_authority_takes_the_place_of_ours(collection: Collection, tmp_path: Path) -> None:
    written(tmp_path, GOOD.replace('"ours"', '"itrent_payroll"').replace('version = "1"', 'version = "7"'))
    assert load_mappings(collection, [tmp_path])["itrent_payroll"].label == "itrent_payroll 7"


def test_two_own_mappings_of_one_name_are_refused(collection: Collection, tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    (tmp_path / "theirs.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(MusterError, match=r"theirs\.toml and ours\.toml are both named 'ours'"):
        load_mappings(collection, [tmp_path])


def test_a_good_mapping_is_read_with_its_options_and_words(collection: Collection, tmp_path: Path) -> None:
    mapping = read_mapping(collection, written(tmp_path, GOOD))
    (layout,) = mapping.layouts
    assert [(column.heading, column.unit) for column in layout.columns] == [
        ("Surname", ""),
        ("Hours", "hundredths"),
    ]
    sex = collection.tables["members"].items["sex"]
    assert (mapping.words("members", sex, year=2013), mapping.words("members", sex, year=2025)) == (
        {"lady": "2"},
        {"lady": "F"},
    )


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('title = "Ours"', "", "ours.toml:1: a mapping needs a title"),
        ("version", "verion", "'verion' is not a known key; did you mean 'version'?"),
        (
            "[sheets.staff.columns]",
            "[sheets.staff.colums]",
            "'colums' is not a known key; did you mean 'columns'?",
        ),
        (
            '"contracts"',
            '"contract"',
            "ours.toml:7: row = 'contract' is not a table; did you mean 'contracts'?",
        ),
        (
            "family_name",
            "familyname",
            "ours.toml:10: 'Surname': the table members has no item 'familyname'; did you",
        ),
        ("members.family", "member.family", "'member' is not a table; did you mean 'members'?"),
        ("unit =", "units =", "'Hours': 'units' is not an option; did you mean 'unit'?"),
        ('"hundredths"', '"tenths"', "unit = 'tenths' is none of hundredths"),
        ("[codes.sex]", "[codes.sec]", "'sec' is no code set and no item; did you mean 'sex'?"),
        ('"-2022"', '"2022-2020"', "ours.toml:13: 'Lady': '2022-2020' ends before it starts"),
        ('"payroll"', '"payrol"', "source must be one of mis, payroll, keyed"),
        ("members.family_name", "vacancies.post", "a row of contracts cannot hold vacancy"),
        ('title = "Ours"', 'title = "Ours', "ours.toml:4: not valid TOML"),
        (
            '"Hours"',
            '"Name" = "members.family_name"\n"Hours"',
            "'Surname' and 'Name' both fill members.family_name",
        ),
    ],
)
def test_a_fault_is_given_with_its_line_and_the_nearest_right_name(
    collection: Collection, tmp_path: Path, right: str, wrong: str, says: str
) -> None:
    with pytest.raises(CatalogueError) as fault:
        read_mapping(collection, written(tmp_path, GOOD.replace(right, wrong, 1)))
    assert says in str(fault.value)
