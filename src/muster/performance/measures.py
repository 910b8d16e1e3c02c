"""A measure: an indicator as a plan states it, with its families, its targets and what came of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from muster.model import MusterError
from muster.performance.amounts import Amount
from muster.performance.periods import Period

Kind = Literal["actual", "forecast", "target", "baseline", "provisional"]
Direction = Literal["higher", "lower", "equal", "band"]
Adding = Literal["sum", "latest"]
FAMILIES = ("BVPI", "LPSA", "NI", "LI", "L")


@dataclass(frozen=True)
class Place:
    """Where something stands: a file, its line or row, and the column by its heading."""

    file: str = ""
    line: int = 0
    column: str = ""

    def __str__(self) -> str:
        parts = [
            self.file,
            f"line {self.line}" if self.line else "",
            f"column '{self.column}'" if self.column else "",
        ]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Remark:
    """Something odd in what was read, with its place; the reading went on without mending it.

    ``about`` is a short fixed name of the kind of oddity, for machines.
    """

    about: str
    place: Place
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}" if str(self.place) else self.text


@dataclass(frozen=True)
class Tag:
    """A family an indicator belongs to and its number there, such as BVPI 162."""

    family: str
    number: str

    @property
    def same(self) -> tuple[str, str]:
        """What two ways to write one number have in common: BVPI 034a is BVPI 34a."""
        return self.family, self.number.lstrip("0")

    def __str__(self) -> str:
        return f"{self.family} {self.number}"


@dataclass(frozen=True)
class Aim:
    """Which values are better: higher, lower, those equal to the target, or those within a band.

    ``known_from`` says how that is known; an aim that is only ``suggested`` waits for somebody to confirm it.
    """

    direction: Direction
    known_from: str = "stated"
    suggested: bool = False
    low: Decimal | None = None
    high: Decimal | None = None

    def __post_init__(self) -> None:
        if self.direction == "band" and (self.low is None or self.high is None or self.low > self.high):
            raise MusterError("an aim within a band needs its lowest and its highest value, in this order")

    def distance(self, value: Decimal, target: Amount) -> Decimal:
        """How far a value is on the wrong side of its target; 0 where the target is met or beaten."""
        low, high = self.wanted(target)
        short = low - value if low is not None else Decimal(0)
        over = value - high if high is not None else Decimal(0)
        return max(short, over, Decimal(0))

    def wanted(self, target: Amount) -> tuple[Decimal | None, Decimal | None]:
        """The lowest and the highest value that meet a target; a range is met from its easier end on."""
        if self.direction == "higher":
            return target.low, None
        if self.direction == "lower":
            return None, target.high
        return (self.low, self.high) if self.direction == "band" else (target.low, target.high)

    def gain(self, before: Decimal, after: Decimal) -> Decimal:
        """By how much ``after`` is better than ``before``; negative where it is worse."""
        if self.direction == "higher":
            return after - before
        if self.direction == "lower":
            return before - after
        return self._off(before) - self._off(after)

    def _off(self, value: Decimal) -> Decimal:
        if self.low is None or self.high is None:
            return Decimal(0)
        return max(self.low - value, value - self.high, Decimal(0))


@dataclass(frozen=True)
class Value:
    """What a measure was, is forecast or is meant to be in a period; ``break_note`` where a series breaks at it."""

    kind: Kind
    period: Period
    amount: Amount
    place: Place = Place()
    break_note: str = ""


@dataclass(frozen=True)
class Measure:
    """One line of a plan's table of indicators.

    ``adding`` says how the values of quarters make that of the year.  ``ended`` is the reason why a measure is no
    longer kept; its history stays.
    """

    ref: str
    title: str
    tags: tuple[Tag, ...] = ()
    aim: Aim | None = None
    unit: str = ""
    adding: Adding = "latest"
    key: bool = False
    values: tuple[Value, ...] = ()
    place: Place = Place()
    ended: str = ""
    owner: str = ""

    def of(self, *kinds: Kind) -> list[Value]:
        """Its values of these kinds, in order of period."""
        return sorted((one for one in self.values if one.kind in kinds), key=lambda one: one.period.ends)

    def value(self, kind: Kind, period: Period) -> Value | None:
        """Its value of a kind in a period."""
        return next((one for one in self.values if one.kind == kind and one.period == period), None)

    @property
    def name(self) -> str:
        """Its reference and title, as a message names it."""
        return f"{self.ref} {self.title}".strip()


def tagged(measures: Iterable[Measure], family: str) -> list[Measure]:
    """The measures of a family."""
    return [one for one in measures if any(tag.family == family for tag in one.tags)]
