"""The lines of a quarter as their owners see them: light by rule, values, the figure computed, the last comment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from muster.model.words import date_in_words
from muster.performance import Count, Lit, count_lights
from muster.performance.lights import Light
from muster.performance.quarterly import Snapshot
from muster.performance.quarterly.snapshot import Entry, PlannedMilestone, shown
from muster.performance.quarterly.tables import direction
from muster.performance.sense import sense_checks
from muster_web.performance.models import Figure, Line, Quarter
from muster_web.performance.queries.snapshotting import last_figures, read_data, snapshot_data
from muster_web.performance.queries.way_up import objectives_of


@dataclass(frozen=True)
class LineShown:
    """One line with everything its owner needs to write it; ``values`` are pairs of a name and what is shown."""

    line: Line
    ref: str
    title: str
    lit: Lit | None
    values: tuple[tuple[str, str], ...] = ()
    figure: Figure | None = None
    remarks: tuple[str, ...] = ()
    last_comment: str = ""

    @property
    def kind(self) -> str:
        """What it is about."""
        return "indicator" if self.line.indicator_id else "milestone" if self.line.piece_id else "treatment"

    @property
    def needs_commentary(self) -> bool:
        """Whether a red or amber light has no commentary yet."""
        return self.lit is not None and self.lit.light in (Light.RED, Light.AMBER) and not self.line.comment


def lines_shown(quarter: Quarter, lines: QuerySet[Line]) -> list[LineShown]:
    """These lines of a quarter, those of indicators first, in the order of the plan."""
    snapshot, _ = read_data(snapshot_data(quarter))
    showing = _Showing(quarter, snapshot)
    found = lines.filter(quarter=quarter).select_related("indicator", "piece", "treatment", "by")
    return [showing.one(line) for line in found]


def counts_of(lines: Iterable[LineShown]) -> Count:
    """How many there are of each light."""
    return count_lights(one.lit.light for one in lines if one.lit)


class _Showing:
    """What is looked up once for all lines of a quarter."""

    def __init__(self, quarter: Quarter, snapshot: Snapshot) -> None:
        self._snapshot, self._period = snapshot, quarter.period
        self._entries = {one.measure.ref: one for one in snapshot.entries}
        self._milestones = {(one.objective, one.title, one.due): one for one in snapshot.milestones}
        self._objectives = objectives_of(list(quarter.plan.pieces.all()))
        self._figures = last_figures(quarter)
        self._comments = _last_comments(quarter)

    def one(self, line: Line) -> LineShown:
        """One line as it is shown."""
        if line.indicator:
            return self._indicator(line, self._entries.get(line.indicator.ref))
        if line.piece:
            place = (self._objectives[line.piece.pk].ref, line.piece.title, line.piece.due_on)
            return self._milestone(line, self._milestones.get(place))  # type: ignore[arg-type]
        assert line.treatment is not None, "a line is about something"
        lit = Lit(Light(line.light), "as its owner says") if line.light else None
        return LineShown(line, line.treatment.ref, line.treatment.title, lit, **self._of_all(line))

    def _of_all(self, line: Line) -> dict[str, Any]:
        return {"last_comment": self._comments.get((line.indicator_id, line.piece_id, line.treatment_id), "")}

    def _milestone(self, line: Line, one: PlannedMilestone | None) -> LineShown:
        assert line.piece is not None, "the line is of a milestone"
        lit = one.light(self._snapshot.day) if one else None
        assert line.piece.due_on is not None, "a milestone has a day"
        due = (("Due", date_in_words(line.piece.due_on)),)
        return LineShown(line, line.piece.ref, line.piece.title, lit, due, **self._of_all(line))

    def _indicator(self, line: Line, entry: Entry | None) -> LineShown:
        assert line.indicator is not None, "the line is of an indicator"
        about = line.indicator
        if entry is None:
            told = ("This indicator cannot be read as it stands; see the problems of the draft.",)
            return LineShown(line, about.ref, about.title, None, remarks=told, **self._of_all(line))
        return LineShown(
            line, about.ref, about.title, self._snapshot.light_of(entry), tuple(values_of(entry, self._snapshot)),
            self._figures.get(about.figure), sense_of(entry), **self._of_all(line),
        )  # fmt: skip


def sense_of(entry: Entry) -> tuple[str, ...]:
    """What is odd about the targets of an indicator, without its name before it."""
    return tuple(one.text.removeprefix(f"{entry.measure.name}: ") for one in sense_checks([entry.measure]))


def values_of(entry: Entry, snapshot: Snapshot) -> Iterable[tuple[str, str]]:
    """The values of an indicator in a quarter: a name and what is shown of each."""
    period, measure = snapshot.period, entry.measure
    before = measure.value("actual", period.whole_year.before)
    target, forecast = entry.target(period), measure.value("forecast", period.whole_year)
    own = measure.value("actual", period)
    reached = entry.reached(period)
    yield f"Actual {period.whole_year.before}", shown(before.amount) if before else "–"
    yield f"Target {period.whole_year}", shown(target.amount) if target else "–"
    yield f"Quarter {period.part}", shown(own.amount) if own else "–"
    if measure.adding == "sum":
        yield "Year to date", f"{reached.total:,f}" if reached.total is not None else "–"
    if forecast:
        yield f"Forecast {period.whole_year}", shown(forecast.amount)
    yield "Direction", direction(snapshot, entry)


def _last_comments(quarter: Quarter) -> Mapping[tuple[int | None, int | None, int | None], str]:
    """What was said of each line in the last quarter before that said something."""
    earlier = Line.objects.filter(quarter__plan=quarter.plan, quarter__part__lt=quarter.part).exclude(
        comment=""
    )
    rows = earlier.order_by("quarter__part").values_list("indicator", "piece", "treatment", "comment")
    return {(indicator, piece, treatment): comment for indicator, piece, treatment, comment in rows}
