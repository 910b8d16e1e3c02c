"""The commands that turn one file into another: convert, diff, template, sample, demo."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.command import muster, refused
from tests.xml_returns import contract, details, elements, with_members

ANN = details(PersonFamilyName="Smith", NINumber="AB111111A", Sex="F") + contract(
    elements(ContractType="PRM", Post="TAS")
)


@pytest.fixture
def xml(tmp_path: Path) -> Path:
    """A return of one person."""
    path = tmp_path / "ann.xml"
    path.write_text(with_members(ANN, year="2025"), encoding="utf-8")
    return path


# -- what a school's system exports ------------------------------------------------------------------


@pytest.fixture
def pupils(tmp_path: Path) -> Path:
    path = tmp_path / "pupils.csv"
    path.write_text(
        "Admission Number,UPN,Legal Surname,Legal Forename,Date of Birth,Gender\n"
        "7,H820200115001,Smith,Ann,29/12/2017,Girl\n8,T820200115002,Jones,Bo,01/02/2018,\n",
        encoding="utf-8",
    )
    return path


SPRING = ("--collection", "school_census_spring", "--year", "2026", "--school", "999/2001")


def test_a_list_of_pupils_is_checked_and_becomes_the_official_file(pupils: Path, tmp_path: Path) -> None:
    checked = muster("check", pupils, *SPRING, "--json")
    found = [(f["code"], f["line"]) for f in checked.json["findings"] if f["code"] == "1610"]
    assert (checked.code, found) == (1, [("1610", 3)])
    there = muster("convert", pupils, tmp_path / "sent", *SPRING)
    written = tmp_path / "sent" / "9992001_SC1_999LL26_001.xml"
    assert f"Wrote {written}: return of 999/2001, 2026, 2 pupils" in there.out
    assert "1610" in muster("check", written).out


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((), "name it, such as --collection school_census_spring --year 2026"),
        (("--collection", "school_census_spring"), "name it with --year (2013 to 2026)"),
        (("--collection", "school_census", "--year", "2026"), "choose --collection school_census_spring"),
        (("--collection", "school_workforce", "--year", "2025"), "use 'muster build'"),
        ((*SPRING, "--mapping", "sims_pupil"), "did you mean 'sims_pupils'"),
        ((*SPRING, "--notes"), "write it with 'muster convert' and check that"),
    ],
)
def test_a_list_that_says_too_little_is_refused(options: tuple[str, ...], says: str, pupils: Path) -> None:
    assert says in refused("check", pupils, *options)


# -- convert -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tables", ["tables.xlsx", "tables"])
def test_a_return_becomes_tables_and_tables_the_same_return(tables: str, xml: Path, tmp_path: Path) -> None:
    there = muster("convert", xml, tmp_path / tables, "--json")
    assert there.code == 0 and there.json["return"] == "919/4001"
    back = muster("convert", tmp_path / tables, tmp_path / "back.xml")
    assert back.code == 0 and back.first_line.endswith("back.xml: return of 919/4001, 2025, 1 staff member")
    assert (
        muster("diff", xml, tmp_path / "back.xml").first_line == "No differences: 919/4001, 2025 against 2025"
    )


def test_tables_go_into_a_folder_under_the_name_the_census_gives(xml: Path, tmp_path: Path) -> None:
    muster("convert", xml, tmp_path / "tables")
    (tmp_path / "sent").mkdir()
    muster("convert", tmp_path / "tables", tmp_path / "sent")
    assert [path.name for path in (tmp_path / "sent").iterdir()] == ["9194001_SWF_919LL25_001.xml"]


@pytest.mark.parametrize(
    ("target", "says"), [("out.docx", ".xlsx file or a folder"), ("out.xml", ".xlsx file")]
)
def test_a_target_of_another_form_is_refused(target: str, says: str, xml: Path, tmp_path: Path) -> None:
    told = refused("convert", xml, tmp_path / target)
    assert says in told and target in told and not (tmp_path / target).exists()


def test_what_cannot_be_converted_is_refused(xml: Path, tmp_path: Path) -> None:
    assert "There is no file or folder" in refused("convert", tmp_path / "none.xml", tmp_path / "t.xlsx")
    assert "There is no file or folder" in refused("convert", tmp_path / "none.xlsx", tmp_path / "t.xml")
    (tmp_path / "staff").mkdir()
    (tmp_path / "staff" / "stafff.csv").write_text("a\n1\n", encoding="utf-8")
    assert "'stafff' is not a table" in refused("convert", tmp_path / "staff", tmp_path / "t.xml")
    xml.write_text("Dear colleague", encoding="utf-8")
    assert refused("convert", xml, tmp_path / "t.xlsx").startswith("ann.xml, line 1")


# -- diff --------------------------------------------------------------------------------------------


def test_a_changed_value_is_shown_with_both_values_and_exit_code_1(xml: Path, tmp_path: Path) -> None:
    after = tmp_path / "after.xml"
    after.write_text(xml.read_text(encoding="utf-8").replace("<Sex>F<", "<Sex>M<"), encoding="utf-8")
    said = muster("diff", xml, after)
    assert (said.code, said.first_line) == (1, "1 record changed: 919/4001, 2025 against 2025")
    assert "F -> M" in said.out
    assert muster("diff", xml, after, "--quiet").out.count("\n") == 1
    (one,) = muster("diff", xml, after, "--json").json
    assert (one["kind"], one["table"]) == ("changed", "members")


def test_returns_of_two_schools_and_folders_of_several_are_not_compared(xml: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xml"
    other.write_text(xml.read_text(encoding="utf-8").replace(">4001<", ">4002<"), encoding="utf-8")
    assert "ann.xml is the return of 919/4001, other.xml of 919/4002" in refused("diff", xml, other)
    assert "holds 2 XML files; name the one you mean" in refused("diff", tmp_path, xml)
    (tmp_path / "empty").mkdir()
    assert "holds 0 XML files" in refused("diff", xml, tmp_path / "empty")


# -- template, sample, demo --------------------------------------------------------------------------


def test_a_template_has_a_sheet_for_every_table_and_is_read_by_a_build(tmp_path: Path) -> None:
    said = muster("template", tmp_path / "t.xlsx", "--year", "2013", "--json")
    assert said.code == 0 and said.json["year"] == 2013
    assert len(CalamineWorkbook.from_path(tmp_path / "t.xlsx").sheet_names) >= 10
    assert "choose a year from 2010 to 2025" in refused("template", tmp_path / "t.xlsx", "--year", "1999")


def test_a_sample_is_written_once_into_a_new_folder_and_can_be_built(tmp_path: Path) -> None:
    said = muster("sample", tmp_path / "new", "--schools", "6", "--json")
    assert said.code == 0 and said.json["people"] > 100
    assert (tmp_path / "new" / "muster.toml").exists()
    assert "is not empty" in refused("sample", tmp_path / "new")
    assert "choose a year from 2011 to 2025" in refused("sample", tmp_path / "other", "--year", "1999")


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        muster("sample", tmp_path / name, "--schools", "6", "--seed", "7", "--quiet")
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "one", tmp_path / "two")
    )
    assert first == second


def test_a_demo_leaves_a_folder_that_holds_anything_else_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert "is not empty and holds no demo; name another folder" in refused("demo", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_demo_of_a_year_that_is_not_known_writes_nothing(tmp_path: Path) -> None:
    assert "2010 to 2025, not for 1999" in refused("demo", tmp_path / "demo", "--year", "1999")
    assert not (tmp_path / "demo").exists()
