"""Link sources written as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from tests.link_sources import WRITTEN, anyshire, extract_of

from muster.link import Decisions, Linked, link
from muster.model import Collection, Extract, Return
from muster.model.authority import Authority


@pytest.fixture
def join(collection: Collection) -> Callable[..., Linked]:
    """Link sources given as tables, or as extracts: ``join(mis=..., payroll=..., last_year={ref: Return})``."""

    def joined(
        *extracts: Extract,
        mis: str = "",
        payroll: str = "",
        authority: Authority | None = None,
        last_year: Mapping[str, Return] | None = None,
        confirmed: Decisions | None = None,
    ) -> Linked:
        given = list(extracts)
        given += [extract_of("mis", mis)] if mis else []
        given += [extract_of("payroll", payroll)] if payroll else []
        return link(
            collection, authority or anyshire(), given,
            last_year=last_year, confirmed=confirmed, written_at=WRITTEN,
        )  # fmt: skip

    return joined
