"""Numbers of the right shape that nobody can have.

Teacher numbers begin with the year of registration; these are the 80,000th to 99,999th registration of a
year, where about 40,000 are ever made.  National Insurance numbers carry the prefix PP, which the tax
authority's manual lists as administrative and never issues to a person, with the ordinary last letters: they
pass the test of shape and still cannot be real.  Temporary numbers are made as payrolls make theirs.  The
authority is 999, which no authority has.  Unique pupil numbers are of establishments 9000 to 9999 of an
authority, numbers that no school has.
"""

from __future__ import annotations

from muster.identifiers.upn import letter_of

_YEARS = (*range(60, 100), *range(20))
_PER_YEAR = 20_000
_NI_SERIES = 1_000_000


def teacher_number(index: int) -> str:
    """The invented teacher number with this index, 0 to 1,199,999; each index gives another number."""
    serial, year = divmod(index, len(_YEARS))
    return f"{_YEARS[year * 7 % len(_YEARS)]:02d}{80_000 + serial * 7919 % _PER_YEAR}"


def ni_number(index: int) -> str:
    """The invented National Insurance number with this index, 0 to 3,999,999."""
    series, serial = divmod(index, _NI_SERIES)
    return f"PP{serial * 611_953 % _NI_SERIES:06d}{'ABCD'[series % 4]}"


def temporary_ni_number(birth_date: str, sex: str) -> str:
    """The number a payroll makes up from birth date and sex until the real one is known."""
    year, month, day = birth_date.split("-")
    return f"TN{day}{month}{year[2:]}{'M' if sex in {'M', '1'} else 'F'}"


def unique_pupil_number(authority: str, index: int, year: int) -> str:
    """The invented UPN with this index, 0 to 999,999, given out in an authority in a year, with its check letter."""
    digits = f"{authority}9{index // 1000:03d}{year % 100:02d}{index % 1000:03d}"
    return f"{letter_of(digits)}{digits}"
