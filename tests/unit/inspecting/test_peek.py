"""What a file is, told from its beginning: collection, year and school, or why it is no return."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.children_files import child, file_of
from tests.inspected import school
from tests.looked_after_files import EPISODES, ONE_EPISODE, table
from tests.xml_returns import HEADER, received

from muster.inspecting import Peeked, peek
from muster.model import UnreadableFile


def test_a_return_says_its_collection_its_year_and_its_school(tmp_path: Path) -> None:
    told = peek(school(tmp_path))
    assert told == Peeked("school_workforce", "School workforce census", 2025, "919/4001")


def test_no_more_is_read_than_the_header(tmp_path: Path) -> None:
    header = HEADER.format(collection="School Workforce Census", year="2013")
    assert peek(received(tmp_path, f"<Message>{header}<Broken")).year == 2013


def test_the_other_collections_are_known_too(tmp_path: Path) -> None:
    assert peek(received(tmp_path, file_of(child()))).collection == "children_in_need"
    told = peek(table(tmp_path, "episodes.csv", EPISODES, ONE_EPISODE))
    assert (told.collection, told.year, told.tables) == ("looked_after", None, ("episodes",))


def test_a_termly_return_is_of_the_collection_of_its_term(tmp_path: Path) -> None:
    text = f"<Message>{HEADER.format(collection='SC', year='2014')}</Message>".replace(
        "<Year>", "<Term>SPR</Term><Year>"
    )
    told = peek(received(tmp_path, text))
    assert (told.collection, told.title, told.year) == ("school_census_spring", "School census spring", 2014)


def test_a_year_that_is_none_is_not_told(tmp_path: Path) -> None:
    text = f"<Message>{HEADER.format(collection='School Workforce Census', year='20x5')}</Message>"
    assert peek(received(tmp_path, text)).year is None


def test_a_return_that_does_not_name_its_collection_is_left_to_who_knows_it(tmp_path: Path) -> None:
    text = f"<Message>{HEADER.format(collection='', year='2025')}</Message>"
    assert peek(received(tmp_path, text)) == Peeked("", "", 2025, "919/4001")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.7", "it is a PDF document"),
        ("a.xml", b"", "a.xml: the file is empty"),
        ("a.csv", b"", "a.csv is empty"),
        ("a.csv", b"Name,Post\nA,B\n", "a.csv is a table, but none that belongs to a return"),
        ("a.xml", b"<CTfile/>", "it seems to be a common transfer file"),
        (
            "a.xml",
            b"<soap><x/></soap>",
            "its outermost element is <soap>. It knows the ",
        ),
        (
            "a.xml",
            f"<Message>{HEADER.format(collection='AP', year='2025')}</Message>".encode(),
            "a.xml is no return Muster knows: it seems to be the alternative provision census",
        ),
        (
            "a.xml",
            f"<Message>{HEADER.format(collection='SC', year='2025')}</Message>".encode(),
            "a.xml does not say its term (Term within Header/CollectionDetails); it is SPR for spring",
        ),
    ],
)
def test_what_is_no_return_is_refused_with_what_it_seems_to_be(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(UnreadableFile) as refused:
        peek(received(tmp_path, content, name))
    assert said in str(refused.value)
