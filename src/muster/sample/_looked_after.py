"""Invented looked-after children: a history of care, and what this year's and last year's return hold of it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from muster.catalogue import load_collection
from muster.sample._care import Care, Course, Path, Stay
from muster.sample._child import YEAR, Nursery, birthday, days_ago
from muster.sample._looked_after_year import History, LookedAfterYear, YearOfCare
from muster.sample._records import Record

_NEEDS = ("N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8")
_NEEDS_WEIGHT = (65, 3, 3, 8, 13, 2, 1, 5)
_HOME = ("E4A", "E4A", "E4B", "E13", "E41", "E45", "E47", "E47", "E8")
_CARE_LEAVERS = 0.06


class LookedAfter:
    """Invents the looked-after children of one authority."""

    def __init__(self, year: int, authority: str, rng: Random) -> None:
        self.rng, self.when, self.before = rng, LookedAfterYear(year), LookedAfterYear(year - 1)
        self.nursery, self.care = Nursery(authority, rng), Care(rng)
        places = load_collection("looked_after").code_sets["placement"].in_force
        known = [one for one in range(year - 1, year + 1) if "K3" in places(one)]
        self._supported_from = LookedAfterYear(known[0]).start if known else None

    def children(self, count: int) -> Iterator[Record]:
        """So many children who were looked after in the year, with some who left care the year before."""
        for _ in range(count):
            yield self._written(self._history())
            if self.rng.random() < _CARE_LEAVERS:
                yield self._written(self._left_last_year())

    # -- histories ---------------------------------------------------------------------------------

    def _history(self) -> History:
        draw = self.rng.random()
        if draw < 0.06:
            return self._asylum()
        if draw < 0.11:
            return self._adoption()
        return self._cared_for()

    def _cared_for(self) -> History:
        rng, when = self.rng, self.when
        leaving = rng.random() < 0.28
        last = when.start + rng.randint(3, 358) if leaving else when.end
        born = last - int(rng.triangular(40, 18 * YEAR - 5, 15.5 * YEAR))
        began = max(days_ago(rng, last, 900, 6000), born + 1)
        if last - began < 9:
            began = max(born, last - 9)
        if leaving and birthday(born, 18) <= when.end - 8 and rng.random() < 0.8:
            last = max(birthday(born, 18), when.start + 3)
        history = self._of(born, began, last if leaving else None, "care")
        if leaving:
            self.care.ended(history.stays, last, self._reason(born, last, history.stays[-1]))
        return history

    def _reason(self, born: int, last: int, final: Stay) -> str:
        if last >= birthday(born, 18):
            foster = final.place.startswith("U")
            return "E17" if foster and self.rng.random() < 0.5 else "E5"
        reason = self.rng.choice(_HOME)
        if reason == "E45" and not final.place.startswith("U"):
            return "E47"
        return reason

    def _asylum(self) -> History:
        """A child who came alone, at 14 to 17; many turn 18 in the year."""
        rng, when = self.rng, self.when
        born = when.end - int(rng.triangular(14.5 * YEAR, 18.9 * YEAR, 17.9 * YEAR))
        if when.end - 8 < birthday(born, 18) <= when.end:
            born += 10
        adult = birthday(born, 18)
        leaves = adult <= when.end - 8
        last = adult if leaves else when.end
        began = max(days_ago(rng, last, 400, 1200), birthday(born, 12))
        began = min(began, last - 20)
        if leaves and last < when.start + 2:
            return self._cared_for()
        history = self._of(born, began, last if leaves else None, "asylum")
        if leaves:
            self.care.ended(history.stays, last, "E5")
        return history

    def _adoption(self) -> History:
        """A child on the way to adoption, which some reach in the year."""
        rng, when = self.rng, self.when
        began = when.end - rng.randint(270, 900)
        born = began - int(rng.expovariate(1 / 400)) - 1
        stays = self.care.stays(Course(began, None, when.end, born, "adoption", None))
        adopted = stays[-1].decom + rng.randint(75, 280)
        done = stays[-1].place == "A6" and when.start + 3 <= adopted <= when.end - 8
        if stays[-1].place == "A6" and adopted < when.start + 3:
            return self._cared_for()
        history = History(
            self.nursery.child(born), stays, self._need(), self.care.postcode(), path="adoption"
        )
        if done:
            self.care.ended(stays, adopted, rng.choice(("E11", "E12")))
        return history

    def _left_last_year(self) -> History:
        """A young person who left care in the year before and turned 17 or 18 by now."""
        rng, before = self.rng, self.before
        last = before.start + rng.randint(150, 355)
        born = last - int(rng.uniform(16.6 * YEAR, 17.9 * YEAR))
        history = self._of(born, last - rng.randint(150, 1500), last, "care")
        self.care.ended(history.stays, last, rng.choice(("E4A", "E5", "E6", "E8")))
        return history

    def _of(self, born: int, began: int, ended: int | None, path: Path) -> History:
        course = Course(began, ended, self.when.end, born, path, self._supported_from)
        stays = self.care.stays(course)
        return History(
            self.nursery.child(born, sex=self._sex(path)), stays, self._need(path), self.care.postcode(), path
        )

    def _sex(self, path: Path) -> str:
        return "M" if path == "asylum" and self.rng.random() < 0.95 else ""

    def _need(self, path: Path = "care") -> str:
        return "N8" if path == "asylum" else self.rng.choices(_NEEDS, _NEEDS_WEIGHT)[0]

    # -- records -----------------------------------------------------------------------------------

    def _written(self, history: History) -> Record:
        history.invent_lives(self.rng, mothers=history.ended is None or history.ended >= self.when.start)
        record = Record("children", {"child": history.child.number})
        YearOfCare(self.rng, history, self.when).write(record)
        YearOfCare(self.rng, history, self.before, last=True).write(record)
        return record
