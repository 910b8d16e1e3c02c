"""Snapshots of an invented service, for the tests of the quarterly report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from muster.performance import Aim, Light, Measure, Period, Value, read_amount
from muster.performance.quarterly import Snapshot
from muster.performance.quarterly.snapshot import (
    Entry,
    Narrative,
    Objective,
    PlannedMilestone,
    Quality,
    Signature,
    Treatment,
)

YEAR = 2008
DAY = date(2009, 3, 31)
RECORD = Quality("Register", "Counted", "Data officer")


def quarter(part: int, year: int = YEAR) -> Period:
    """A quarter of the year of the tests."""
    return Period(year, "quarter", part)


def measure(ref: str, target: str, quarters: dict[int, str], **more: Any) -> Measure:
    """A measure with a target and the values of some quarters."""
    values = [Value("actual", quarter(part), read_amount(text)) for part, text in quarters.items()]
    values.append(Value("target", Period(YEAR), read_amount(target)))
    return Measure(ref, f"Number of things {ref}", values=tuple(values), **{"aim": Aim("higher"), **more})


def entry(ref: str, target: str, quarters: dict[int, str], **more: Any) -> Entry:
    """An indicator of the report with a quality record."""
    told = {
        name: more.pop(name)
        for name in list(more)
        if name not in ("aim", "adding", "key", "unit", "ended", "tags")
    }
    return Entry(measure(ref, target, quarters, **more), **{"quality": RECORD, **told})


def milestone(objective: str, title: str, **more: Any) -> PlannedMilestone:
    """A milestone due on the last day of the year."""
    return PlannedMilestone(objective, title, **{"due": DAY, **more})


def a_snapshot(**more: Any) -> Snapshot:
    """A small service of which all is well but one milestone and one indicator."""
    basis = Snapshot(
        authority="Anyshire", directorate="Children", service="Support", period=quarter(4),
        objectives=(Objective("O1", "To learn", "Head of learning"),),
        milestones=(
            milestone("O1", "Open", done_on=DAY),
            milestone("O1", "Close", comment="Held up by the snow of February."),
        ),
        entries=(
            entry("LI1", "175", {1: "40", 2: "35", 3: "50", 4: "75"}, adding="sum"),
            entry("LI2", "100%", {3: "72%", 4: "75%"}, unit="%", comment="A better system comes."),
            entry("LI3", "5", {}, key=True, cannot_be_reported="The new system begins in May 2009."),
        ),
        developments=(Narrative("Buildings", ("The strategy is settled; see {appendix:milestones}.",)),),
        risks=(Treatment("R1", "Agree a timeline", Light.GREEN, "Agreed."),),
        actions=(Treatment("", "Train staff", Light.RED, "Some are still to be trained."),),
        signed=Signature("Head of performance", date(2009, 4, 20)),
    )  # fmt: skip
    return replace(basis, **more)


def halton() -> Snapshot:
    """A service with the lights of the report to March 2009: so many milestones and so many not met by objective."""
    counts = [(5, 0), (5, 1), (4, 0), (5, 1), (5, 3), (4, 1), (4, 1), (4, 2), (3, 1), (4, 1)]
    milestones = [
        milestone(f"BSC {at}", f"Milestone {at}.{n}", comment="Late.", done_on=None if n < missed else DAY)
        for at, (number, missed) in enumerate(counts, 1)
        for n in range(number)
    ]
    met = [entry(f"LI{n}", "100%", {4: "100%"}, unit="%") for n in (11, 19, 20, 4)]
    # The quarters of these two before the last are invented; the report says that the target of the year was met.
    summed = [
        entry("LI16", "175", {1: "40", 2: "35", 3: "50", 4: "75"}, adding="sum"),
        entry("LI5", "300", {1: "70", 2: "80", 3: "82", 4: "78"}, adding="sum"),
    ]
    missed = [
        entry("LI8", "100%", {4: "75%"}, unit="%", comment="Late."),
        entry("LI21", "4", {4: "0"}, comment="Late."),
    ]
    unknown = [
        entry(ref, "n/a", {4: "n/a"}, cannot_be_reported="No data.") for ref in ("LI13", "LI2", "NI 198")
    ]
    key = [entry(f"K{n}", "1", {4: "1"}, key=True) for n in range(6)]
    key.append(entry("LI12", "n/a", {}, key=True, cannot_be_reported="A baseline is being set."))
    objectives = tuple(Objective(f"BSC {at}", f"Objective {at}") for at in range(1, 11))
    entries = (*met, *summed, *missed, *unknown, *key)
    return a_snapshot(objectives=objectives, milestones=tuple(milestones), entries=entries, developments=())
