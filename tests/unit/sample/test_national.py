"""The national set: real schools, invented people, in the layout the engines read."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from muster.collect import gather
from muster.model import Collection, MusterError, UnreadableFile
from muster.read import read_xml
from muster.sample import NationalSettings, WrittenNation, write_national
from muster.sample._register import read_register, sized
from muster.validate import check

REGISTER = """urn,name,la_code_from_postcode,la_code_2019,estab_2019,school_type_2019
900001,Little Primary School,801,801,2001,State-funded primary
900002,Big School,,202,4001,State-funded secondary
900003,Nameless Nursery,803,,,
900004,Another Nursery,803,,,
900005,Quiet School,804,804,7001,State-funded special school
"""
WORKFORCE = """URN,School Phase,Total Number of Teachers (Headcount),Total Number of Teaching Assistants (Headcount),\
"Total Number of Non Classroom-based School Support Staff, Excluding Auxiliary Staff (Headcount)"
900001,Primary,24,18,30
900002,Secondary,"1,000",200,NA
"""


@pytest.fixture
def register(tmp_path: Path) -> Path:
    (tmp_path / "gias").mkdir()
    (tmp_path / "spt").mkdir()
    (tmp_path / "spt" / "england_swf.csv").write_text(WORKFORCE, "utf-8-sig")
    (tmp_path / "gias" / "register.csv").write_text(REGISTER, "utf-8")
    return tmp_path / "gias" / "register.csv"


def test_staff_numbers_come_from_the_published_file_where_it_has_them(register: Path) -> None:
    schools = read_register(register, register.parent.parent / "spt" / "england_swf.csv", 1)
    little = schools[0].head_count
    assert (little.teachers, little.assistants, little.support) == (24, 18, 30)
    assert schools[1].staff > 20
    assert [school.phase for school in schools] == ["Primary", "Secondary", "Nursery", "Nursery", "Special"]


def test_schools_without_a_published_number_get_one_that_no_school_uses(register: Path) -> None:
    refs = [school.ref for school in read_register(register, None, 1)]
    assert refs == ["801/2001", "202/4001", "803/9001", "803/9002", "804/7001"]


def test_inner_london_schools_are_paid_as_such(register: Path) -> None:
    assert [school.area for school in read_register(register, None, 1)] == ["EW", "IL", "EW", "EW", "EW"]


@pytest.mark.parametrize("staff", [200, 2_000])
def test_the_total_is_scaled_to_what_was_asked(register: Path, staff: int) -> None:
    assert sum(
        school.staff for school in sized(read_register(register, None, 1), staff=staff, count=None)
    ) == (pytest.approx(staff, rel=0.03))


def parquet(register: Path, out: Path, year: int = 2025) -> WrittenNation:
    return write_national(register, out, NationalSettings(year=year, staff=600))


@pytest.mark.parametrize("year", [2013, 2025])
def test_tables_are_folders_of_parquet_with_whole_keys_and_text_items(
    register: Path, tmp_path: Path, collection: Collection, year: int
) -> None:
    written = parquet(register, tmp_path / "out", year)
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(collection.tables)
    for name, table in collection.tables.items():
        schema = pq.read_schema(tmp_path / "out" / name / "part-00000.parquet")
        expected = [*collection.key_columns(name), *table.items, "line"]
        assert schema.names == expected
        types = {str(schema.field(key).type) for key in collection.key_columns(name)}
        assert types == {"int64"} and str(schema.field("line").type) == "int32"
        assert {str(schema.field(item).type) for item in table.items} == {"string"}
        assert pq.read_table(tmp_path / "out" / name).num_rows == written.rows[name]


def test_keys_are_unique_over_the_whole_set_and_children_know_their_parents(
    register: Path, tmp_path: Path
) -> None:
    parquet(register, tmp_path / "out")
    members = pq.read_table(tmp_path / "out" / "members").to_pydict()
    assert len(set(members["member_id"])) == len(members["member_id"])
    assert set(members["return_id"]) == {1, 2, 3, 4, 5}
    hours = pq.read_table(tmp_path / "out" / "hours").to_pydict()
    assert set(hours["member_id"]) <= set(members["member_id"])


def test_the_same_settings_give_the_same_rows(register: Path, tmp_path: Path) -> None:
    parquet(register, tmp_path / "one")
    parquet(register, tmp_path / "two")
    for table in ("members", "contracts", "absences"):
        assert pq.read_table(tmp_path / "one" / table).equals(pq.read_table(tmp_path / "two" / table))


def test_mistakes_are_counted_and_can_be_left_out(register: Path, tmp_path: Path) -> None:
    spoilt = write_national(register, tmp_path / "spoilt", NationalSettings(staff=3_000))
    clean = write_national(register, tmp_path / "clean", NationalSettings(staff=3_000, defects=False))
    assert 50 < sum(spoilt.planted.values()) < 300
    assert clean.planted == {}


def test_as_xml_there_is_one_official_file_for_each_school(
    register: Path, tmp_path: Path, collection: Collection
) -> None:
    settings = NationalSettings(year=2013, staff=100, schools=2, form="xml", defects=False)
    written = write_national(register, tmp_path / "out", settings)
    files = gather([tmp_path / "out"], unpack_to=tmp_path).files
    returns = [read_xml(collection, file) for file in files]
    assert {one.ref for one in returns} == {"801/2001", "803/9001"}
    assert sum(len(one.tables["members"]) for one in returns) == written.staff
    assert not any(one.notices for one in returns)


@pytest.mark.parametrize("year", [2013, 2025])
def test_without_planted_mistakes_the_rules_find_nothing(
    register: Path, tmp_path: Path, collection: Collection, year: int
) -> None:
    write_national(
        register, tmp_path / "out", NationalSettings(year=year, staff=900, form="xml", defects=False)
    )
    returns = [read_xml(collection, file) for file in gather([tmp_path / "out"], unpack_to=tmp_path).files]
    assert {finding.code: finding.message for finding in check(collection, year, returns).findings} == {}


def test_progress_is_told_up_to_the_last_school(register: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write_national(
        register,
        tmp_path / "out",
        NationalSettings(staff=50),
        progress=lambda done, of: told.append((done, of)),
    )
    assert told[0] == (0, 5) and told[-1] == (5, 5)


def test_a_register_without_a_needed_column_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text("urn,name\n1,School\n", "utf-8")
    with pytest.raises(MusterError, match="no column 'la_code_from_postcode'"):
        write_national(path, tmp_path / "out")


def test_a_register_that_is_not_there_is_said_to_be_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"nowhere\.csv cannot be read"):
        write_national(tmp_path / "nowhere.csv", tmp_path / "out")


def test_the_real_register_gives_22010_schools_of_every_phase(shared_data: Path) -> None:
    register = shared_data / "data" / "gias" / "derived_england_open_schools_joined.csv"
    schools = read_register(register, shared_data / "data" / "spt" / "england_swf.csv", 1)
    assert len(schools) == 22_010 == len({school.ref for school in schools})
    assert {school.phase for school in schools} == {
        "Nursery",
        "Primary",
        "Secondary",
        "All-through",
        "Special",
        "PRU",
    }
