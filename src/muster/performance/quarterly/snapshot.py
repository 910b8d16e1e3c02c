"""What a quarterly report is made from, as it stood on one day; nothing else goes into the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from muster.performance.amounts import Amount
from muster.performance.arithmetic import ToDate, to_date
from muster.performance.lights import Light, Lit, grey, milestone, overridden, tolerance, two_light
from muster.performance.measures import Measure, Value
from muster.performance.periods import Period
from muster.performance.suppression import SMALLEST_SHOWN

_WITH_RISKS = (2, 4)  # the quarters that report on risks and equality actions


@dataclass(frozen=True)
class Override:
    """A light somebody set against the rule, with the reason."""

    light: Light
    reason: str


@dataclass(frozen=True)
class Quality:
    """How far a figure can be relied on: where it comes from, how it is made and who checked it."""

    source: str
    method: str
    checked_by: str
    estimated: bool = False
    third_party: bool = False
    concern: str = ""


@dataclass(frozen=True)
class Computed:
    """Where a figure computed from returns comes from, so that it can be computed again.

    ``of_people`` is False where it counts returns or other things that say nothing about single people.
    """

    figure: str
    numerator: Decimal
    denominator: Decimal | None
    data: tuple[tuple[str, str], ...]
    query: str
    program: str
    of_people: bool = True

    @property
    def made_of(self) -> str:
        """The sums it is made of, in words."""
        if self.denominator is None:
            return _plain(self.numerator)
        by = "of" if self.numerator <= self.denominator else "÷"
        return f"{_plain(self.numerator)} {by} {_plain(self.denominator)}"

    @property
    def is_of_few(self) -> bool:
        """Whether it counts, or leaves out, so few that publishing it would say something about single people."""
        if not self.of_people:
            return False
        rest = self.denominator - self.numerator if self.denominator is not None else Decimal(0)
        return any(0 < number < SMALLEST_SHOWN for number in (self.numerator, rest))


@dataclass(frozen=True)
class Entry:
    """One indicator in the report: its measure with the values so far, the target and what its owner says.

    ``withheld`` is the light that is shown where the figure itself is too small to be published.
    """

    measure: Measure
    comment: str = ""
    cannot_be_reported: str = ""
    override: Override | None = None
    quality: Quality | None = None
    computed: Computed | None = None
    withheld: Lit | None = None

    def target(self, period: Period) -> Value | None:
        """The target of the year."""
        return self.measure.value("target", period.whole_year)

    def reached(self, period: Period) -> ToDate:
        """Its value for the year so far, and that of the quarter alone."""
        return to_date(self.measure, period)

    def light(self, period: Period, percent: Decimal | None) -> Lit:
        """Its light by the scheme: two lights, or those with a tolerance of so many per cent."""
        if self.withheld:
            return self.withheld
        ruled = self._ruled(period, percent)
        return overridden(ruled, self.override.light, self.override.reason) if self.override else ruled

    def _ruled(self, period: Period, percent: Decimal | None) -> Lit:
        target = self.target(period)
        value, missing = self._judged(period)
        if self.cannot_be_reported or self.measure.ended:
            return grey(self.cannot_be_reported or f"Discontinued: {self.measure.ended}")
        if value is None:
            return grey(missing)
        if target is None or target.amount.low is None:
            return grey("There is no target for the year")
        if self.measure.aim is None:
            return grey("It is not known whether higher or lower is better")
        if percent is None:
            return two_light(value, target.amount, self.measure.aim)
        earlier = to_date(self.measure, period.year_before).total
        return tolerance(value, target.amount, self.measure.aim, percent=percent, last_year=earlier)

    def _judged(self, period: Period) -> tuple[Decimal | None, str]:
        """The value that is held to the target: that of the year, or before its end the forecast of it."""
        forecast = self.measure.value("forecast", period.whole_year)
        if period.part < 4 and forecast:
            return forecast.amount.number, "The forecast is no number"
        reached = self.reached(period)
        if self.measure.adding == "sum" and period.part < 4:
            return None, "A total of the year needs a forecast before the year ends"
        if reached.gaps:
            return None, f"There is no figure for {', '.join(map(str, reached.gaps))}"
        return reached.total, "There is no figure"


@dataclass(frozen=True)
class PlannedMilestone:
    """One milestone of the report, under its objective."""

    objective: str
    title: str
    due: date
    done_on: date | None = None
    owner: str = ""
    owner_says: Light = Light.NONE
    comment: str = ""
    override: Override | None = None

    def light(self, today: date) -> Lit:
        """Its light by the scheme of milestones."""
        ruled = milestone(self.due, today, done_on=self.done_on, owner_says=self.owner_says)
        return overridden(ruled, self.override.light, self.override.reason) if self.override else ruled


@dataclass(frozen=True)
class Objective:
    """An objective of the service plan, owned by a role."""

    ref: str
    title: str
    owner: str = ""


@dataclass(frozen=True)
class Narrative:
    """A titled piece of text: a key development or an emerging issue."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Treatment:
    """What is done about a high risk of an objective, or a high-priority equality action."""

    ref: str
    title: str
    light: Light
    comment: str
    due: str = ""
    owner: str = ""


@dataclass(frozen=True)
class Withheld:
    """A section that is left out for now, why, and when it is expected."""

    title: str
    reason: str
    expected: str


@dataclass(frozen=True)
class Signature:
    """Who signed the statement on data quality, by role, and when."""

    by: str
    on: date


@dataclass(frozen=True)
class Reissue:
    """That a report corrects one that was published: its number from 2 on, why, and when the one before was."""

    number: int
    reason: str
    replaces: date


@dataclass(frozen=True)
class Snapshot:
    """A quarter of a service plan as it stood when the report was made.

    ``percent`` is the tolerance of the lights; without one the scheme is that of two lights.
    """

    authority: str
    directorate: str
    service: str
    period: Period
    percent: Decimal | None = None
    objectives: tuple[Objective, ...] = ()
    milestones: tuple[PlannedMilestone, ...] = ()
    entries: tuple[Entry, ...] = ()
    developments: tuple[Narrative, ...] = ()
    issues: tuple[Narrative, ...] = ()
    risks: tuple[Treatment, ...] = ()
    actions: tuple[Treatment, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    signed: Signature | None = None
    reissue: Reissue | None = None

    @property
    def day(self) -> date:
        """The day the report speaks from: the last of its period."""
        return self.period.ends

    @property
    def reports_risks(self) -> bool:
        """Whether risks and equality actions are reported in this quarter."""
        return self.period.part in _WITH_RISKS

    def of_class(self, *, key: bool) -> Sequence[Entry]:
        """The key indicators, or the others."""
        return [one for one in self.entries if one.measure.key is key]

    def light_of(self, entry: Entry) -> Lit:
        """The light of an indicator."""
        return entry.light(self.period, self.percent)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():,f}"


def shown(amount: Amount | None) -> str:
    """An amount as it was typed, or why there is none."""
    return "" if amount is None else amount.text or amount.missing
