"""Schools of the real register with the staff numbers of the published workforce file; people are invented."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from muster.model import MusterError, UnreadableFile
from muster.sample._kinds import TYPICAL, Headcount

_PHASES = {
    "State-funded primary": "Primary",
    "State-funded secondary": "Secondary",
    "State-funded special school": "Special",
    "State-funded nursery": "Nursery",
    "Pupil referral unit": "PRU",
    "Primary": "Primary",
    "Middle deemed primary": "Primary",
    "Secondary": "Secondary",
    "Middle deemed secondary": "Secondary",
    "16 plus": "Secondary",
    "All through": "All-through",
}
_WORDS_IN_NAMES = (
    ("Nursery", ("nursery",)),
    ("PRU", ("pupil referral", "alternative provision")),
    ("Special", ("special school",)),
    ("Primary", ("primary", "infant", "junior", "first school")),
    ("Secondary", ("high school", "secondary", "college", "grammar", "sixth form")),
)
_NEEDED = ("urn", "name", "la_code_from_postcode", "la_code_2019", "estab_2019", "school_type_2019")
_COUNTS = (
    "Total Number of Teachers (Headcount)",
    "Total Number of Teaching Assistants (Headcount)",
    "Total Number of Non Classroom-based School Support Staff, Excluding Auxiliary Staff (Headcount)",
)
# The band of establishment numbers that no school of the register uses, for those whose own is not published.
_FREE_BAND = 9001


@dataclass(frozen=True)
class RegisterSchool:
    """A school of the register: its number, phase, pay area and how many it employs."""

    ref: str
    phase: str
    area: str
    head_count: Headcount

    @property
    def staff(self) -> int:
        """Everyone the school employs."""
        return self.head_count.teachers + self.head_count.assistants + self.head_count.support


def read_register(register: Path, workforce: Path | None, seed: int | str) -> list[RegisterSchool]:
    """Every school of the register; where the workforce file has no numbers, those of a school of its phase.

    Without a workforce file the numbers are typical of the phase.
    """
    counts, phases = _workforce(workforce) if workforce else ({}, {})
    by_phase: dict[str, list[Headcount]] = defaultdict(list)
    for urn, head_count in counts.items():
        by_phase[phases[urn]].append(head_count)
    rng = Random(f"{seed}:register")
    free: dict[str, int] = defaultdict(lambda: _FREE_BAND)
    schools = []
    for row in _rows(register, _NEEDED):
        phase = phases.get(row["urn"]) or _phase(rng, row)
        head_count = counts.get(row["urn"]) or _drawn(rng, by_phase[phase], phase)
        ref = _ref(row, free)
        schools.append(RegisterSchool(ref, phase, _area(ref), head_count))
    return schools


def sized(schools: list[RegisterSchool], *, staff: int, count: int | None) -> list[RegisterSchool]:
    """So many schools, evenly from the list, together with about so many staff."""
    chosen = schools
    if count is not None and count < len(schools):
        chosen = [schools[n * len(schools) // count] for n in range(count)]
    wanted = staff / max(1, sum(school.staff for school in chosen))
    return [_scaled(school, wanted) for school in chosen]


def _scaled(school: RegisterSchool, factor: float) -> RegisterSchool:
    counts = school.head_count
    return replace(
        school,
        head_count=Headcount(
            max(1, round(counts.teachers * factor)),
            round(counts.assistants * factor),
            round(counts.support * factor),
        ),
    )


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [heading for heading in needed if heading not in (reader.fieldnames or ())]
            if missing:
                raise MusterError(
                    f"{path.name} has no column '{missing[0]}'; give a file with {', '.join(needed)}."
                )
            yield from reader
    except (OSError, UnicodeDecodeError) as problem:
        raise UnreadableFile(
            f"{path} cannot be read: {problem}. Give the path of the file as published."
        ) from None


def _workforce(path: Path) -> tuple[dict[str, Headcount], dict[str, str]]:
    counts: dict[str, Headcount] = {}
    phases: dict[str, str] = {}
    for row in _rows(path, ("URN", "School Phase", *_COUNTS)):
        numbers = [row[heading].replace(",", "") for heading in _COUNTS]
        if row["School Phase"] in _PHASES and all(number.isdigit() for number in numbers):
            counts[row["URN"]] = Headcount(*map(int, numbers))
            phases[row["URN"]] = _PHASES[row["School Phase"]]
    return counts, phases


def _phase(rng: Random, row: dict[str, str]) -> str:
    if row["school_type_2019"] in _PHASES:
        return _PHASES[row["school_type_2019"]]
    name = row["name"].casefold()
    for phase, words in _WORDS_IN_NAMES:
        if any(word in name for word in words):
            return phase
    return "Primary" if rng.random() < 0.75 else "Secondary"


def _drawn(rng: Random, known: list[Headcount], phase: str) -> Headcount:
    if known:
        return rng.choice(known)
    typical, size = TYPICAL[phase], rng.triangular(0.5, 1.6, 0.9)
    return Headcount(
        max(1, round(typical.teachers * size)),
        round(typical.assistants * size),
        round(typical.support * size),
    )


def _ref(row: dict[str, str], free: dict[str, int]) -> str:
    if row["la_code_2019"].isdigit() and row["estab_2019"].isdigit():
        return f"{row['la_code_2019']}/{row['estab_2019']}"
    lea = row["la_code_from_postcode"] or "999"
    free[lea] += 1
    return f"{lea}/{free[lea] - 1}"


def _area(ref: str) -> str:
    """Inner London authorities are numbered 201 to 213, outer London 301 to 320."""
    lea = int(ref[:3])
    if 201 <= lea <= 213:
        return "IL"
    return "OL" if 301 <= lea <= 320 else "EW"
