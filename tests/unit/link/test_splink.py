"""Weighing a whole authority with splink; what needs splink itself runs only where it is installed."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import pytest
from tests.link_sources import anyshire, candidate, extract_of

from muster.link import propose_with_splink
from muster.link._splink import COLUMNS, model, row_of
from muster.model import Extract, MusterError

HAS_SPLINK = find_spec("splink") is not None
WHO = "ref | tn | ni | born | family | given | type | start | post\n"


def sources(mis: str, payroll: str) -> list[Extract]:
    """One person in each source."""
    return [
        extract_of("mis", f"{WHO}M1 | {mis} | PRM | 2010-09-01 | TCH"),
        extract_of("payroll", f"{WHO}P1 | {payroll} | PRM | 2010-09-01 | TCH"),
    ]


def test_every_comparison_of_the_model_is_weighed_and_adds_up() -> None:
    for comparison in model()["comparisons"]:
        levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
        assert levels[-1]["sql_condition"] == "ELSE"
        for weight in ("m_probability", "u_probability"):
            assert sum(level[weight] for level in levels) == pytest.approx(1, abs=0.001)


def test_placeholders_do_not_reach_splink() -> None:
    row = row_of(
        candidate(tn="0000000", ni="TN123456A", born="1900-01-01", family="N/K", given="N/K").accounts[0]
    )
    assert {column: row[column] for column in COLUMNS if row[column]} == {
        "unique_id": row["unique_id"],
        "school": "919/4001",
    }


def test_nothing_of_splink_is_imported_where_nobody_is_left_to_weigh() -> None:
    before = set(sys.modules)
    assert propose_with_splink(anyshire(), []) == ()
    assert not {name for name in set(sys.modules) - before if name.startswith("splink")}


def test_splink_proposes_what_the_exact_passes_cannot_join(capsys: pytest.CaptureFixture[str]) -> None:
    given = sources(" | QQ123450A | 1980-02-03 | Ash | Ann", " | QQ123450A | 1980-03-02 | Ash | Ann")
    if not HAS_SPLINK:
        with capsys.disabled():
            print("\nSPLINK ABSENT: the extra 'splink' is not installed; its weighing was not tested")
        with pytest.raises(MusterError, match="needs splink 5"):
            propose_with_splink(anyshire(), given)
        return
    [found] = propose_with_splink(anyshire(), given)
    assert (found.code, found.left.reference, found.right.reference) == ("link.splink", "P1", "M1")
    assert found.points >= 90


def test_splink_never_proposes_on_a_name_alone() -> None:
    given = sources(" |  |  | Ash | Ann", " |  | 1980-03-02 | Ash | Ann")
    if HAS_SPLINK:
        assert propose_with_splink(anyshire(), given) == ()
