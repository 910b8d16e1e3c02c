"""What the returns that were sent last answer: their figures, read once however many ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from typing import Any

from muster.inspecting import ReturnsFigure, counted_figures, counts_figures
from muster.model import MusterError
from muster.model.words import count_of
from muster_web.accounts.models import Organisation
from muster_web.performance.queries.sent_returns import (
    SentReturn,
    given_by,
    last_round,
    returns_of_authority,
    sent_again,
    sent_returns,
)


@dataclass(frozen=True)
class Answered:
    """The figures of a collection by name, over the returns of one round; ``said`` is how many of them were sent."""

    collection: str
    year: int
    sent: tuple[SentReturn, ...]
    figures: Mapping[str, ReturnsFigure]
    said: str = ""

    @property
    def by_ref(self) -> dict[str, SentReturn]:
        """The returns by the number of whose they are."""
        return {one.subject.organisation.ref: one for one in self.sent}


class LastReturns:
    """The returns of an authority as far as they were sent, of each collection those of its last round up to a day."""

    def __init__(self, authority: Organisation, until: date) -> None:
        self._authority, self._until = authority, until
        self._found: dict[str, Answered | None] = {}

    def of(self, collection: str) -> Answered | None:
        """What they answer; None where there is no such round.  Raises MusterError where one cannot be read."""
        if collection not in self._found:
            self._found[collection] = self._read(collection)
        return self._found[collection]

    def _read(self, collection: str) -> Answered | None:
        round_ = last_round(self._authority, collection, self._until)
        if round_ is None or not counts_figures(collection):
            return None
        owed = returns_of_authority(self._authority).filter(round=round_)
        sent = sent_returns(owed)
        said = f"{len(sent)} of {count_of(owed.count(), 'return')} sent, of {round_}"
        return _answered(collection, round_.year, sent, said=said)


def answered_again(collection: str, year: int, parts: Sequence[Mapping[str, Any]]) -> Answered:
    """What the very data of these parts answer today.  Raises MusterError where they are no longer there."""
    sent = sent_again(parts)
    if gone := len(parts) - len(sent):
        raise MusterError(f"{count_of(gone, 'version')} of the data are no longer kept")
    return _answered(collection, year, sent)


def data_of(one: SentReturn) -> dict[str, Any]:
    """Which data of a return went into a figure: the version and its SHA-256, and the changes laid over it."""
    subject, version_ = one.subject, one.version
    return {
        "ref": subject.organisation.ref, "name": subject.organisation.name, "return": subject.pk,
        "version": str(version_.pk), "number": version_.number, "file": version_.name, "sha256": version_.sha256,
        "edits": [edit.pk for edit in one.edits],
    }  # fmt: skip


def exact_text(number: object) -> str:
    """A sum as it is kept; '' where there is none."""
    return "" if number is None else f"{number:f}"


def _answered(collection: str, year: int, sent: Iterable[SentReturn], *, said: str = "") -> Answered:
    held = tuple(sent)
    with ExitStack() as opened:
        figures = counted_figures(collection, year, given_by(opened, held))
    return Answered(collection, year, held, {one.indicator.name: one for one in figures}, said)
