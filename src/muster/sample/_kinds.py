"""The kinds of people a school employs, and how many of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Kind:
    """A kind of job: its role, pay and usual hours.

    ``pay`` is a pay range for teachers; for others the full-time pay of a year lies between ``wage``.
    ``part_time`` is the share who work less than full time, ``term_time`` the share paid for term time only.
    """

    role: str
    category: int
    pay: str = "OT"
    post: str = ""
    wage: tuple[int, int] = (0, 0)
    part_time: float = 0.0
    term_time: float = 0.0
    hours: tuple[float, ...] = ()

    @property
    def teaches(self) -> bool:
        """Whether this is a teacher's job."""
        return self.category <= 2


HEAD = Kind("HDTR", 1, "LD", "HDT")
DEPUTY = Kind("DPHT", 1, "LD", "DHT", part_time=0.05)
ASSISTANT = Kind("ASHT", 1, "LD", "AHT", part_time=0.08)
TEACHER = Kind("TCHR", 1, "TE", part_time=0.24)
SENCO = Kind("SENC", 1, "TU", part_time=0.3)
SUBJECT_LEADER = Kind("HDPT", 1, "TU", part_time=0.08)
LEADING_PRACTITIONER = Kind("TCHR", 1, "LP", "LDP", part_time=0.1)
UNQUALIFIED = Kind("TCHR", 1, "UT", part_time=0.2)
AGENCY = Kind("TCHR", 2, "")
ADVISER = Kind("ADVT", 1, "TU", "AVT", part_time=0.3)
PERIPATETIC = Kind("PERI", 1, "TE", part_time=0.6)
_CLASS_HOURS = (32.5, 30.0, 27.5, 25.0, 22.5, 20.0, 16.25, 15.0)
ASSISTANT_TO_TEACHER = Kind("TASS", 3, "OT", "TAS", (22_300, 25_200), 0.85, 0.95, _CLASS_HOURS)
SEN_ASSISTANT = Kind("LSEN", 3, "OT", "TAS", (22_600, 25_800), 0.85, 0.95, _CLASS_HOURS)
HIGHER_ASSISTANT = Kind("HLTA", 3, "OT", "TAS", (26_000, 30_500), 0.6, 0.9, (32.5, 30.0, 27.5, 25.0))
BUSINESS = Kind("BUSS", 4, "OT", "business", (35_000, 52_000), 0.25, 0.3, (30.0, 32.5, 25.0))

_OFFICE = (30.0, 25.0, 20.0, 32.5)
_SHORT = (5.0, 6.25, 7.5, 10.0)
_SUPPORT = {
    "ADMC": Kind("ADMC", 4, wage=(22_700, 25_600), part_time=0.7, term_time=0.8, hours=_OFFICE),
    "RECP": Kind("RECP", 4, wage=(22_700, 25_600), part_time=0.7, term_time=0.8, hours=_OFFICE),
    "SSEC": Kind("SSEC", 4, wage=(23_500, 27_500), part_time=0.6, term_time=0.7, hours=_OFFICE),
    "FINC": Kind("FINC", 4, wage=(25_200, 31_000), part_time=0.5, term_time=0.5, hours=_OFFICE),
    "MIDA": Kind("MIDA", 4, wage=(22_300, 23_600), part_time=1, term_time=1, hours=_SHORT),
    "MIDS": Kind("MIDS", 4, wage=(22_500, 24_200), part_time=1, term_time=1, hours=_SHORT),
    "CTKR": Kind("CTKR", 4, wage=(23_000, 27_000), part_time=0.3, hours=(30.0, 25.0, 18.5)),
    "CLNR": Kind("CLNR", 4, wage=(22_300, 23_200), part_time=1, term_time=0.4, hours=(10.0, 12.5, 15.0)),
    "COOK": Kind("COOK", 4, wage=(22_700, 26_500), part_time=0.8, term_time=1, hours=(30.0, 25.0, 20.0)),
    "LMEN": Kind("LMEN", 4, wage=(24_000, 28_500), part_time=0.5, term_time=0.9, hours=_OFFICE),
    "PAST": Kind("PAST", 4, wage=(24_500, 30_000), part_time=0.4, term_time=0.9, hours=_OFFICE),
    "COVR": Kind("COVR", 4, wage=(23_800, 27_000), part_time=0.5, term_time=1, hours=_CLASS_HOURS),
    "ATTN": Kind("ATTN", 4, wage=(23_500, 27_500), part_time=0.5, term_time=0.9, hours=_OFFICE),
    "EXAM": Kind("EXAM", 4, wage=(24_500, 30_000), part_time=0.4, term_time=0.6, hours=_OFFICE),
    "STCH": Kind("STCH", 4, wage=(22_900, 26_000), part_time=0.6, term_time=0.9, hours=_OFFICE),
    "ICTT": Kind("ICTT", 4, wage=(24_000, 30_000), part_time=0.2, term_time=0.2, hours=_OFFICE),
    "LIBR": Kind("LIBR", 4, wage=(23_000, 28_000), part_time=0.6, term_time=0.9, hours=_OFFICE),
    "NURS": Kind("NURS", 4, wage=(28_000, 34_000), part_time=0.5, term_time=0.9, hours=_OFFICE),
    "OCSU": Kind("OCSU", 4, wage=(26_000, 38_000), part_time=0.3, hours=_OFFICE),
}
_OFFICE_AND_SITE = "ADMC RECP SSEC FINC CTKR CLNR"
_SUPPORT_BY_PHASE = {
    "Nursery": f"{_OFFICE_AND_SITE} MIDA COOK".split(),
    "Primary": f"{_OFFICE_AND_SITE} MIDA MIDA MIDA MIDS CLNR COOK LMEN".split(),
    "Special": f"{_OFFICE_AND_SITE} MIDA MIDA NURS PAST COOK".split(),
    "PRU": f"{_OFFICE_AND_SITE} LMEN PAST ATTN".split(),
    "Secondary": (
        f"{_OFFICE_AND_SITE} ADMC ADMC PAST PAST LMEN COVR COVR ATTN EXAM STCH STCH ICTT LIBR MIDS CLNR"
    ).split(),
    "Central": ["OCSU", "ADMC", "FINC"],
}
_SUPPORT_BY_PHASE["All-through"] = _SUPPORT_BY_PHASE["Secondary"] + ["MIDA", "MIDA", "COOK"]


@dataclass(frozen=True)
class Headcount:
    """How many teachers, teaching assistants and other support staff a school has."""

    teachers: int
    assistants: int
    support: int


TYPICAL = {
    "Nursery": Headcount(4, 7, 3),
    "Primary": Headcount(16, 15, 10),
    "Secondary": Headcount(66, 16, 30),
    "All-through": Headcount(74, 28, 34),
    "Special": Headcount(18, 34, 12),
    "PRU": Headcount(9, 8, 6),
    "Central": Headcount(14, 0, 16),
}


def kinds_of_staff(phase: str, head_count: Headcount, rng: Random) -> Iterator[Kind]:
    """The kind of every person a school of this phase and size employs."""
    if phase == "Central":
        yield from (rng.choice((ADVISER, PERIPATETIC)) for _ in range(head_count.teachers))
    else:
        yield from _teachers(phase in {"Secondary", "All-through"}, head_count.teachers, rng)
    for _ in range(head_count.assistants):
        yield rng.choices((ASSISTANT_TO_TEACHER, SEN_ASSISTANT, HIGHER_ASSISTANT), (62, 30, 8))[0]
    if head_count.support > 2 and phase not in {"Central", "Nursery"}:
        yield BUSINESS
    roles = _SUPPORT_BY_PHASE[phase]
    for _ in range(head_count.support - (head_count.support > 2 and phase not in {"Central", "Nursery"})):
        yield _SUPPORT[rng.choice(roles)]


def lunchtime_kind() -> Kind:
    """The second job many teaching assistants have."""
    return _SUPPORT["MIDA"]


def _teachers(secondary: bool, count: int, rng: Random) -> Iterator[Kind]:
    leaders = [HEAD]
    leaders += [DEPUTY] * ((count >= 6) + (count >= 55))
    leaders += [ASSISTANT] * (count // (16 if secondary else 14))
    leaders = leaders[: max(1, count)]
    yield from leaders
    if count > len(leaders):
        yield SENCO
    for _ in range(max(0, count - len(leaders) - 1)):
        share = rng.random()
        if secondary and share < 0.16:
            yield SUBJECT_LEADER
        elif secondary and share < 0.175:
            yield LEADING_PRACTITIONER
        else:
            yield UNQUALIFIED if share > 0.965 else TEACHER
