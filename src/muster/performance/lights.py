"""Traffic lights by rule: what a scheme says of a milestone or a measure, and how many of each there are.

A light is always a word and a shape as well as a colour.  What cannot be reported is grey, with its reason, and is in
no percentage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from muster.model import MusterError
from muster.model.words import count_of, date_in_words
from muster.performance.amounts import Amount
from muster.performance.measures import Aim


class Light(StrEnum):
    """What a light says; NONE is that of a milestone which is not due and of which its owner says nothing."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"
    NONE = "none"

    @property
    def word(self) -> str:
        """What the light means, for people."""
        return _WORDS[self]

    @property
    def shape(self) -> str:
        """The shape that goes with the colour."""
        return _SHAPES[self]


_WORDS = {
    Light.GREEN: "Met", Light.AMBER: "Nearly met", Light.RED: "Not met", Light.GREY: "Cannot be reported",
    Light.NONE: "Not due",
}  # fmt: skip
_SHAPES = {Light.GREEN: "●", Light.AMBER: "▲", Light.RED: "■", Light.GREY: "○", Light.NONE: "–"}


@dataclass(frozen=True)
class Lit:
    """A light and why it shows; ``ruled`` is what the rule said where somebody has overridden it, with a reason."""

    light: Light
    reason: str
    ruled: Light | None = None

    @property
    def overridden(self) -> bool:
        """Whether somebody set another light than the rule."""
        return self.ruled is not None


def grey(reason: str) -> Lit:
    """The light of what cannot be reported; it needs a reason."""
    if not reason.strip():
        raise MusterError("a figure that cannot be reported needs a reason")
    return Lit(Light.GREY, reason.strip())


def two_light(value: Decimal, target: Amount, aim: Aim) -> Lit:
    """The scheme of two lights: green where the target is met or beaten, red where it is not."""
    _needs_target(target)
    met = not aim.distance(value, target)
    return (
        Lit(Light.GREEN, f"{value} meets {target.text}")
        if met
        else Lit(Light.RED, f"{value} misses {target.text}")
    )


def tolerance(
    value: Decimal, target: Amount, aim: Aim, *, percent: Decimal, last_year: Decimal | None = None
) -> Lit:
    """The scheme with a tolerance: near the target green, else amber where better than last year, else red."""
    _needs_target(target)
    off = aim.distance(value, target)
    if not off:
        return Lit(Light.GREEN, f"{value} meets {target.text}")
    if off <= _room(target, aim, percent):
        return Lit(Light.GREEN, f"{value} is within {percent}% of {target.text}")
    if last_year is not None and aim.gain(last_year, value) > 0:
        return Lit(Light.AMBER, f"{value} misses {target.text} and is better than {last_year} a year before")
    return Lit(Light.RED, f"{value} misses {target.text} by more than {percent}%")


def _room(target: Amount, aim: Aim, percent: Decimal) -> Decimal:
    """How far off is still within the tolerance: a share of the nearer end of what is wanted."""
    ends = [abs(end) for end in aim.wanted(target) if end is not None]
    return percent / 100 * min(ends)


def milestone(due: date, today: date, *, done_on: date | None = None, owner_says: Light = Light.NONE) -> Lit:
    """The scheme of milestones: done in time green, overdue or done late red, before it is due what its owner says."""
    if done_on is not None:
        late = done_on > due
        told = f"done on {date_in_words(done_on)}, due on {date_in_words(due)}"
        return Lit(Light.RED if late else Light.GREEN, told)
    if due <= today:
        return Lit(Light.RED, f"due on {date_in_words(due)} and not done")
    if owner_says not in (Light.AMBER, Light.NONE):
        raise MusterError(f"before a milestone is due its owner may say amber or nothing, not {owner_says}")
    return Lit(owner_says, f"due on {date_in_words(due)}")


def overridden(ruled: Lit, light: Light, reason: str) -> Lit:
    """Another light than the rule's, with the reason that is shown beside it."""
    if not reason.strip():
        raise MusterError(f"a light set to {light} against the rule ({ruled.light}) needs a reason")
    return Lit(light, reason.strip(), ruled.light)


@dataclass(frozen=True)
class Count:
    """How many lights there are of each kind."""

    green: int = 0
    amber: int = 0
    red: int = 0
    grey: int = 0
    none: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.green + self.amber + self.red + self.grey + self.none

    @property
    def share_met(self) -> Decimal | None:
        """How many of a hundred that are due and can be reported are met."""
        judged = self.green + self.amber + self.red
        return Decimal(100 * self.green) / judged if judged else None

    def __add__(self, other: Count) -> Count:
        mine, theirs = self._numbers, other._numbers
        return Count(*(a + b for a, b in zip(mine, theirs, strict=True)))

    @property
    def _numbers(self) -> tuple[int, ...]:
        return self.green, self.amber, self.red, self.grey, self.none

    def __str__(self) -> str:
        told = [
            count_of(number, light.value, light.value)
            for light, number in zip(Light, self._numbers, strict=True)
        ]
        return f"{self.total}: " + ", ".join(told)


def count_lights(lights: Iterable[Light]) -> Count:
    """How many there are of each light."""
    held = Counter(lights)
    return Count(*(held[light] for light in Light))


def _needs_target(target: Amount) -> None:
    if target.low is None:
        raise MusterError(
            f"there is no target to hold the figure to ({target.missing}); give a reason and show it grey"
        )
