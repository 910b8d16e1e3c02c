"""The engines agree on every indicator, and on the records behind it, whatever the returns hold."""

from __future__ import annotations

from math import isclose

import pytest

from muster.engines.indicators import Figure, figures, records_behind
from muster.model import Return
from tests.engines.comparing import EVERYTHING, EXAMPLES, engine_of
from tests.engines.random_returns import batches, drawn
from tests.engines.test_agreement import WORKFORCE

Answers = dict[str, tuple[dict[int, Figure], dict[int, tuple[int, ...]]]]


def answered(name: str, returns: list[Return]) -> Answers:
    """The figures of every indicator and the records behind them."""
    engine = engine_of(name, returns[0].collection, returns[0].year)
    engine.load(returns)
    return {
        one.name: (figures(engine, one), records_behind(engine, one)) for one in engine.indicators.values()
    }


def alike(one: Figure, other: Figure) -> bool:
    """Equal but for the order in which an engine adds."""
    pairs = [(one.numerator, other.numerator), (one.denominator or 0, other.denominator or 0)]
    return all(isclose(a, b, rel_tol=1e-9, abs_tol=1e-5) for a, b in pairs)


@pytest.mark.parametrize("year", [2013, 2020, 2025] if EVERYTHING else [2025])
def test_every_indicator_has_the_same_sums_and_records_on_both_engines(year: int) -> None:
    for returns in batches(WORKFORCE, year, max(1, EXAMPLES // 2)):
        duckdb, sqlite = answered("duckdb", returns), answered("sqlite", returns)
        for name, (sums, records) in sqlite.items():
            assert duckdb[name][0].keys() == sums.keys(), name
            for place, figure in sums.items():
                assert alike(duckdb[name][0][place], figure), f"{name} of\n{drawn([returns[place]])}"
            assert duckdb[name][1] == records, name
