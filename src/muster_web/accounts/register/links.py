"""Which establishment came before which, as the links file of the register says, in either direction."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from muster_web.accounts.register.files import LINKS_NEEDED, Refused, Row, WrongValue, day_in, rows_of


@dataclass(frozen=True)
class Link:
    """One establishment that came before another."""

    predecessor: str
    successor: str
    kind: str
    on: date | None


@dataclass
class Links:
    """The links of a file: each once, with what was refused and what says nothing about who came first."""

    found: dict[tuple[str, str], Link] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    other: Counter[str] = field(default_factory=Counter)
    rows: int = 0


def links_of(path: Path) -> Links:
    """The links of a file; raises MusterError where it is no links file."""
    links = Links()
    for row in rows_of(path, LINKS_NEEDED):
        links.rows += 1
        try:
            _take(links, row)
        except WrongValue as wrong:
            links.refused.append(wrong.at(row.number))
    return links


def _take(links: Links, row: Row) -> None:
    said = row.values
    mine, other, kind = said["URN"], said["LinkURN"], said["LinkType"]
    for column in ("URN", "LinkURN"):
        if not said[column].isdecimal():
            raise WrongValue(column, said[column], "this is no URN", "Download the file again.")
    pair = _in_order(mine, other, kind)
    if pair is None:
        links.other[kind] += 1
        return
    if pair[::-1] in links.found:
        raise WrongValue(
            "LinkType", kind, f"{mine} and {other} are each said to come before the other",
            "The link said first is kept; ask the register to correct it.",
        )  # fmt: skip
    links.found.setdefault(
        pair, Link(*pair, _plain(kind), day_in("LinkEstablishedDate", said["LinkEstablishedDate"]))
    )


def _in_order(mine: str, other: str, kind: str) -> tuple[str, str] | None:
    """Who came first and who second; None where the kind of link does not say."""
    if mine == other:
        return None
    if kind.startswith("Successor"):
        return mine, other
    return (other, mine) if kind.startswith("Predecessor") else None


def _plain(kind: str) -> str:
    """What happened, apart from the direction: merged, amalgamated, split school, or ''."""
    return kind.partition(" - ")[2].lower()
