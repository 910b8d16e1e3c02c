"""What stands in the way of publishing a quarter: what has to go, and what somebody may look at and confirm."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from muster.model.words import date_in_words
from muster.performance import Place, Remark
from muster.performance.quarterly import problems_of
from muster_web.performance.models import Quarter
from muster_web.performance.queries.snapshotting import read_data, state_of

# Defects of the text are found by patterns, which can be wrong: a person may confirm that they are none.
CONFIRMABLE = frozenset(
    {"repeated paragraph", "empty section", "impossible date", "count differs", "not ended"}
)


def must_go(problem: Remark) -> bool:
    """Whether a problem stands in the way of publishing until it is put right."""
    return problem.about not in CONFIRMABLE


def problems_of_quarter(quarter: Quarter, data: dict[str, Any]) -> list[Remark]:
    """Every problem of a quarter's report, those of its signature too."""
    snapshot, left_out = read_data(data)
    found = [*left_out, *problems_of(snapshot)]
    if quarter.signed and quarter.signed_state != state_of(data):
        told = "something was written after the statement on data quality was signed; sign it again"
        found.append(Remark("not signed", Place(), told))
    if timezone.localdate() <= snapshot.day:
        told = (
            f"the quarter ends on {date_in_words(snapshot.day)}; the report says how things stood on that day"
        )
        found.append(Remark("not ended", Place(), told))
    return found
