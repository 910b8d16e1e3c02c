"""Invented periods of care: one placement and legal status after the other, from the first day to the last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from random import Random
from typing import Literal

from muster.sample._child import YEAR

Path = Literal["care", "asylum", "adoption"]
_WITHOUT_URN = {"P1"}
_REASONS = ("CARPL", "CREQB", "CREQO", "CHILD", "LAREQ", "CLOSE", "PLACE", "OTHER", "STAND", "ALLEG")
_REASONS_UP_TO = tuple(accumulate((38, 16, 10, 7, 9, 4, 5, 8, 2, 1)))
_FOSTER = ("U6", "U4", "U5", "U3", "U1", "U2")
_FOSTER_UP_TO = tuple(accumulate((45, 18, 8, 17, 9, 3)))
_PROVIDERS = {
    "foster": (("PR1", "PR4", "PR5"), (58, 94, 100)),
    "home": (("PR4", "PR1", "PR5"), (80, 94, 100)),
}


@dataclass(frozen=True)
class Stay:
    """One episode: days are ordinals, None where it goes on."""

    decom: int
    rne: str
    ls: str
    place: str
    provider: str
    pl_post: str
    urn: str
    dec: int | None = None
    rec: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Course:
    """What a period of care has to be: from when until when, of whom, on which path and for which need."""

    began: int
    ended: int | None
    horizon: int
    born: int
    path: Path
    supported_from: int | None


class Care:
    """Invents the episodes of periods of care."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def stays(self, course: Course) -> list[Stay]:
        """The episodes from the start of care to its end, or to the horizon."""
        last = course.ended or course.horizon
        status = self._first_status(course)
        place = self._place(course, course.began, status)
        stays = [replace(place, decom=course.began, rne="S", ls=status)]
        for day, kind in self._changes(course, last):
            self._change(stays, course, day, kind)
        return stays

    def ended(self, stays: list[Stay], day: int, reason: str) -> None:
        """End the last episode."""
        stays[-1] = replace(stays[-1], dec=day, rec=reason)

    def _first_status(self, course: Course) -> str:
        if course.path == "asylum":
            return "V2"
        return "C1" if course.path == "adoption" or self.rng.random() < 0.62 else "V2"

    def _changes(self, course: Course, last: int) -> list[tuple[int, str]]:
        """The days on which something changes, each with what: the status or the placement."""
        rng, found = self.rng, {}
        if course.path == "adoption":
            granted = course.began + rng.randint(200, 260)
            found = {granted: "E1", granted + rng.randint(60, 180): "adopters"}
        else:
            day = course.began
            while len(found) < 12:
                day += 3 + int(rng.expovariate(1 / 520))
                if day >= last - 7:
                    break
                found[day] = "place"
            ordered = course.began + rng.randint(140, 240)
            if course.path == "care":
                found[ordered] = "C2"
        return sorted((day, kind) for day, kind in found.items() if course.began < day < last - 7)

    def _change(self, stays: list[Stay], course: Course, day: int, kind: str) -> None:
        before = stays[-1]
        if kind in ("C2", "E1"):
            if before.ls == "V2":
                return
            after = replace(before, decom=day, rne="L", ls=kind)
            stays[-1] = replace(before, dec=day, rec="X1", reason="")
        else:
            after = self._adopters(day) if kind == "adopters" else self._place(course, day, before.ls)
            after = replace(after, decom=day, rne="P", ls=before.ls)
            reason = "CARPL" if kind == "adopters" else self._reason()
            stays[-1] = replace(before, dec=day, rec="X1", reason=reason)
        stays.append(after)

    def _reason(self) -> str:
        return self.rng.choices(_REASONS, cum_weights=_REASONS_UP_TO)[0]

    def _adopters(self, day: int) -> Stay:
        return self._stay(day, "A6", "PR1")

    def _place(self, course: Course, day: int, status: str) -> Stay:
        """A placement that suits the age and the legal status."""
        rng, age, draw = self.rng, (day - course.born) / YEAR, self.rng.random()
        supported = course.supported_from is not None and day >= course.supported_from
        if age >= 16.05 and draw < (0.6 if course.path == "asylum" else 0.3) and supported:
            return self._stay(day, "K3", self._provider("home"))
        if age >= 8 and draw > 0.82:
            return self._stay(day, "K2", self._provider("home"))
        if status == "C2" and draw > 0.72:
            return self._stay(day, "P1", "PR0")
        return self._stay(day, rng.choices(_FOSTER, cum_weights=_FOSTER_UP_TO)[0], self._provider("foster"))

    def _provider(self, kind: str) -> str:
        providers, up_to = _PROVIDERS[kind]
        return self.rng.choices(providers, cum_weights=up_to)[0]

    def _stay(self, day: int, place: str, provider: str) -> Stay:
        urn = "" if place in _WITHOUT_URN else f"99{self.rng.randrange(100_000):05d}"
        return Stay(day, "", "", place, provider, self.postcode(), urn)

    def postcode(self) -> str:
        """A postcode of the area ZZ, which is no place."""
        rng = self.rng
        unit = "".join(rng.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        return f"ZZ{rng.randint(10, 98)} {rng.randint(1, 9)}{unit}"


def as_returned(stays: list[Stay], start: int, end: int) -> list[Stay]:
    """The episodes that a return of the year from ``start`` to ``end`` holds, as they were known at its end."""
    known = [stay for stay in stays if stay.decom <= end and (stay.dec is None or stay.dec >= start)]
    return [
        replace(stay, dec=None, rec="", reason="") if stay.dec is not None and stay.dec > end else stay
        for stay in known
    ]
