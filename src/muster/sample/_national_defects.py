"""A few mistakes in finished returns, at most one per person, counted."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from random import Random

from muster.sample._mess import DEFECTS, Defect
from muster.sample._truth import Person

_RATES = {
    ("teacher number missing", "mis"): 0.006,
    ("NI number missing", "mis"): 0.008,
    ("NI number misread", "mis"): 0.002,
    ("NI number temporary", "payroll"): 0.002,
    ("ethnicity missing", "mis"): 0.006,
    ("ethnicity wrong", "mis"): 0.001,
    ("role wrong", "mis"): 0.001,
    ("arrival after start", "mis"): 0.003,
    ("origin missing", "mis"): 0.004,
    ("destination missing", "mis"): 0.004,
    ("hours missing", "payroll"): 0.002,
    ("contract type wrong", "payroll"): 0.0005,
    ("contract ends before it starts", "payroll"): 0.004,
    ("days lost missing", "payroll"): 0.004,
    ("absences overlap", "payroll"): 0.002,
    ("pay a digit short", "payroll"): 0.001,
}
_CHOSEN: tuple[Defect, ...] = tuple(one for one in DEFECTS if (one.name, one.source) in _RATES)
_UP_TO = tuple(accumulate(_RATES[one.name, one.source] for one in _CHOSEN))
_SHARED_NUMBER = 0.0005
SHARED = "teacher number of somebody else"


class Spoiler:
    """Breaks a record here and there and counts what it did."""

    def __init__(self) -> None:
        self.planted: Counter[str] = Counter()
        self._last_number = ""

    def spoil(self, rng: Random, person: Person) -> None:
        """Damage this person's record, or more often leave it."""
        share = rng.random()
        if share < _UP_TO[-1]:
            defect = next(one for one, up_to in zip(_CHOSEN, _UP_TO, strict=True) if share < up_to)
            if defect.damage(rng, person):
                self.planted[defect.name] += 1
        number = person.details.get("teacher_number", "")
        if number and self._last_number and share > 1 - _SHARED_NUMBER:
            person.details["teacher_number"] = self._last_number
            self.planted[SHARED] += 1
        self._last_number = number or self._last_number
