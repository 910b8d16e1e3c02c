"""The schema and the message agree: every item has an element in exactly the years it is collected."""

from __future__ import annotations

import pytest

from muster.catalogue.find import element_names
from muster.model import Collection


def test_every_item_has_an_element_in_the_years_it_is_collected_and_in_no_other(
    collection: Collection,
) -> None:
    for table in collection.tables.values():
        for item in table.items.values():
            for year in collection.years:
                collected = year in table.years and year in item.years
                written = bool(element_names(collection, table.name, item.name, year))
                assert collected == written, f"{table.name}.{item.name} in {year}"


@pytest.mark.parametrize(("year", "name"), [(2022, "GenderCurrent"), (2023, "Sex")])
def test_a_renamed_item_has_the_name_of_its_year(collection: Collection, year: int, name: str) -> None:
    assert element_names(collection, "members", "sex", year) == (name,)
