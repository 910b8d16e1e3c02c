"""The authorities of England by their three-digit numbers, with those that are no more and what came after them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from muster.catalogue._source import SourceText, pipe_rows
from muster.catalogue.load import CATALOGUE
from muster.published.dataset import FOLDER


@dataclass(frozen=True)
class Authority:
    """An authority: its number and name, the year it ended in (None where it goes on), and what came after it."""

    number: str
    name: str
    region: str
    ended: int | None = None
    successors: tuple[str, ...] = ()


@cache
def load_authorities() -> dict[str, Authority]:
    """Every authority by its number.  Raises CatalogueError."""
    source = SourceText.read(FOLDER / "authorities.toml", CATALOGUE)
    found = {row["number"]: _authority(row) for _, row in pipe_rows(source.data["authorities"])}
    for one in found.values():
        for number in one.successors:
            if number not in found:
                raise source.fault_in_row(
                    f"{number}, which came after {one.number}, is not in the list", one.name
                )
    return found


def _authority(row: dict[str, str]) -> Authority:
    ended = int(row["ended"]) if row["ended"] else None
    return Authority(row["number"], row["name"], row["region"], ended, tuple(row["successors"].split()))


def current_authorities(number: str) -> tuple[Authority, ...]:
    """The authority of a number, or those that came after it; none where the number was never one."""
    known = load_authorities().get(number)
    if known is None:
        return ()
    if not known.successors:
        return (known,)
    return tuple(one for after in known.successors for one in current_authorities(after))
