"""What an indicator may say, and how a fault in one is told: with file, line and what to write instead."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from muster.catalogue._indicators import read_indicators
from muster.catalogue._source import SourceText
from muster.catalogue.build import build_indicator, try_build
from muster.model import CatalogueError, Collection, Indicator, Years

WRITTEN = """
[heads]
title     = "Heads"
says      = "How many."
unit      = "people"
polarity  = "neither"
table     = "contracts"
numerator = "count(*) filter (where post = 'HDT')"

[[heads.examples]]
numerator = 1
contracts = '''
post
HDT
'''
"""


def read(tmp_path: Path, text: str) -> list[Indicator]:
    (tmp_path / "indicators.toml").write_text(text, encoding="utf-8")
    return read_indicators(SourceText.read(tmp_path / "indicators.toml", tmp_path), (2024, 2025))


def indicator(numerator: str, **other: object) -> Indicator:
    """An indicator over contracts with this numerator."""
    made = Indicator("made", "Made", "", "%", "neither", "contracts", numerator, where="indicators.toml:3")
    return replace(made, **other)  # type: ignore[arg-type]


def refusal(collection: Collection, numerator: str, **other: object) -> str:
    with pytest.raises(CatalogueError) as caught:
        build_indicator("duckdb", collection, indicator(numerator, **other))
    return str(caught.value)


def test_an_indicator_is_read_with_its_examples(tmp_path: Path) -> None:
    (heads,) = read(tmp_path, WRITTEN)
    assert (heads.name, heads.decimals, heads.denominator, str(heads.years)) == ("heads", 0, "", "2024-")
    assert heads.examples[0].tables == {"contracts": "post\nHDT\n"}
    assert (heads.examples[0].numerator, heads.examples[0].denominator) == (1, None)
    assert heads.where == "indicators.toml:2"


def test_a_year_may_change_what_is_summed(tmp_path: Path) -> None:
    versions = read(tmp_path, WRITTEN + '\n[heads.2025]\nnumerator = "count(*)"\n')
    assert [(str(one.years), one.numerator[:8]) for one in versions] == [
        ("2024", "count(*)"),
        ("2025-", "count(*)"),
    ]
    assert versions[0].numerator != versions[1].numerator


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('unit      = "people"\n', "", "indicators.toml:2: indicator 'heads' needs 'unit'"),
        ('"neither"', '"up"', "indicators.toml:6: polarity 'up' is not known; use higher, lower or neither"),
        ("unit  ", "units ", "indicators.toml:5: 'units' is not a known key; did you mean 'unit'?"),
        ("numerator = 1", "numerator = '1'", "each example of indicator 'heads' needs numerator"),
        ("post = 'HDT')\"", "post = 'HDT')\"\ndenominator_table = 'roles'", "denominator_table but no denominator"),
        ("post = 'HDT')\"", "post = 'HDT')\"\ndenominator = 'count(*)'", "needs numerator and denominator"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    assert right in WRITTEN
    with pytest.raises(CatalogueError) as caught:
        read(tmp_path, WRITTEN.replace(right, wrong, 1))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "numerator",
    ["avg(contract_id)", "count(distinct post)", "min(contract_id)", "sum(distinct contract_id)", "count(*) + 1",
     "1", "post", "count(post, contract_id)"],
)  # fmt: skip
def test_only_sums_add_up_from_schools_to_the_authority(collection: Collection, numerator: str) -> None:
    assert "does not add up over schools; write count(*), count(x) or sum(x)" in refusal(
        collection, numerator
    )


@pytest.mark.parametrize(
    ("numerator", "said"),
    [
        ("count(*) filter (where pots = 'HDT')", "has no item 'pots'; did you mean 'post'?"),
        ("count(*) filter (where post like 'H%')", "is not part of the rule language"),
        ("sum(contract_id / 2)", "'/' is not portable; write ratio(a, b)"),
        ("count(*) filter (where contract_start < '2013-01-01')", "write date '2013-01-01'"),
        ("count(*) filter (where contract_start < $censusday)", "did you mean 'census_day'?"),
        ("count(*) filter (where post not in ('HDT'))", "says nothing when 'post' is empty"),
        (
            "count(*) filter (where leaving_reason is null)",
            "in 2010, when contracts.leaving_reason is not collected",
        ),
        ("sum($apprentice_wage)", "it is in force in 2010, when $apprentice_wage has no value"),
        ("sum($tolerance)", "$tolerance has no value"),
    ],
)
def test_a_sum_may_say_what_a_rule_may_say(collection: Collection, numerator: str, said: str) -> None:
    message = refusal(collection, numerator)
    assert said in message and message.startswith("indicators.toml:3: indicator 'made': ")


def test_an_unknown_table_is_told_with_the_nearest(collection: Collection) -> None:
    assert "did you mean 'contracts'?" in refusal(collection, "count(*)", table="contract")
    assert "no table 'rolls'" in refusal(
        collection, "count(*)", denominator="count(*)", denominator_table="rolls"
    )


def test_every_fault_of_a_catalogue_is_listed_and_the_rest_is_built(collection: Collection) -> None:
    broken = indicator("count(*) filter (where pots = 'HDT')")
    built = try_build(replace(collection, indicators=(*collection.indicators, broken)))
    assert len(built.faults) == 1
    assert len(built.plans["duckdb"].indicators) == len(collection.indicators)


def test_the_records_behind_a_figure_are_those_of_the_innermost_key(collection: Collection) -> None:
    for table, record in {
        "staff_in_post": "members",
        "census_contracts": "contracts",
        "teacher_sickness": "absences",
    }.items():
        years = Years.parse("2025")
        assert (
            build_indicator("sqlite", collection, indicator("count(*)", table=table, years=years)).record
            == record
        )


def test_a_return_that_leaves_out_a_table_behind_a_derived_one_is_left_out(collection: Collection) -> None:
    compiled = build_indicator(
        "duckdb", collection, indicator("count(*)", table="teacher_sickness", only_in="school")
    )
    for reason in ("this.absences_included = FALSE", "this.contracts_included = FALSE", "= 'L'"):
        assert reason in compiled.excluded
