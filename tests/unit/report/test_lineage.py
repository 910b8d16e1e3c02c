"""A stored figure can be computed again; where it comes out otherwise, what changed is named."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from muster.catalogue import load_collection
from muster.model import Return, SourceFile
from muster.report.lineage import lineage_of, what_differs

IN_NEED = load_collection("children_in_need")


@pytest.fixture
def stored() -> dict[str, Any]:
    """One figure with its lineage, as it was stored."""
    one = Return(IN_NEED, 2025, tables={})
    one.source = SourceFile(Path("return.xml"), "return.xml", "a" * 64, 12)
    figure = {"return": "999", "figure": "plans_open_two_years", "numerator": 2.0, "denominator": 9.0}
    return {"figures": [figure], "lineage": lineage_of(IN_NEED, 2025, {"999": one})}


def test_a_lineage_names_the_file_the_query_and_the_program(stored: dict[str, Any]) -> None:
    lineage = stored["lineage"]
    assert lineage["data"]["999"] == {"file": "return.xml", "sha256": "a" * 64, "year": 2025}
    query = lineage["queries"]["plans_open_two_years"]
    assert "FROM open_plans AS this" in query["numerator"] and len(query["sha256"]) == 64
    assert lineage["muster"] and lineage["engine"] == "duckdb" and len(lineage["tables_sha256"]) == 64


def test_the_same_figures_differ_in_nothing(stored: dict[str, Any]) -> None:
    assert what_differs(stored, deepcopy(stored)) == []


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("figures", 0, "numerator"), 3.0, "plans_open_two_years of 999 was 2.0/9.0 and is 3.0/9.0"),
        (("figures", 0, "denominator"), None, "and is 2.0"),
        (("figures", 0, "figure"), "another", "another of 999 is new"),
        (("lineage", "data", "999", "sha256"), "b" * 64, "the data of 999 are another file"),
        (
            ("lineage", "queries", "plans_open_two_years", "sha256"),
            "c" * 64,
            "the query of plans_open_two_years",
        ),
        (("lineage", "tables_sha256"), "d" * 64, "the derived tables"),
        (("lineage", "muster"), "9.9", "and is 9.9"),
    ],
)
def test_what_changed_is_named(
    stored: dict[str, Any], path: tuple[Any, ...], value: object, told: str
) -> None:
    now = deepcopy(stored)
    within = now
    for step in path[:-1]:
        within = within[step]
    within[path[-1]] = value
    assert any(told in text for text in what_differs(stored, now))
