"""The tables of the quarterly report: counts, milestones, indicators, risks, exceptions and how lights are used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from muster.model.words import date_in_words
from muster.performance.arithmetic import Travelled, short_and_long
from muster.performance.lights import Light, Lit
from muster.performance.quarterly.document import Cell, Table
from muster.performance.quarterly.publishing import SMALL
from muster.performance.quarterly.snapshot import Entry, Snapshot, Treatment, shown

_BAD = (Light.RED, Light.AMBER)
_WITHOUT = "–"


def milestone_counts(snapshot: Snapshot) -> Table:
    """How many milestones of each objective show which light."""
    rows = []
    for one in snapshot.objectives:
        own = [each.light(snapshot.day).light for each in snapshot.milestones if each.objective == one.ref]
        rows.append((one.ref, one.title, own))
    rows.append(("Total", "", [each.light(snapshot.day).light for each in snapshot.milestones]))
    order = (Light.GREEN, Light.AMBER, Light.RED, Light.NONE)
    return Table(
        "Milestones by objective",
        ("Plan ref.", "Objective", "In all", *(light.word for light in order)),
        tuple(
            (Cell(ref), Cell(title), Cell(str(len(own))), *(Cell(str(own.count(light))) for light in order))
            for ref, title, own in rows
        ),
        (12, 38, 10, 10, 10, 10, 10),
    )


def milestone_table(snapshot: Snapshot) -> Table:
    """Every milestone below its objective."""
    titles = {one.ref: one for one in snapshot.objectives}
    rows = []
    for one in snapshot.milestones:
        objective = titles.get(one.objective)
        owner = one.owner or (objective.owner if objective else "")
        rows.append((
            Cell(one.objective), Cell(objective.title if objective else ""), Cell(one.title),
            Cell(date_in_words(one.due)), Cell(owner), _light(one.light(snapshot.day)), Cell(one.comment),
        ))  # fmt: skip
    headings = ("Plan ref.", "Objective", "Milestone", "Due", "Owner", "Progress", "Commentary")
    return Table("Milestones", headings, tuple(rows), (8, 16, 20, 10, 12, 12, 22))


def indicator_table(snapshot: Snapshot, entries: Sequence[Entry], caption: str) -> Table:
    """Indicators with the year before, the target, the quarter and the year, direction of travel and light."""
    period = snapshot.period
    headings = (
        "Ref.", "Indicator", f"Actual {period.whole_year.before}", f"Target {period.whole_year}",
        f"Quarter {period.part}", "Year to date", "Direction", "Progress", "Commentary",
    )  # fmt: skip
    return Table(
        caption,
        headings,
        tuple(_indicator_row(snapshot, one) for one in entries),
        (8, 19, 8, 8, 8, 8, 12, 11, 18),
    )


def _indicator_row(snapshot: Snapshot, entry: Entry) -> tuple[Cell, ...]:
    period, measure = snapshot.period, entry.measure
    before = measure.value("actual", period.whole_year.before)
    target = entry.target(period)
    reached = entry.reached(period)
    return (
        Cell(measure.ref),
        Cell(measure.title),
        Cell(shown(before.amount) if before else _WITHOUT),
        Cell(shown(target.amount) if target else _WITHOUT),
        Cell(_number(reached.own, entry)),
        Cell(_number(reached.total, entry)),
        Cell(direction(snapshot, entry)),
        _light(snapshot.light_of(entry)),
        Cell(_commentary(entry)),
    )


def _number(number: Decimal | None, entry: Entry) -> str:
    if number is None:
        return SMALL if entry.withheld else _WITHOUT
    return f"{number:f}%" if entry.measure.unit == "%" else f"{number:,f}"


def _commentary(entry: Entry) -> str:
    parts = [entry.cannot_be_reported, entry.comment]
    if entry.computed:
        parts.append(f"Computed from returns ({entry.computed.made_of}).")
    return " ".join(filter(None, parts))


def direction(snapshot: Snapshot, entry: Entry) -> str:
    """Where an indicator went since the quarter before and since a year ago, in words."""
    short, long = short_and_long(entry.measure, snapshot.period)
    told = [_travelled(short, f"than {snapshot.period.before}"), _travelled(long, "than a year ago")]
    return "; ".join(filter(None, told)) or _WITHOUT


def _travelled(one: Travelled, than: str) -> str:
    if one.direction == "not known":
        return ""
    arrows = {"better": "▲ better", "worse": "▼ worse", "level": "▶ no"}
    words = "different " if one.direction == "level" else ""
    return f"{arrows[one.direction]} {words}{than}"


def treatment_table(listed: Sequence[Treatment], caption: str) -> Table:
    """Risks or equality actions with what is done about them."""
    rows = tuple(
        (Cell(one.ref), Cell(one.title), Cell(" ".join(filter(None, (one.due, one.owner)))), Cell("", one.light),
         Cell(one.comment))
        for one in listed
    )  # fmt: skip
    return Table(
        caption, ("Ref.", "Measure", "Due and owner", "Progress", "Commentary"), rows, (10, 34, 16, 14, 26)
    )


def exception_table(snapshot: Snapshot) -> Table:
    """Everything red, then everything amber: what Members look at first."""
    found = sorted(_exceptions(snapshot), key=lambda one: _BAD.index(one[0]))
    headings = ("Ref.", "What", "Progress", "Why", "Commentary")
    return Table("Red and amber", headings, tuple(row for _, row in found), (10, 26, 14, 24, 26))


def _exceptions(snapshot: Snapshot) -> Iterator[tuple[Light, tuple[Cell, ...]]]:
    for one in snapshot.milestones:
        lit = one.light(snapshot.day)
        if lit.light in _BAD:
            yield lit.light, _exception_row(one.objective, one.title, lit, one.comment)
    for entry in snapshot.entries:
        lit = snapshot.light_of(entry)
        if lit.light in _BAD:
            yield lit.light, _exception_row(entry.measure.ref, entry.measure.title, lit, entry.comment)


def _exception_row(ref: str, title: str, lit: Lit, comment: str) -> tuple[Cell, ...]:
    return Cell(ref), Cell(title), Cell("", lit.light), Cell(lit.reason), Cell(comment)


def _light(lit: Lit) -> Cell:
    """A light, and beside it the rule's where somebody has set another, with the reason."""
    if lit.ruled is not None:
        return Cell(f"set by hand; by rule {lit.ruled.word.lower()}. {lit.reason}", lit.light)
    return Cell("", lit.light)


def light_table(percent: Decimal | None) -> Table:
    """What each light means for a milestone and for an indicator."""
    near = (
        f"The target is missed by no more than {percent}%, or met."
        if percent is not None
        else "The target is met or beaten."
    )
    amber = (
        "The target is missed, and the figure is better than a year ago."
        if percent is not None
        else "Not used."
    )
    meanings = (
        (Light.GREEN, "Done by the day it was due.", near),
        (Light.AMBER, "Not due yet; its owner expects it may be late.", amber),
        (Light.RED, "Overdue, or done late.", "The target is missed."),
        (
            Light.GREY,
            "Not used.",
            "There is no figure or no target; the reason is given. Left out of percentages.",
        ),
        (Light.NONE, "Not due yet.", "Not used."),
    )
    rows = tuple(
        (Cell("", light), Cell(of_milestone), Cell(of_indicator))
        for light, of_milestone, of_indicator in meanings
    )
    return Table("Lights", ("Light", "For a milestone", "For an indicator"), rows, (24, 36, 40))
