"""The portable functions of the rule language in plain Python: the reference for every engine.

Dates are ISO texts here, as SQLite keeps them.  An empty value gives an empty answer, except that a
question answered yes or no is answered no.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from muster.engines.holidays import Holidays
from muster.identifiers import people
from muster.identifiers.uln import check_digit
from muster.identifiers.upn import check_letter

Value = str | int | float | None
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ"
_LOWER = str.maketrans(_CAPITALS, _CAPITALS.lower())
_UPPER = str.maketrans(_CAPITALS.lower(), _CAPITALS)
_EXACT = Context(prec=400)
_IN_ANY_MONTH = 28  # every month has so many days
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII).fullmatch
_DATETIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)?", re.ASCII).fullmatch
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII).fullmatch
_WHOLE = re.compile(r"-?\d{1,15}", re.ASCII).fullmatch


def as_date(text: str) -> str | None:
    """The text if it is exactly a calendar date."""
    if not _DATE(text):
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def as_datetime(text: str) -> str | None:
    """The date and time to the second as written, if the text is exactly one."""
    if not _DATETIME(text):
        return None
    try:
        return datetime.fromisoformat(text[:19]).isoformat(sep=" ")
    except ValueError:
        return None


def as_number(text: str) -> float | None:
    """The number, if the text is digits with an optional sign and decimal part."""
    return float(text) if _NUMBER(text) else None


def as_whole(text: str) -> int | None:
    """The whole number, if the text is digits with an optional sign."""
    return int(text) if _WHOLE(text) else None


def as_boolean(text: str) -> int | None:
    """1 for true, 0 for false, in any case of letters."""
    return {"true": 1, "1": 1, "false": 0, "0": 0}.get(text.lower())


@lru_cache(maxsize=100_000)
def _day(text: Value) -> date:
    return date.fromisoformat(str(text)[:10])


def full_months(start: Value, end: Value) -> int:
    """Complete months between two dates, negative if they are the wrong way round."""
    a, b = _day(start), _day(end)
    if b < a:
        return -full_months(end, start)
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day)


def full_years(start: Value, end: Value) -> int:
    """Complete years between two dates, negative if they are the wrong way round."""
    a, b = str(start), str(end)
    if b[:10] < a[:10]:
        return -full_years(end, start)
    return int(b[:4]) - int(a[:4]) - (b[5:10] < a[5:10])


def days_between(start: Value, end: Value) -> int:
    """The difference of two dates in days."""
    return (_day(end) - _day(start)).days


def add_days(start: Value, days: float) -> str | None:
    """The date so many whole days later; empty outside the years 1 to 9999."""
    try:
        return (_day(start) + timedelta(days=int(days))).isoformat()
    except OverflowError:
        return None


def add_months(start: Value, months: float) -> str | None:
    """The date so many months later, or the last day of that month where the day does not exist."""
    d = _day(start)
    year, month = divmod(d.year * 12 + d.month - 1 + int(months), 12)
    if not 1 <= year <= 9999:
        return None
    last = d.day if d.day <= _IN_ANY_MONTH else min(d.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, last).isoformat()


def add_years(start: Value, years: float) -> str | None:
    """The date so many years later; 29 February becomes 28 where it must."""
    text = str(start)
    year, day = int(text[:4]) + int(years), text[4:10]
    if not 1 <= year <= 9999:
        return None
    return f"{year:04}{'-02-28' if day == '-02-29' and not isleap(year) else day}"


def weekdays_between(start: Value, end: Value) -> int:
    """Mondays to Fridays from the first to the last day, both counted; 0 if they are the wrong way round."""
    first, last = _day(start).toordinal(), _day(end).toordinal()
    weeks, rest = divmod(max(last - first + 1, 0), 7)
    return weeks * 5 + sum((last - n - 1) % 7 < 5 for n in range(rest))


def ratio(a: Value, b: Value) -> float | None:
    """A divided by b; empty where b is 0."""
    return float(a or 0) / float(b) if b else None


def rounded(number: Value, places: Value) -> float:
    """The number rounded as it is written, halves away from nought."""
    written = Decimal(repr(float(number or 0)))
    return float(written.quantize(Decimal(1).scaleb(-int(places or 0)), ROUND_HALF_UP, _EXACT))


def lower(text: Value) -> str:
    """The text in small letters, as far as A to Z and Latin-1 go."""
    plain = str(text)
    return plain.lower() if plain.isascii() else plain.translate(_LOWER)


def upper(text: Value) -> str:
    """The text in capitals, as far as A to Z and Latin-1 go."""
    plain = str(text)
    return plain.upper() if plain.isascii() else plain.translate(_UPPER)


def trim(text: Value) -> str:
    """The text without spaces at its ends."""
    return str(text).strip(" ")


def upn_check_letter(upn: Value) -> str | None:
    """The letter a UPN with this body must start with; empty if the body has the wrong shape."""
    return check_letter(str(upn))


def uln_check_digit(uln: Value) -> str | None:
    """The digit a ULN with these nine must end with; empty if the shape is wrong or it was never issued."""
    return check_digit(str(uln))


@lru_cache(maxsize=1024)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def matches(text: Value, pattern: str) -> bool:
    """Whether the whole text matches."""
    return _pattern(pattern).fullmatch(str(text)) is not None


def is_ni_number(text: Value) -> bool:
    """Whether the text has the shape of a National Insurance number."""
    return people.is_ni_number(str(text))


def is_teacher_number(text: Value) -> bool:
    """Whether the text is seven digits."""
    return people.is_teacher_number(str(text))


def contains(text: Value, part: str) -> bool:
    """Whether the part stands in the text."""
    return part in str(text)


def starts_with(text: Value, part: str) -> bool:
    """Whether the text starts with the part."""
    return str(text).startswith(part)


def periods_overlap(a_from: Value, a_to: Value, b_from: Value, b_to: Value) -> bool:
    """Whether two periods share a day; an empty end is open, a period with no end at all is none."""
    if (a_from is None and a_to is None) or (b_from is None and b_to is None):
        return False
    starts_in_time = a_from is None or b_to is None or str(a_from) <= str(b_to)
    return starts_in_time and (b_from is None or a_to is None or str(b_from) <= str(a_to))


def _no_of_empty(function: Callable[..., bool]) -> Callable[..., bool]:
    return lambda *values: False if None in values else function(*values)


def _empty_of_empty(function: Callable[..., Value]) -> Callable[..., Value]:
    return lambda *values: None if None in values else function(*values)


def working_day_functions(holidays: Holidays) -> dict[str, tuple[int, Callable[..., Value]]]:
    """The portable functions that need the bank holidays, as ``functions`` gives the others."""
    return {
        "m_working_days_between": (2, _empty_of_empty(holidays.between)),
        "m_add_working_days": (2, _empty_of_empty(holidays.add)),
    }


def functions() -> dict[str, tuple[int, Callable[..., Value]]]:
    """Every portable function but those of working days under the name the plans use, with its number of values."""
    plain: dict[str, tuple[int, Callable[..., Value]]] = {
        "m_full_years": (2, full_years), "m_full_months": (2, full_months),
        "m_days_between": (2, days_between), "m_add_days": (2, add_days), "m_add_months": (2, add_months),
        "m_add_years": (2, add_years), "m_weekdays_between": (2, weekdays_between), "m_ratio": (2, ratio),
        "m_round": (2, rounded), "m_lower": (1, lower), "m_upper": (1, upper), "m_trim": (1, trim),
        "m_upn_check_letter": (1, upn_check_letter), "m_uln_check_digit": (1, uln_check_digit),
        "m_date": (1, as_date), "m_datetime": (1, as_datetime), "m_number": (1, as_number),
        "m_whole": (1, as_whole), "m_boolean": (1, as_boolean),
    }  # fmt: skip
    yes_or_no: dict[str, tuple[int, Callable[..., bool]]] = {
        "m_matches": (2, matches), "m_contains": (2, contains), "m_starts_with": (2, starts_with),
        "m_is_ni_number": (1, is_ni_number), "m_is_teacher_number": (1, is_teacher_number),
    }  # fmt: skip
    return {
        **{name: (n, _empty_of_empty(function)) for name, (n, function) in plain.items()},
        **{name: (n, _no_of_empty(function)) for name, (n, function) in yes_or_no.items()},
        "m_periods_overlap": (4, periods_overlap),
    }
