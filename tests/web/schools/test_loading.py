"""Published files fill the files of schools; what cannot be taken is named, the rest is kept."""

from __future__ import annotations

import pytest
from xlsxwriter import Workbook

from muster.cli.main import main
from muster.collect import gather
from muster_web.accounts.models import Organisation, Succession
from muster_web.accounts.viewer import SYSTEM
from muster_web.audit.models import AuditEvent
from muster_web.schools.actions.loading_files import Loaded, load_files
from muster_web.schools.models import Building, Figures, Loading, Size


def test_a_small_register_makes_the_schools_it_names(load) -> None:
    load("open.csv")
    one = Organisation.objects.get(urn="99940011")
    assert (one.name, one.register["Town"], f"{one.opened}") == ("Elmstead School", "Ostwick", "1999-09-01")
    assert not one.owes_returns


def test_a_day_that_is_none_is_named_and_the_school_is_made(load) -> None:
    done = load("open.csv")
    assert Organisation.objects.get(urn="99940033").opened is None
    assert any("row 4" in one and "31-02-2001" in one for one in done.problems)


def test_figures_come_to_their_school_with_the_row_they_came_from(load) -> None:
    load()
    one = Figures.objects.get(organisation__urn="99940011", dataset="school_pupils")
    assert (one.values["pupils"], one.row, one.loading.name) == ([800.0, "800", ""], 2, "pupils.csv")


def test_loading_keeps_the_size_by_which_schools_are_compared(load) -> None:
    load()
    assert Size.objects.get(organisation__urn="99940022").pupils == 810


def test_a_figure_that_was_suppressed_says_so_and_is_no_zero(load) -> None:
    load()
    values = Figures.objects.get(organisation__urn="99940022", dataset="school_pupils").values
    assert values["english_additional"] == [None, "SUPP", "suppressed: too few people to publish it"]


def test_what_cannot_be_is_named_by_row_and_column_and_the_rest_is_taken(load) -> None:
    problems = " ".join(load().problems)
    values = Figures.objects.get(organisation__urn="99940022", dataset="school_pupils").values
    assert "row 3, PNUMFSMEVER '125'" in problems and "free_meals_ever_percent" not in values
    assert values["pupils"][0] == 810


def test_an_unknown_school_and_an_authority_that_is_no_more_are_named(load) -> None:
    problems = " ".join(load().problems)
    assert "row 4, urn 99999999" in problems and "no such school is known here" in problems
    assert "928 Northamptonshire ended in 2021" in problems
    assert Figures.objects.filter(organisation__urn="99940033").exists()


@pytest.fixture
def load_absence(db, tmp_path):
    """Load one row of absence figures of a school by its numbers."""

    def loaded(numbers: str) -> Loaded:
        path = tmp_path / "absence.csv"
        path.write_text(f"LA,ESTAB,URN,PERCTOT,PPERSABS10\n{numbers},9.5,21.0\n")
        sources = gather([path], unpack_to=tmp_path / "unpacked").files
        return load_files(viewer=SYSTEM, sources=sources)

    return loaded


def test_a_school_whose_number_is_that_of_an_authority_that_is_no_more_is_found_where_it_is_now(
    load_absence,
) -> None:
    moved = Organisation.objects.create(kind="school", name="Moved School", la_code="941", estab="4199")
    [problem] = load_absence("928,4199,99999998").problems
    assert Figures.objects.get().organisation == moved and "928 Northamptonshire ended in 2021" in problem


def test_a_school_that_is_not_known_of_an_authority_that_is_no_more_is_told_both(load_absence) -> None:
    [problem] = load_absence("928,4199,99999998").problems
    assert "row 2, urn 99999998" in problem and "no such school is known here; it is left out" in problem
    assert "928 Northamptonshire ended in 2021 and is now 940 North Northamptonshire" in problem


def test_figures_of_a_year_after_a_school_had_closed_are_named_with_what_came_after_and_kept(load) -> None:
    load("open.csv")
    old, new = (Organisation.objects.get(urn=urn) for urn in ("99940011", "99940022"))
    Organisation.objects.filter(pk=old.pk).update(closed="2015-08-31")
    Succession.objects.create(predecessor=old, successor=new, kind="Successor")
    problems = " ".join(load("pupils.csv").problems)
    assert "row 2, urn 99940011" in problems and "closed on 31 August 2015, before 2018/19" in problems
    assert "was followed by Fairlea School (URN 99940022)" in problems
    assert Figures.objects.filter(organisation=old).exists() and "99940022 lea" not in problems


def test_a_workbook_with_three_rows_above_its_headings_is_read_and_rows_keep_their_numbers(
    db, load, tmp_path
) -> None:
    load("open.csv")
    path = tmp_path / "published" / "absence.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("Absence")
        sheet.merge_range("A1:E1", "Absence at the school")
        sheet.write_row("A2", ["Identity", "", "", "Sessions", "Pupils"])
        sheet.write_row("A3", ["a", "b", "c", "d", "e"])
        sheet.write_row("A4", ["LA", "ESTAB", "URN", "PERCTOT", "PPERSABS10"])
        sheet.write_row("A5", [202, 4101, 99940011, 9.5, 21])
        sheet.write_row("A6", [202, 4102, 99940022, 9.5, 210])
    done = load_files(viewer=SYSTEM, sources=gather([path], unpack_to=tmp_path / "unpacked").files)
    assert [one.said for one in done.files] == ["Absence at the school: 2 records"]
    assert "absence.xlsx, row 6, PPERSABS10 '210': a percentage of a whole" in done.problems[0]


def test_a_list_among_the_files_fills_the_lists_of_its_schools(load, tmp_path) -> None:
    load("open.csv")
    path = tmp_path / "published" / "buildings.csv"
    path.write_text("URN,Block,Element,Condition,Surveyed,Built,Remark\n99940011,Main,Roof,C,2024-03-12,,\n")
    done = load_files(viewer=SYSTEM, sources=gather([path], unpack_to=tmp_path / "unpacked").files)
    assert [one.said for one in done.files] == ["Buildings and their condition: 1 entry"]
    assert Building.objects.get().school.urn == "99940011"


def test_a_file_that_is_not_known_is_named_and_left_alone(load) -> None:
    done = load()
    assert [one.name for one in done.files if not one.taken] == ["holidays.csv"]


def test_the_same_file_twice_is_taken_once(load) -> None:
    load()
    before = Figures.objects.count(), Loading.objects.count()
    done = load()
    assert (Figures.objects.count(), Loading.objects.count()) == before
    assert any("here already" in one.said for one in done.files)


def test_a_school_of_the_official_register_keeps_what_that_says(load, organisations) -> None:
    Organisation.objects.create(kind="school", name="Elmstead", urn="99940011", register_date="2025-01-01")
    load("open.csv")
    assert Organisation.objects.get(urn="99940011").name == "Elmstead"


def test_each_loading_is_in_the_audit(load) -> None:
    load()
    names = list(AuditEvent.objects.values_list("name", flat=True))
    assert names.count("published_file_loaded") == 2 and "schools_founded" in names


def test_the_command_says_what_became_of_each_file_and_ends_with_1_where_something_is_odd(
    load, tmp_path, capsys
) -> None:
    load()
    assert main(["load", str(tmp_path / "published")]) == 1
    said = capsys.readouterr().out
    assert "pupils.csv: Pupils of the school: it is here already" in said
    assert "1 files left alone" in said and "31-02-2001" in said


def test_the_command_refuses_a_path_that_is_not_there(db, tmp_path, capsys) -> None:
    assert main(["load", str(tmp_path / "nowhere")]) == 2
    assert "is not there" in capsys.readouterr().err
