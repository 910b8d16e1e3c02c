"""The reader knows no collection: rows without a wrapper, within one another and over each other are all data."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.xml_returns import column, of_code, received

from muster.model import CatalogueError, Collection, Element, Item, Table, Years
from muster.read.xml_reader import read_xml


def table(name: str, key: str, parent: str | None, *items: str) -> Table:
    """A table with plain items."""
    known = {item: Item(item, item.title()) for item in items}
    return Table(name, name, name, key, parent, None, known, ())


def leaf(name: str, item: str, years: str = "") -> Element:
    """An element that fills an item."""
    return Element(name, Years.parse(years), None, (item,))


def collection_of(message: Element, *tables: Table) -> Collection:
    """A collection that holds a message and its tables."""
    held = {table.name: table for table in tables}
    return Collection("pets", "Pet census", (2020, 2021), "PETS", held, {}, message, {}, (), {})


HEADER = Element(
    "Header", children=(leaf("Collection", "collection"), leaf("Year", "year"), leaf("LEA", "lea"))
)
PLAN = Element("Plan", table="plans", children=(leaf("Start", "start"),))
EPISODE = Element("Episode", table="episodes", children=(leaf("Reason", "reason"), PLAN))
PETS = Element("Pets", children=(Element("Pet", table="pets", children=(leaf("Name", "name"), EPISODE)),))
CENSUS = collection_of(
    Element("Message", table="returns", children=(HEADER, PETS)),
    table("returns", "return_id", None, "collection", "year", "lea", "estab"),
    table("pets", "pet_id", "returns", "name"),
    table("episodes", "episode_id", "pets", "reason"),
    table("plans", "plan_id", "episodes", "start"),
)
FILE = "<Message><Header><Collection>pets</Collection><Year>2020</Year><LEA>919</LEA></Header><Pets>{}</Pets></Message>"


def test_rows_without_a_wrapper_keep_their_record(tmp_path: Path) -> None:
    body = (
        "<Pet><Episode><Reason>1</Reason><Plan/><Plan><Start>x</Start></Plan></Episode><Name>Rex</Name>"
        "<Episode><Plan/></Episode></Pet><Pet><Episode/></Pet>"
    )
    read = read_xml(CENSUS, received(tmp_path, FILE.format(body)))
    assert column(read, "pets", "name") == ["Rex", None]
    assert read.tables["episodes"].keys == {
        "episode_id": [1, 2, 3],
        "pet_id": [1, 1, 2],
        "return_id": [1, 1, 1],
    }
    assert read.tables["plans"].keys["episode_id"] == [1, 1, 2]
    assert column(read, "plans", "start") == [None, "x", None]
    assert (read.ref, read.notices) == ("919", [])


def test_an_element_that_changes_its_item_over_the_years_fills_the_one_of_its_year(tmp_path: Path) -> None:
    pet = Element(
        "Pet", table="pets", children=(leaf("Name", "name", "-2019"), leaf("Name", "call", "2020-"))
    )
    census = collection_of(
        Element("Message", table="returns", children=(HEADER, Element("Pets", children=(pet,)))),
        CENSUS.tables["returns"],
        table("pets", "pet_id", "returns", "name", "call"),
    )
    read = read_xml(census, received(tmp_path, FILE.format("<Pet><Name>Rex</Name></Pet>")))
    assert (column(read, "pets", "call"), column(read, "pets", "name")) == (["Rex"], [None])


def test_a_block_of_other_years_is_read_and_told(tmp_path: Path) -> None:
    pets = Element("Pets", Years.parse("2021-"), children=PETS.children)
    census = collection_of(
        Element("Message", table="returns", children=(HEADER, pets)), *CENSUS.tables.values()
    )
    read = read_xml(census, received(tmp_path, FILE.format("<Pet/><Pet/>")))
    assert len(read.tables["pets"]) == 2
    assert len(of_code(read, "read.other_year")) == 1


def test_a_message_whose_root_is_no_row_is_a_fault_of_the_catalogue(tmp_path: Path) -> None:
    census = collection_of(Element("Message", children=(HEADER,)), *CENSUS.tables.values())
    with pytest.raises(CatalogueError, match="has to be a row"):
        read_xml(census, received(tmp_path, FILE.format("")))
