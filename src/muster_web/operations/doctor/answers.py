"""What a check of a deployment answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How well something stands."""

    WELL = "well"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"


@dataclass(frozen=True)
class Answer:
    """What one check found; ``do`` says what to do where it is not well."""

    level: Level
    found: str
    do: str = ""


def well(found: str) -> Answer:
    """All is as it should be."""
    return Answer(Level.WELL, found)


def doubtful(found: str, do: str) -> Answer:
    """It works, but somebody should look at it."""
    return Answer(Level.DOUBTFUL, found, do)


def wrong(found: str, do: str) -> Answer:
    """It must not stay like this."""
    return Answer(Level.WRONG, found, do)
