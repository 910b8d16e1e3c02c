"""Invented pupils whom two schools return at once, under one UPN or under two."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy

from muster.sample._identifiers import unique_pupil_number
from muster.sample._pupil import Seat
from muster.sample._records import Record

_EVERY = 7
_FIRST_OTHER = 990_000
_NAMES = ("pupil on roll at two schools", "pupil with another UPN at another school")


class Doubles:
    """Puts a pupil of every seventh school on the roll of the next school of its phase as well."""

    def __init__(self, planted: Counter[str]) -> None:
        self.planted = planted
        self._schools = self._lent = 0
        self._waiting: dict[str, tuple[Seat, Record]] = {}

    def of_a_school(self, phase: str, pupils: list[tuple[Seat, Record]]) -> list[tuple[Seat, Record]]:
        """The pupils that a school has besides its own; perhaps one of its own goes to the next."""
        self._schools += 1
        taken = [self._waiting.pop(phase)] if phase in self._waiting else []
        if self._schools % _EVERY == 0 and pupils:
            self._lend(phase, *deepcopy(pupils[0]))
        return taken

    def _lend(self, phase: str, seat: Seat, pupil: Record) -> None:
        self._lent += 1
        upn = pupil.values["upn"]
        if self._lent % 2 == 0:
            pupil.values["upn"] = unique_pupil_number(upn[1:4], _FIRST_OTHER + self._lent, int(upn[8:10]))
        self.planted[_NAMES[self._lent % 2 == 0]] += 1
        self._waiting[phase] = (seat, pupil)
