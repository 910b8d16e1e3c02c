"""Traffic lights as symbols that a converter has damaged: a star for the lit one, circles for the others.

The first of the places is red and the last is green.  So a star before the circles is red, and one after them green.
"""

from __future__ import annotations

from muster.performance.lights import Light

_STARS = frozenset("*★☆∗⋆✶✱")
_CIRCLES = frozenset("oO0○●•◦©◎")


def read_symbols(text: str) -> Light | None:
    """The light of some symbols; grey where they say n/a, None where nothing can be made of them."""
    told = "".join(text.split())
    if told.casefold() in ("n/a", "na"):
        return Light.GREY
    if told[:1] in _STARS:
        return Light.RED
    return Light.GREEN if told[:1] in _CIRCLES else None


def is_damaged(text: str) -> bool:
    """Whether either the star or the circles are missing, so that the light was read from one of them."""
    told = "".join(text.split())
    return (
        bool(told)
        and read_symbols(text) in (Light.RED, Light.GREEN)
        and not (set(told) & _STARS and set(told) & _CIRCLES)
    )
