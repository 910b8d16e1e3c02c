"""The SSDA903 return as XML: children put together by identifier, companions of the header as records of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.looked_after_files import LOOKED_AFTER, read_children
from tests.xml_returns import column, of_code, received

from muster.model import UnreadableFile
from muster.read import read_xml

CHILD = "<HEADER><CHILDID>C1</CHILDID><DOB>01/02/2010</DOB>{more}</HEADER>"
EPISODE = "<EPISODE><DECOM>01/06/2024</DECOM><PL>U6</PL></EPISODE>"


def test_a_child_has_a_header_and_episodes_of_its_own(tmp_path: Path) -> None:
    read = read_children(tmp_path, CHILD.format(more="") + EPISODE + EPISODE)
    assert column(read, "header", "dob") == ["2010-02-01"]
    assert column(read, "episodes", "decom") == ["2024-06-01", "2024-06-01"]
    assert read.tables["episodes"].keys == {"episode_id": [1, 2], "child_id": [1, 1], "return_id": [1, 1]}


def test_two_elements_of_one_child_are_one_child(tmp_path: Path) -> None:
    read = read_children(tmp_path, CHILD.format(more="") + EPISODE, CHILD.format(more="") + EPISODE)
    assert column(read, "children", "child") == ["C1"]
    assert read.tables["header"].keys["child_id"] == [1, 1]


def test_reviews_within_the_header_lie_below_the_child(tmp_path: Path) -> None:
    reviews = "<AREVIEW><REVIEW>01/07/2024</REVIEW></AREVIEW>" * 2
    read = read_children(tmp_path, "<HEADER><CHILDID>C0</CHILDID></HEADER>", CHILD.format(more=reviews))
    assert read.tables["reviews"].keys == {"review_id": [1, 2], "child_id": [2, 2], "return_id": [1, 1]}


def test_items_beside_each_other_make_one_record_of_their_table(tmp_path: Path) -> None:
    leaver = "<IN_TOUCH>YES</IN_TOUCH><ACTIV>F1</ACTIV><ACCOM>B1</ACCOM><DUC>01/05/2024</DUC>"
    read = read_children(tmp_path, CHILD.format(more=leaver), CHILD.replace("C1", "C2").format(more=leaver))
    assert column(read, "oc3", "accom") == ["B1", "B1"]
    assert read.tables["oc3"].keys["child_id"] == [1, 2]
    assert column(read, "uasc", "duc") == ["2024-05-01", "2024-05-01"]


def test_empty_items_make_no_record(tmp_path: Path) -> None:
    read = read_children(tmp_path, CHILD.format(more="<IN_TOUCH/><ACTIV> </ACTIV><DUC></DUC>"))
    assert (len(read.tables["oc3"]), len(read.tables["uasc"])) == (0, 0)


def test_an_item_given_twice_is_said(tmp_path: Path) -> None:
    read = read_children(tmp_path, CHILD.format(more="<IN_TOUCH>YES</IN_TOUCH><IN_TOUCH>NO</IN_TOUCH>"))
    assert column(read, "oc3", "in_touch") == ["YES"]
    assert len(of_code(read, "read.duplicate_element")) == 1


def test_what_an_xml_file_cannot_hold_is_absent(tmp_path: Path) -> None:
    read = read_children(tmp_path, CHILD.format(more=""))
    assert read.absent["sw_episodes"] == "an XML file holds no social worker episodes"
    assert "oc3" not in read.absent


def test_a_child_without_an_episode_and_a_file_of_headers_alone_are_read(tmp_path: Path) -> None:
    read = read_children(tmp_path, CHILD.format(more=""))
    assert (len(read.tables["header"]), len(read.tables["episodes"]), read.notices) == (1, 0, [])


def test_without_the_settings_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="does not say which year"):
        read_xml(LOOKED_AFTER, received(tmp_path, "<EXPSSDA903></EXPSSDA903>"))
