"""The demo authority as files: reproducible, in the layouts its mappings read, with mistakes at stated rates."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from muster.collect import files_of, gather, load_authority
from muster.model import Collection, Extract, MusterError
from muster.read import load_mappings, read_extracts, read_xml
from muster.sample import WrittenAuthority, write_authority
from muster.sample._mess import DEFECTS


@pytest.fixture(scope="module", params=[2013, 2025])
def anyshire(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> WrittenAuthority:
    folder = tmp_path_factory.mktemp(f"anyshire_{request.param}")
    return write_authority(folder / "in", year=request.param, schools=24, answers=folder / "answers.json")


def extracts_of(collection: Collection, written: WrittenAuthority, scratch: Path) -> list[Extract]:
    authority = load_authority(written.folder)
    inventory, mappings = gather([written.folder], unpack_to=scratch), load_mappings(collection)
    return [
        extract
        for setting in authority.sources
        for extract in read_extracts(
            collection,
            authority.year,
            sources=files_of(inventory, setting),
            mapping=mappings[setting.mapping],
            setting=setting,
            authority=authority,
        )
    ]


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("two", 1), ("three", 2)):
        write_authority(tmp_path / name, schools=8, seed=seed)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert digests(tmp_path / "one") != digests(tmp_path / "three")


def test_the_folder_says_of_itself_what_it_holds(anyshire: WrittenAuthority) -> None:
    authority = load_authority(anyshire.folder)
    assert (authority.name, authority.number, len(authority.schools)) == ("Anyshire", "999", 24)
    assert {setting.kind for setting in authority.sources} >= {"mis", "payroll"}
    assert len({setting.mapping for setting in authority.sources if setting.kind == "mis"}) == 3
    assert len({setting.mapping for setting in authority.sources if setting.kind == "payroll"}) == 3


def test_every_setting_finds_files_and_every_export_is_found(
    anyshire: WrittenAuthority, tmp_path: Path
) -> None:
    authority, inventory = load_authority(anyshire.folder), gather([anyshire.folder], unpack_to=tmp_path)
    found = [[file.name for file in files_of(inventory, setting)] for setting in authority.sources]
    assert all(found)
    named = [name for names in found for name in names]
    on_disk = [
        path for part in ("mis", "payroll", "by_hand") for path in (anyshire.folder / part).rglob("*.*")
    ]
    assert len(named) == len(set(named)) == len(on_disk)


def test_the_mappings_read_everything_back(
    anyshire: WrittenAuthority, collection: Collection, tmp_path: Path
) -> None:
    extracts = extracts_of(collection, anyshire, tmp_path)
    seen = json.loads((anyshire.folder.parent / "answers.json").read_text("utf-8"))["seen"]
    written = Counter((one["source"], one["school"]) for one in seen)
    read = Counter((extract.source, person.school) for extract in extracts for person in extract.people)
    assert {key: count for key, count in read.items() if key[0] != "keyed"} == dict(written)
    assert {notice.code for extract in extracts for notice in extract.notices} <= {"zeros_restored"}


def test_no_number_in_any_file_can_be_real(
    anyshire: WrittenAuthority, collection: Collection, tmp_path: Path
) -> None:
    for extract in extracts_of(collection, anyshire, tmp_path):
        for person in extract.people:
            ni_number = person.record.text("ni_number") or ""
            number = person.record.text("teacher_number") or ""
            assert not ni_number or re.match("PP|TN|N/?K$", ni_number)
            assert number in {"", "0000000"} or int(number[2:]) >= 80_000


def test_last_years_returns_are_official_files_of_last_year(
    anyshire: WrittenAuthority, collection: Collection
) -> None:
    year = load_authority(anyshire.folder).year
    files = sorted((anyshire.folder / "last_year").glob("*.xml"))
    assert len(files) == 25
    for file in files[:4]:
        return_ = read_xml(collection, next(iter(gather([file], unpack_to=file.parent).files)))
        assert return_.year == year - 1 and not return_.notices
        assert len(return_.tables["members"]) > 5


def test_the_answers_lie_outside_the_folder_and_nothing_in_it_tells(anyshire: WrittenAuthority) -> None:
    assert not any("answer" in path.name or "truth" in path.name for path in anyshire.folder.rglob("*"))
    answers = json.loads((anyshire.folder.parent / "answers.json").read_text("utf-8"))
    assert len(answers["planted"]) == len(anyshire.planted)
    assert len(answers["people"]) == anyshire.people


def test_mistakes_come_at_about_their_stated_rates(anyshire: WrittenAuthority) -> None:
    planted = Counter((one.defect, one.source) for one in anyshire.planted)
    for defect in DEFECTS:
        assert planted[defect.name, defect.source] <= 4 + 2 * defect.rate * anyshire.people
    assert len(anyshire.planted) < 0.5 * anyshire.people
    assert planted["former name", "payroll"] and planted["NI number missing", "mis"]


def test_a_year_the_catalogue_does_not_know_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(MusterError, match="no sample for 1999; choose a year from 2011 to 2025"):
        write_authority(tmp_path, year=1999)
