"""How good the buildings of a school are, by the last survey of each element."""

from __future__ import annotations

from collections.abc import Iterable

from muster_web.design.wording import counted
from muster_web.schools.models import Building

_POOR = (Building.Condition.POOR, Building.Condition.BAD)


def condition_in_words(buildings: Iterable[Building]) -> str:
    """How many elements are poor or bad, and from which years: '2 of 9 elements poor or bad, surveyed in 2024'.

    Of an element that was surveyed more than once the last survey counts; '' where there is none.
    """
    last: dict[tuple[str, str], Building] = {}
    for one in sorted(buildings, key=lambda one: one.surveyed):
        last[one.block, one.element] = one
    if not last:
        return ""
    poor = sum(one.condition in _POOR for one in last.values())
    first, latest = min(years := [one.surveyed.year for one in last.values()]), max(years)
    when = f"in {latest}" if first == latest else f"from {first} to {latest}"
    return f"{poor} of {counted(len(last), 'element')} poor or bad, surveyed {when}"
