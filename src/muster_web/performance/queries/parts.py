"""What returns add to a figure, and the records of one of them that do."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from muster.inspecting import CountedRecord, counted_records
from muster.model import MusterError
from muster_web.accounts.viewer import Viewer
from muster_web.performance.models import Figure
from muster_web.performance.queries.sent_returns import given_by, sent_again
from muster_web.returns.permissions import visible_returns


@dataclass(frozen=True)
class PartShown:
    """What one return adds to a figure, and whether the viewer may follow it to its records."""

    part: Mapping[str, Any]
    may_follow: bool
    of_records: bool


def parts_shown(viewer: Viewer, figure: Figure) -> list[PartShown]:
    """What each return adds to a figure, in the order of the schools."""
    numbers = [one["return"] for one in figure.parts]
    seen = set(visible_returns(viewer).filter(pk__in=numbers).values_list("pk", flat=True))
    return [PartShown(one, one["return"] in seen, figure.is_of_records) for one in figure.parts]


def records_of(figure: Figure, part: Mapping[str, Any]) -> list[CountedRecord]:
    """The records of a return that add to a figure.

    Raises MusterError for a figure of the history of returns, and where the data are no longer there.
    """
    if not figure.is_of_records:
        raise MusterError("This figure counts returns; what happened to the return is on its own page.")
    sent = sent_again([part])
    if not sent:
        raise MusterError("The version of the data that it was made from is no longer kept.")
    collection, _, name = part.get("of", figure.name).partition(".")
    year = part.get("year", figure.made_by["year"])
    with ExitStack() as opened:
        return counted_records(collection, year, given_by(opened, sent), name)
