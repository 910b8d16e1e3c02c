"""Figures over Parquet tables are those of the same returns as files: sum by sum, record by record."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.command import muster, refused
from tests.unit.national.conftest import Country, change

from muster.model import MusterError
from muster.national import behind_tables, figures_of_tables
from muster.report import behind, indicator_results


def sums(results) -> dict[tuple[str, str], tuple[object, object]]:
    """The two sums of each figure of each return, and of all together."""
    return {
        (result.indicator.name, line.ref): (line.now.numerator, line.now.denominator)
        for result in results
        for line in (result.whole, *result.lines)
        if line.now
    }


def test_the_sums_of_every_figure_are_those_of_the_returns(country: Country) -> None:
    returns = {one.ref: one for one in country.returns}
    ordinary = indicator_results(country.collection, 2025, returns, last_year={}, names={})
    made = figures_of_tables(country.collection, 2025, country.tables, names={})
    assert sums(made.results) == sums(ordinary) and len(returns) == 3
    assert any(above for above, _ in sums(made.results).values())


def test_the_records_behind_a_figure_are_those_of_the_returns(country: Country) -> None:
    returns = {one.ref: one for one in country.returns}
    for indicator in country.collection.indicators_in(2025)[::3]:
        ordinary = behind(country.collection, 2025, returns, indicator.name)
        found = behind_tables(country.collection, 2025, country.tables, indicator.name)
        assert [(one.ref, one.record) for one in found] == [(one.ref, one.record) for one in ordinary]


def test_a_figure_that_is_not_there_and_memory_that_is_none_are_named(country: Country) -> None:
    with pytest.raises(MusterError, match="there is no figure 'plans'"):
        behind_tables(country.collection, 2025, country.tables, "plans")
    with pytest.raises(MusterError, match="'much' is no amount of memory"):
        figures_of_tables(country.collection, 2025, country.tables, names={}, memory="much")
    with pytest.raises(MusterError, match="is not known for 1999"):
        figures_of_tables(country.collection, 1999, country.tables, names={})


def test_the_command_computes_again_and_names_the_file_that_is_another(in_need: Path, tmp_path: Path) -> None:
    stored = tmp_path / "figures.json"
    said = muster("report", "--tables", in_need, "--json")
    stored.write_text(said.out, encoding="utf-8")
    assert "children/part-00000.parquet" in said.json["lineage"]["data"]
    assert muster("report", "--tables", in_need, "--verify", stored).code == 0
    other = shutil.copytree(in_need, tmp_path / "other")
    change(other, "assessments", 0, authorisation_date=None)
    differs = muster("report", "--tables", other, "--verify", stored)
    assert differs.code == 1 and "the data of assessments/part-00000.parquet are another file" in differs.out


def test_files_or_tables_are_named_and_not_both(in_need: Path) -> None:
    for words in ((), ("--tables", in_need, in_need)):
        assert "name files of returns, or a folder of Parquet tables" in refused("report", *words)
    assert "holds no tables" in refused("report", "--tables", in_need / "children")
