"""A return of children in need comes back as it was: from XML, from CSV, from a workbook, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.exchange.conftest import returns
from tests.xml_returns import received

from muster.catalogue import load_collection
from muster.exchange import collection_named_in, file_name, from_tables, left_unwritten, to_tables, xml_text
from muster.model import Return, Rows
from muster.read import read_xml

CHILDREN = load_collection("children_in_need")
SOME = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
Contents = Callable[[Return], object]


@pytest.mark.parametrize("year", CHILDREN.years)
@SOME
@given(data=st.data())
def test_what_is_written_is_read_back_as_the_same_tables(
    year: int, data: st.DataObject, contents: Contents
) -> None:
    return_ = data.draw(returns(CHILDREN, year))
    with TemporaryDirectory() as folder:
        back = read_xml(CHILDREN, received(Path(folder), xml_text(CHILDREN, return_)))
    assert contents(back) == contents(return_)
    assert not back.notices and left_unwritten(CHILDREN, return_) == ()


@pytest.mark.parametrize("name", ["tables", "tables.xlsx"])
@SOME
@given(data=st.data(), year=st.sampled_from(CHILDREN.years))
def test_a_return_comes_back_from_tables_as_it_was(
    name: str, data: st.DataObject, year: int, contents: Contents
) -> None:
    return_ = data.draw(returns(CHILDREN, year))
    with TemporaryDirectory() as folder:
        to_tables(CHILDREN, return_, Path(folder) / name)
        assert collection_named_in(Path(folder) / name) == "children_in_need"
        back = from_tables(CHILDREN, Path(folder) / name)
    assert (back.year, contents(back)) == (year, contents(return_))


def test_what_the_message_of_the_year_has_no_place_for_is_named() -> None:
    one = Return(CHILDREN.name, 2024, {name: Rows.empty(CHILDREN, name) for name in CHILDREN.tables})
    one.tables["pre_proceedings"].append({"pre_proceedings_id": 1}, {"start_date": "2024-01-04"})
    (said,) = left_unwritten(CHILDREN, one)
    assert said == "Pre-proceedings and family group decision making: 1 pre-proceedings record"


def test_the_file_of_an_authority_is_named_after_it() -> None:
    one = Return(CHILDREN.name, 2026, {name: Rows.empty(CHILDREN, name) for name in CHILDREN.tables})
    one.tables["returns"].append({"return_id": 1}, {"lea": "999"})
    assert file_name(CHILDREN, one) == "999_CIN_999LL26_001.xml"


def test_tables_that_do_not_say_what_they_are_of_name_no_collection(tmp_path: Path) -> None:
    (tmp_path / "children.csv").write_text("child_id,sex\n1,F\n", "utf-8")
    assert collection_named_in(tmp_path) == ""
