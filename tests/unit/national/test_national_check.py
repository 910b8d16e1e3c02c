"""A national run over Parquet tables says the same as checking the same schools' files, and can go on."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from muster.checking import Expected, check_files
from muster.collect import gather
from muster.model import Collection, MusterError, Outcome
from muster.national import NationalResult, check_tables
from muster.sample import NationalSettings, write_national

REGISTER = """urn,name,town,postcode,open_date,la_code_from_postcode,la_code_2019,estab_2019,school_type_2019,nor_2019
900001,Abbey Primary School,Anytown,AA1 1AA,,919,919,2001,State-funded primary,210
900002,Beacon High School,Anytown,AA1 1AB,,919,919,4001,State-funded secondary,900
900003,Cedar Primary School,Elsewhere,AA1 1AC,,825,825,2002,State-funded primary,200
"""


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gias") / "register.csv"
    path.write_text(REGISTER, "utf-8")
    return path


@pytest.fixture(scope="module")
def tables(register: Path) -> Path:
    folder = register.parent / "tables"
    write_national(register, folder, NationalSettings(staff=400))
    return folder


def counts(result: NationalResult) -> Counter[str]:
    return Counter({one.rule_id: one.findings for one in result.outcomes if one.findings})


def test_a_national_run_agrees_with_checking_the_files(
    register: Path, tables: Path, collection: Collection, tmp_path: Path
) -> None:
    write_national(register, tmp_path / "xml", NationalSettings(staff=400, form="xml"))
    files = gather([tmp_path / "xml"], unpack_to=tmp_path / "unpacked").files
    checked = Counter(
        f.rule_id for f in check_files(collection, files, expected=Expected(year=2025)).result.findings
    )
    national = check_tables(collection, 2025, tables, tmp_path / "out")
    assert checked, "the sample plants mistakes"
    assert counts(national) == checked
    assert not [one for one in national.outcomes if one.outcome is Outcome.BROKE]


def test_a_run_that_was_stopped_goes_on_with_the_parts_that_are_there(
    tables: Path, collection: Collection, tmp_path: Path
) -> None:
    whole = check_tables(collection, 2025, tables, tmp_path)
    for part in sorted((tmp_path / "parts").glob("*.json"))[::2]:
        part.unlink()
    again = check_tables(collection, 2025, tables, tmp_path)
    assert counts(again) == counts(whole)
    assert 0 < again.kept < again.parts
    assert not (tmp_path / "work").exists()


def test_parts_of_another_year_are_not_mixed_in(tables: Path, collection: Collection, tmp_path: Path) -> None:
    check_tables(collection, 2025, tables, tmp_path)
    with pytest.raises(MusterError, match="findings of another run"):
        check_tables(collection, 2024, tables, tmp_path)


def test_a_folder_without_tables_is_refused(collection: Collection, tmp_path: Path) -> None:
    with pytest.raises(MusterError, match="holds no tables"):
        check_tables(collection, 2025, tmp_path / "nothing", tmp_path / "out")
