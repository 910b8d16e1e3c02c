"""UPNs that are given out never repeat: not over runs, not with two at once, and not those given out elsewhere."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from muster.identifiers import Issue, is_temporary, issue, parse_upn
from muster.identifiers.upn import Upn, check_letter
from muster.model import MusterError

SCHOOL = "9994001"


def test_serials_go_on_where_they_stopped(tmp_path: Path) -> None:
    state = tmp_path / "serials.json"
    first, second = issue(state, Issue(SCHOOL, 2013), 2), issue(state, Issue(SCHOOL, 2013), 1)
    assert [upn[10:] for upn in (*first, *second)] == ["001", "002", "003"]
    assert all(upn[0] == check_letter(upn) for upn in first)
    assert [upn[1:10] for upn in first] == ["999400113"] * 2


def test_each_school_and_year_counts_for_itself(tmp_path: Path) -> None:
    state = tmp_path / "serials.json"
    given = [
        issue(state, Issue(school, year), 1)[0]
        for school, year in ((SCHOOL, 2013), (SCHOOL, 2014), ("9994002", 2013))
    ]
    assert [upn[10:] for upn in given] == ["001"] * 3
    assert len(set(given)) == 3


def test_temporary_numbers_end_in_a_letter_and_count_for_themselves(tmp_path: Path) -> None:
    state = tmp_path / "serials.json"
    given = issue(state, Issue("8201234", 2013, temporary=True), 101)
    assert [given[0][10:], given[99][10:], given[100][10:]] == ["00A", "99A", "00B"]
    assert all(map(is_temporary, given))
    assert issue(state, Issue("8201234", 2013), 1)[0].endswith("001")


def test_numbers_given_out_elsewhere_are_passed_over(tmp_path: Path) -> None:
    taken = {str(Upn("999", "4001", "13", serial)) for serial in ("001", "003")}
    given = issue(tmp_path / "serials.json", Issue(SCHOOL, 2013), 2, taken=taken)
    assert [parse_upn(upn).serial for upn in given] == ["002", "004"]


def test_all_or_none_are_given_out(tmp_path: Path) -> None:
    state = tmp_path / "serials.json"
    issue(state, Issue(SCHOOL, 2013), 998)
    with pytest.raises(
        MusterError, match=r"999/4001 has 1 UPNs of 2013 left .* 998\), not 2; none was given out"
    ):
        issue(state, Issue(SCHOOL, 2013), 2)
    assert issue(state, Issue(SCHOOL, 2013), 1)[0].endswith("999")


@pytest.mark.parametrize(
    ("school", "said"),
    [
        ("999400", "'999400' is not the number of a school"),
        ("1234001", "123 is not the number of an authority"),
        ("7034001", "703 is not the number of an authority"),
        ("9999001", "a school's number is from 1000 to 8999, not 9001"),
    ],
)
def test_what_no_school_can_be_gives_nothing_out(tmp_path: Path, school: str, said: str) -> None:
    with pytest.raises(MusterError, match=said):
        issue(tmp_path / "serials.json", Issue(school, 2013), 1)
    assert not (tmp_path / "serials.json").exists()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"9994001/2013": "x"}'])
def test_a_file_of_serials_that_was_spoilt_gives_nothing_out(tmp_path: Path, text: str) -> None:
    state = tmp_path / "serials.json"
    state.write_text(text, encoding="utf-8")
    with pytest.raises(MusterError, match="Do not delete it: put back a copy, or numbers repeat"):
        issue(state, Issue(SCHOOL, 2013), 1)
    assert state.read_text(encoding="utf-8") == text


def ten(state: Path) -> list[str]:
    """Ten times one number, as a run of its own gives them out."""
    return [issue(state, Issue(SCHOOL, 2013), 1)[0] for _ in range(10)]


def test_two_runs_at_once_give_out_no_number_twice(tmp_path: Path) -> None:
    state = tmp_path / "serials.json"
    with ProcessPoolExecutor(2) as runs:
        given = [upn for found in runs.map(ten, [state] * 4) for upn in found]
    assert len(set(given)) == 40
    assert max(upn[10:] for upn in given) == "040"
