"""Traffic lights as symbols that a converter has damaged: a star for the lit one, circles for the others.

The first of the places is red and the last is green.  So a star before the circles is red, and one after them green.
"""

from __future__ import annotations

from muster.performance.lights import Light

_WORDS = {
    "not met": Light.RED, "nearly met": Light.AMBER, "met": Light.GREEN, "cannot be reported": Light.GREY,
    "not due": Light.NONE, "red": Light.RED, "amber": Light.AMBER, "green": Light.GREEN, "grey": Light.GREY,
}  # fmt: skip
_SHAPES = "".join(light.shape for light in Light) + " "
_STARS = frozenset("*★☆∗⋆✶✱")
_CIRCLES = frozenset("oO0○●•◦©◎")


def read_symbols(text: str) -> Light | None:
    """The light of some words or symbols; grey where they say n/a, None where nothing can be made of them."""
    words = text.lower().lstrip(_SHAPES)
    said = next((light for word, light in _WORDS.items() if words.startswith(word)), None)
    if said:
        return said
    told = "".join(text.split())
    if told.casefold() in ("n/a", "na"):
        return Light.GREY
    if told[:1] in _STARS:
        return Light.RED
    return Light.GREEN if told[:1] in _CIRCLES else None


def is_damaged(text: str) -> bool:
    """Whether a light was read from symbols of which either the star or the circles are missing."""
    told = set("".join(text.split()))
    if not told or any(text.lower().lstrip(_SHAPES).startswith(word) for word in _WORDS):
        return False
    return read_symbols(text) in (Light.RED, Light.GREEN) and not (told & _STARS and told & _CIRCLES)
