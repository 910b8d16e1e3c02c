"""Telling which supplier a file is from, and guessing a mapping for one nobody knows."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.table_files import ANYSHIRE, csv_source, only, texts

from muster.model import Collection, UnreadableFile
from muster.model.authority import SourceSetting
from muster.read import (
    draft_mapping,
    known_headings,
    load_mappings,
    read_extract,
    read_mapping,
    read_sheets,
    recognise,
)

UNKNOWN = """
Staff number | Site     | Last name | Forenames | Born       | NI No.      | Gender | Job   | Contract start | Std hrs p/w | Hours per week | Pay (base) | Ethnicity | Remarks
A1           | 999/2001 | Smith     | Ann       | 31/12/1980 | QQ123456C   | Female | Head  | 01/09/2015     | 37          | 3250           | £45,421    | WBRI      | see file
A2           | 999/2001 | Jones     | Bo        | 01/02/1990 | QQ 65 43 21 A | Male | Sweeper | 01/09/2016   | 37          | 1600           | £20,000    | Black Caribbean |
"""  # noqa: E501


SUPPLIERS = ["nfi_payroll", "sims_personnel", "arbor_contracts", "bromcom_contracts", "itrent_payroll"]


@pytest.mark.parametrize("name", [*SUPPLIERS, "own_provider_payroll", "dfe_template", "muster_template"])
def test_a_file_with_every_heading_of_a_mapping_is_recognised(
    collection: Collection, tmp_path: Path, name: str
) -> None:
    mappings = load_mappings(collection)
    layout = mappings[name].layouts[2 if name.endswith("template") else 0]
    headings = [*layout.identifying, *layout.school, *(column.heading for column in layout.columns)]
    source = csv_source(
        tmp_path / "export.csv", ",".join(f'"{heading}"' for heading in dict.fromkeys(headings)) + "\n"
    )
    found = recognise(read_sheets(source, known_headings(mappings)), mappings)
    assert found.mapping.name == name and found.score > 0.9 and "export.csv has" in found.reasons[0]


def test_a_file_nobody_knows_is_refused_with_its_headings(collection: Collection, tmp_path: Path) -> None:
    mappings = load_mappings(collection)
    source = csv_source(tmp_path / "export.csv", "Colour,Sise,Surnam\nred,1,x\n")
    with pytest.raises(UnreadableFile, match=r"'Colour', 'Sise', 'Surnam'.*draft one"):
        recognise(read_sheets(source, known_headings(mappings)), mappings)


def test_two_mappings_that_fit_alike_are_a_persons_choice(collection: Collection, tmp_path: Path) -> None:
    ours = load_mappings(collection)["itrent_payroll"]
    headings = [*ours.layouts[0].identifying, *(column.heading for column in ours.layouts[0].columns)]
    source = csv_source(tmp_path / "export.csv", ",".join(headings) + "\n")
    with pytest.raises(UnreadableFile, match="could be read by the mapping"):
        recognise(read_sheets(source), {"a": ours, "b": ours})


@pytest.fixture
def draft(collection: Collection, tmp_path: Path) -> str:
    return draft_mapping(
        read_sheets(csv_source(tmp_path / "unknown.csv", UNKNOWN)), collection, name="county"
    )


def test_a_draft_guesses_from_headings_and_values(draft: str) -> None:
    for line in (
        '"Last name" = "members.family_name"',
        '"Gender" = "members.sex"',
        '"Contract start" = "contracts.contract_start"',
        '"Hours per week" = { item = "hours.hours_per_week", unit = "hundredths" }',
        '"Ethnicity" = "members.ethnicity"',
        '"NI No." = "members.ni_number"',
        '# "Remarks" = "table.item"   # not guessed',
        '"Head" = "HDT"',
        '# "Sweeper" = ""',
    ):
        assert line in draft, draft


def test_a_draft_shows_no_name_number_or_birth_date(draft: str) -> None:
    assert not any(text in draft for text in ("Smith", "QQ123456C", "31/12/1980", "see file"))
    assert "Aaaaa" in draft and "AA999999A" in draft and "£45,421" not in draft.replace("£45,421   ", "")


def test_a_draft_is_a_mapping_that_reads_the_file(collection: Collection, tmp_path: Path, draft: str) -> None:
    (tmp_path / "county.toml").write_text(draft, encoding="utf-8")
    mapping = read_mapping(collection, tmp_path / "county.toml")
    extract = read_extract(
        collection,
        2025,
        source=csv_source(tmp_path / "unknown.csv", UNKNOWN),
        mapping=mapping,
        setting=SourceSetting("*", "mis"),
        authority=ANYSHIRE,
    )
    first, second = extract.people
    assert texts(only(first.record, "hours"))["hours_per_week"] == "32.50"
    assert (second.record.text("ethnicity"), second.record.text("sex")) == ("BCRB", "M")
