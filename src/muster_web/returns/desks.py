"""The library's desks of this process, one for each collection and year, kept warm."""

from __future__ import annotations

from functools import lru_cache

from muster.inspecting import Desk


@lru_cache(maxsize=8)
def desk_for(collection: str, year: int) -> Desk:
    """The desk that reads and checks returns of a collection and year."""
    return Desk(collection, year)
