"""A published file is known by its headings, and gives its records with what was odd about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from muster.collect import gather
from muster.model import UnreadableFile
from muster.published import (
    Neighbour,
    Reading,
    current_authorities,
    load_authorities,
    load_datasets,
    read_neighbours,
    read_published,
)

HEADINGS = "LA,ESTAB,URN,PERCTOT,PPERSABS10"


def reading(folder: Path, *lines: str, name: str = "a file.csv") -> Reading:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return read_published(gather([path], unpack_to=folder / "unpacked").files[0])


def test_a_file_is_known_by_its_headings_whatever_its_name_and_the_order_of_columns(tmp_path) -> None:
    one = reading(tmp_path, "URN,PPERSABS10,LA,ESTAB,PERCTOT", "999991,3.4,919,4001,2.6", name="x.csv")
    (record,) = one.records
    assert one.dataset.name == "school_absence"
    assert record.numbers == {"urn": "999991", "lea": "919", "estab": "4001"}
    assert (record.values["absence"].number, record.values["persistent_absence"].number) == (2.6, 3.4)
    assert record.period == "2018/19"


def test_titles_above_the_headings_are_passed_over(tmp_path) -> None:
    above = ("Absence in schools,,,,", "Source: the department,,,,", ",,,,")
    one = reading(tmp_path, *above, HEADINGS, "919,4001,999991,2.6,3.4")
    (record,) = one.records
    assert record.row == 5


def test_a_percentage_over_100_is_named_and_the_rest_of_the_row_is_taken(tmp_path) -> None:
    one = reading(tmp_path, HEADINGS, "919,4001,999991,260,3.4")
    (record,) = one.records
    (problem,) = one.problems
    assert set(record.values) == {"persistent_absence"}
    assert (problem.line, problem.item, problem.value) == (2, "PERCTOT", "260")
    assert "between 0 and 100" in problem.message


def test_a_school_given_twice_is_taken_once(tmp_path) -> None:
    one = reading(tmp_path, HEADINGS, "919,4001,999991,2.6,3.4", "919,4001,999991,2.7,3.5")
    assert [record.values["absence"].number for record in one.records] == [2.6]
    assert "row 3: urn 999991" in one.problems[0].message and "row 2 already" in one.problems[0].message


def test_a_row_without_a_school_is_left_out_and_said(tmp_path) -> None:
    one = reading(tmp_path, HEADINGS, ",,,2.6,3.4", "919,4001,999991,2.6,3.4")
    assert len(list(one.records)) == 1
    assert "does not say which school" in one.problems[0].message


def test_the_problems_are_those_of_the_last_reading(tmp_path) -> None:
    one = reading(tmp_path, HEADINGS, ",,,2.6,3.4")
    for _ in range(2):
        list(one.records)
        assert len(one.problems) == 1


def test_sums_over_places_are_no_authorities(tmp_path) -> None:
    headings = (
        "time_period,geographic_level,old_la_code,category,CPP_start,CPP_subsequent,CPP_subsequent_percent"
    )
    rows = ("2025,National,,All,61840,15130,24.5", "2024,Local authority,919,All,c,20,x")
    one = reading(tmp_path, headings, *rows)
    (record,) = one.records
    assert (record.numbers, record.period) == ({"lea": "919"}, "2024")
    assert record.values["plans_started"].missing == "suppressed: too few people to publish it"
    assert not one.problems


def test_a_file_that_is_not_known_is_refused_in_words(tmp_path) -> None:
    with pytest.raises(UnreadableFile, match="has not the headings of any published file"):
        reading(tmp_path, "name,colour", "a,b")


def test_no_two_kinds_of_file_have_the_same_headings() -> None:
    found = [one.columns for one in load_datasets()]
    assert len(found) == len(set(found)) > 10


def test_an_authority_that_is_no_more_leads_to_those_that_came_after_it() -> None:
    assert [one.name for one in current_authorities("928")] == [
        "North Northamptonshire",
        "West Northamptonshire",
    ]
    assert [one.number for one in current_authorities("919")] == ["919"]
    assert not current_authorities("000")
    assert all(current_authorities(number) for number in load_authorities())


def test_an_authority_goes_on_or_has_successors() -> None:
    assert all((one.ended is None) == (not one.successors) for one in load_authorities().values())


@pytest.mark.parametrize(
    ("name", "dataset", "records", "problems"),
    [
        ("spt/england_census.csv", "school_pupils", 23_942, 0),
        ("spt/england_abs.csv", "school_absence", 21_214, 3),
        ("spt/england_swf.csv", "school_workforce_figures", 8_178, 0),
        ("spt/england_ks4provisional.csv", "school_key_stage_4", 5_495, 0),
        ("spt/england_ks4-pupdest.csv", "school_destinations", 3_728, 0),
        ("la/la_school_places_scorecard_2023_2025.csv", "authority_places", 459, 0),
        ("cin_stats/b1_children_in_need_2013_to_2025.csv", "authority_children_in_need", 1_976, 0),
        ("cin_stats/d5_cpps_at31march_by_duration_2013_to_2025.csv", "authority_plans_by_length", 1_976, 0),
    ],
)
def test_the_published_files_are_read_whole(shared_data, tmp_path, name, dataset, records, problems) -> None:
    one = read_published(gather([shared_data / "data" / name], unpack_to=tmp_path).files[0])
    found = list(one.records)
    assert (one.dataset.name, len(found), len(one.problems)) == (dataset, records, problems)
    assert all(record.values for record in found)


NEIGHBOURS = ",".join(["LA number", *(f"SN{place},SNP" for place in range(1, 11))])


def neighbours_of(folder: Path, *lines: str) -> list[Neighbour]:
    path = folder / "neighbours.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_neighbours(gather([path], unpack_to=folder / "unpacked").files[0])


def test_neighbours_are_read_below_rows_of_letters_and_numbers(tmp_path) -> None:
    above = (",".join("ABCDEFGHIJKLMNOPQRSTU"), ",".join(str(n) for n in range(21)))
    row = ",".join(["919", *(f"{number},Close" for number in range(301, 311))])
    found = neighbours_of(tmp_path, *above, NEIGHBOURS, row)
    assert [one.place for one in found] == list(range(1, 11))
    assert found[0] == Neighbour("919", "301", 1, "Close")


def test_a_neighbour_that_is_no_number_is_passed_over(tmp_path) -> None:
    row = ",".join(["919", *("-,-" for _ in range(10))])
    assert neighbours_of(tmp_path, NEIGHBOURS, row) == []


def test_a_table_of_something_else_holds_no_neighbours(tmp_path) -> None:
    with pytest.raises(UnreadableFile, match="no table of statistical neighbours"):
        neighbours_of(tmp_path, HEADINGS, "919,4001,999991,2.6,3.4")


def test_the_published_neighbours_are_read_whole(shared_data, tmp_path) -> None:
    source = gather([shared_data / "data" / "la" / "sn_may_2025.xlsx"], unpack_to=tmp_path).files[0]
    assert len(read_neighbours(source)) == 1_580
