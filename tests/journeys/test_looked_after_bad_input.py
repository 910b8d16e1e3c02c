"""What authorities really send of looked-after children: each near miss is found, and disturbs nothing else.

Every set of files goes through 'muster check', as a user gives it; what only XML can hold comes as XML.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import muster
from tests.looked_after_files import (
    EPISODES,
    GOOD_SET,
    HEADER,
    MISSING,
    SETTINGS,
    checked_children,
    checked_set,
    write_set,
)
from tests.xml_returns import elements

ONE_CHILD = "C1,F,26/05/2016,WBRI,A85020000001A,0,"
EPISODE = "C1,01/06/2025,S,C2,N1,U6,PR1,,,,ZZ99 1AA,ZZ99 2AA,9999999"
IN_XML = {
    "CHILDID": "C1",
    "UPN": "A85020000001A",
    "SEX": "F",
    "DOB": "26/05/2016",
    "ETHNIC": "WBRI",
    "UASC": "0",
}


def header(line: str) -> dict[str, tuple[str, ...]]:
    """The set with another line in its header file, and the birth dates elsewhere as they are there."""
    born = line.split(",")[2]
    others = {
        name: tuple(text.replace("26/05/2016", born) for text in GOOD_SET[name])
        for name in ("reviews", "permanence", "social_workers")
    }
    return {"header": (HEADER, line), **others}


def test_a_good_set_has_nothing_to_fix(tmp_path: Path) -> None:
    assert checked_set(tmp_path).codes == {}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("C1,F,2016-05-26,WBRI,A85020000001A,0,", {}),
        ("C1,f,26/05/2016,WBRI,A85020000001A,0,", {"101": 1}),
        ("C1,F,26/05/2016,wbri,A85020000001A,0,", {"103": 1}),
        ("C1,F,26/05/2016,WBRI,un2,0,", {"168": 1}),
        ("C1,F,26/05/2016,WBRI,A85020000001A,True,", {"165": 1}),
        ("C1,F,26/05/2016,WBRI,A85020000001A,TRUE,", {"165": 1}),
        ("C1,F,05/26/2016,WBRI,A85020000001A,0,", {"102": 1}),
        ("C1,F,30/02/2016,WBRI,A85020000001A,0,", {"102": 1}),
        ("C1,F,26/05/2026,WBRI,A85020000001A,0,", {"301": 1, "302": 1, "441": 1}),
        ("C1,F,14/10/1066,WBRI,A85020000001A,0,", {"351": 1, "352": 1, "359": 1}),
    ],
)
def test_a_near_miss_in_the_header_is_found(tmp_path: Path, line: str, expected: dict[str, int]) -> None:
    assert checked_set(tmp_path, **header(line)).codes == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("C1,01/06/2999,S,C2,N1,U6,PR1,,,,ZZ99 1AA,ZZ99 2AA,9999999",
         {"read.no_date_in_year": 1, "352": 1, "354": 1}),
        ("C1,01/06/1066,S,C2,N1,U6,PR1,,,,ZZ99 1AA,ZZ99 2AA,9999999", {"read.no_date_in_year": 1, "302": 1}),
        ("C1,01/06/2025,s,C2,N1,U6,PR1,,,,ZZ99 1AA,ZZ99 2AA,9999999", {"143": 1}),
        ("C1,01/06/2025,S,C2,N1,u6,PR1,,,,ZZ99 1AA,ZZ99 2AA,9999999", {"146": 1}),
    ],
)  # fmt: skip
def test_a_near_miss_in_an_episode_is_found(tmp_path: Path, line: str, expected: dict[str, int]) -> None:
    answer = checked_set(tmp_path, episodes=(EPISODES, line))
    assert {code: answer.codes.get(code, 0) for code in expected} == expected


def test_the_message_gives_the_value_the_file_the_line_and_what_to_do(tmp_path: Path) -> None:
    (found,) = checked_set(tmp_path, **header("C1,F,05/26/2016,WBRI,A85020000001A,0,")).of("102")
    assert "'05/26/2016'" in found["message"] and found["fix"]
    assert (found["record"], found["file"], found["line"]) == ("child C1: header", "header.csv", 2)
    said = muster("check", write_set(tmp_path), *SETTINGS).out
    assert "header.csv" not in said, "the set is good again"


def test_a_set_says_the_file_of_each_finding_in_words_too(tmp_path: Path) -> None:
    wrong = write_set(tmp_path, **header("C1,f,26/05/2016,WBRI,A85020000001A,0,"))
    assert "child C1: header, header.csv, line 2" in muster("check", wrong, *SETTINGS).out


def test_a_child_twice_in_the_header_is_found_at_both_lines_and_each_names_the_other(tmp_path: Path) -> None:
    found = checked_set(tmp_path, header=(HEADER, ONE_CHILD, ONE_CHILD)).of("INT32")
    assert [(f["line"], f["also"]) for f in found] == [
        (2, ["header (header.csv, line 3)"]),
        (3, ["header (header.csv, line 2)"]),
    ]


def test_two_children_with_one_upn_are_both_shown_and_each_names_the_other(tmp_path: Path) -> None:
    found = checked_set(tmp_path, header=(HEADER, ONE_CHILD, ONE_CHILD.replace("C1", "C2"))).of("444")
    assert [(f["record"], f["also"]) for f in found] == [
        ("child C1: header", ["child C2: header (header.csv, line 3)"]),
        ("child C2: header", ["child C1: header (header.csv, line 2)"]),
    ]


def test_a_temporary_upn_has_the_right_form(tmp_path: Path) -> None:
    assert checked_set(tmp_path, **header("C1,F,26/05/2016,WBRI,A85020000001A,0,")).of("168") == []
    assert checked_set(tmp_path, **header("C1,F,26/05/2016,WBRI,A8502000000AA,0,")).codes["168"] == 1


def test_a_child_without_an_episode_is_found(tmp_path: Path) -> None:
    answer = checked_set(tmp_path, episodes=(EPISODES,))
    (found,) = answer.of("EPI")
    assert found["record"] == "child C1: header"


@pytest.mark.parametrize(("started", "expected"), [("28/02/2026", 0), ("01/03/2026", 1)])
def test_a_birthday_on_29_february_is_reached_on_1_march(tmp_path: Path, started: str, expected: int) -> None:
    # 18 on 1 March 2026: rule 352 finds care that begins at 18 or over
    line = EPISODE.replace("01/06/2025", started)
    changed = {**header("C1,F,29/02/2008,WBRI,A85020000001A,0,"), "episodes": (EPISODES, line)}
    assert checked_set(tmp_path, **changed).codes.get("352", 0) == expected


def test_fifty_missing_periods_of_a_child_stay_apart(tmp_path: Path) -> None:
    days = [f"C1,26/05/2016,M,{day:02}/{month:02}/2025,{day:02}/{month:02}/2025"
            for month in (6, 7) for day in range(1, 26)]  # fmt: skip
    assert checked_set(tmp_path, missing=(MISSING, *days)).codes == {}
    assert checked_set(
        tmp_path,
        missing=(
            MISSING,
            *days,
            "C1,26/05/2016,M,25/07/2025,26/07/2025",
            "C1,26/05/2016,M,25/07/2025,27/07/2025",
        ),
    ).codes == {"574": 1}


def test_a_table_that_is_missing_is_named_and_its_rules_are_not_run(tmp_path: Path) -> None:
    answer = checked_set(tmp_path, missing=())
    assert answer.codes == {}
    said = {
        rule
        for rule, (outcome, why) in answer.rules.items()
        if why == "the set has no file of missing periods"
    }
    assert len(said) > 10 and "574" in said


def test_this_year_and_last_year_in_each_others_place_are_told(tmp_path: Path) -> None:
    last = write_set(tmp_path / "last", episodes=(EPISODES, EPISODE.replace("2025", "2024")))
    now = write_set(tmp_path / "now")
    right = muster("check", now, *SETTINGS, "--json", "--last-year", last).json
    swapped = muster("check", last, *SETTINGS, "--json", "--last-year", now).json
    assert "read.years_swapped" not in {f["code"] for f in right["findings"]}
    (found,) = [f for f in swapped["findings"] if f["code"] == "read.years_swapped"]
    assert "1 June 2025" in found["message"] and "--last-year" in found["fix"]


def test_headings_alone_are_a_return_without_children_and_that_is_asked_about(tmp_path: Path) -> None:
    answer = checked_set(tmp_path, **{name: lines[:1] for name, lines in GOOD_SET.items()})
    assert answer.codes == {"read.nothing_below_header": 1}


def test_text_between_elements_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    inside = f"<HEADER>stray{elements(**IN_XML)}</HEADER>"
    answer = checked_children(tmp_path, inside)
    (found,) = answer.of("read.stray_text")
    assert "'stray'" in found["message"] and found["line"] == 2
    assert {"EPI"} <= set(answer.codes)


def test_an_xml_date_in_another_form_is_read_or_shown_as_it_stands(tmp_path: Path) -> None:
    iso = checked_children(tmp_path, f"<HEADER>{elements(**IN_XML | {'DOB': '2016-05-26'})}</HEADER>")
    assert iso.of("102") == []
    american = checked_children(tmp_path, f"<HEADER>{elements(**IN_XML | {'DOB': '05/26/2016'})}</HEADER>")
    assert "'05/26/2016'" in american.of("102")[0]["message"]


@pytest.mark.parametrize(("word", "expected"), [("0", 0), ("1", 0), ("True", 1), ("TRUE", 1)])
def test_yes_and_no_are_0_and_1_in_this_return(tmp_path: Path, word: str, expected: int) -> None:
    answer = checked_children(tmp_path, f"<HEADER>{elements(**IN_XML | {'UASC': word})}</HEADER>")
    assert len(answer.of("105")) == expected
