"""What a person may want to look at early: reasons, each with its figure, and never a score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import tomli
from django.utils import timezone

from muster.catalogue._source import pipe_rows
from muster.submit.states import OPEN
from muster_web.design.wording import long_date
from muster_web.returns.models import Return
from muster_web.schools.queries.concerns import due_for_review, is_overdue

if TYPE_CHECKING:
    from muster_web.schools.models import Note
    from muster_web.schools.queries.parts import Part

_FILE = Path(__file__).with_name("early_warnings.toml")


@dataclass(frozen=True)
class Watched:
    """One figure that is watched, from which value on, and why."""

    item: str
    over: float
    why: str


@dataclass(frozen=True)
class Warned:
    """One reason to look at a school: in words, with the figure and where it is from."""

    why: str
    shown: str
    source: str


@cache
def watched() -> tuple[Watched, ...]:
    """The figures that are watched."""
    rows = pipe_rows(tomli.loads(_FILE.read_text(encoding="utf-8"))["watched"])
    return tuple(Watched(row["item"], float(row["over"]), row["why"]) for _, row in rows)


def warnings_of(
    parts: Iterable[Part], returns: Iterable[Return], notes: Iterable[Note]
) -> tuple[Warned, ...]:
    """The reasons there are to look at a school early, by its figures, its returns and the concerns about it."""
    lines = {line.item: (line, part) for part in parts for line in part.lines}
    found = [
        Warned(one.why, f"{line.latest.shown} in {line.latest.period}", part.title)
        for one in watched()
        if one.item in lines
        for line, part in [lines[one.item]]
        if line.latest.number is not None and line.latest.number > one.over
    ]
    today = timezone.localdate()
    late = [one for one in returns if one.round.closes < today and one.state in OPEN]
    overdue = (one for one in notes if is_overdue(one))
    return (
        *found,
        *(Warned("A return is late", str(one.round), "Returns") for one in late),
        *(
            Warned(
                "A concern is due for review",
                f"{one.title}, by {long_date(due_for_review(one))}",
                "Visits and notes",
            )
            for one in overdue
        ),
    )
