"""Turn the many ways people write a value into the one way the official file holds it.

Every function takes text and gives text, or None where the text is not such a value: what becomes of a value
that cannot be read is not decided here.  Reading a result again gives the same result.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

SUPPRESSED = frozenset(
    {"supp", "supp.", "suppressed", "na", "n/a", "#n/a", "x", "c", "z", ":", "null", "(null)"}
)
# People are called Na, Z and Null, so in free text only these two say that a value was withheld.
SUPPRESSED_IN_FREE_TEXT = frozenset({"SUPP", ":"})

TRUE_WORDS = frozenset({"true", "t", "yes", "y", "1"})
FALSE_WORDS = frozenset({"false", "f", "no", "n", "0"})

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december", "sept"),
)
_TIME = r"(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})([-/. ])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}")
_MONTH_NAMED = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[-/. ]*([A-Za-z]{{3,9}})[-/., ]*(\d{{4}}|\d{{2}}){_TIME}"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"([-+]?)\s*£?\s*((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)")

# Excel counts days from here; numbers outside this span (1927 to 2119) are more likely something else.
_EXCEL_START = date(1899, 12, 30)
_EXCEL_SPAN = range(10_000, 80_000)


def fold(text: str) -> str:
    """The letters and digits of a text in lower case: what two spellings of one heading or word share."""
    return _NEITHER_LETTER_NOR_DIGIT.sub("", text.casefold())


def is_suppressed(text: str, *, free_text: bool = False) -> bool:
    """Whether a text says that the value was withheld; such a value is never zero."""
    return text in SUPPRESSED_IN_FREE_TEXT if free_text else text.casefold() in SUPPRESSED


def read_number(text: str) -> Decimal | None:
    """The number a text writes, with or without pound sign and commas between thousands."""
    found = _NUMBER.fullmatch(text.strip())
    return Decimal(found[1] + found[2].replace(",", "")) if found else None


def plain(number: Decimal, decimals: int | None = None) -> str:
    """A number in plain digits, rounded half up and filled to so many decimals where that is given."""
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{number:f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text[1:] if text.startswith("-") and not number else text


def whole_text(text: str) -> str | None:
    """A whole number in plain digits; ``39.0`` is 39, ``39.5`` is none."""
    number = read_number(text)
    return plain(number) if number is not None and number == number.to_integral_value() else None


def boolean_text(text: str) -> str | None:
    """``true`` or ``false`` for the words that mean yes or no."""
    word = text.casefold()
    if word in TRUE_WORDS:
        return "true"
    return "false" if word in FALSE_WORDS else None


def has_two_digit_year(text: str) -> bool:
    """Whether a date is written with two digits for its year."""
    named, day_first = _MONTH_NAMED.fullmatch(text), _DAY_FIRST.fullmatch(text)
    return bool((named and len(named[3]) == 2) or (day_first and len(day_first[4]) == 2))


def date_text(text: str, *, latest_year: int, form: str = "") -> str | None:
    """A date as ``1980-12-31``; the day comes first unless ``form`` (as Python writes it) says otherwise.

    A two-digit year is the latest year of those digits that is not after ``latest_year``.
    """
    if form:
        return _in_form(text, form) or _iso(text)
    return _iso(text) or _written_out(text, latest_year) or _from_digits(text)


def datetime_text(text: str, *, latest_year: int) -> str | None:
    """A day and time as ``2025-11-06T09:30:00``; a day alone is its midnight."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None, microsecond=0).isoformat()
    except ValueError:
        day = date_text(text, latest_year=latest_year)
        return f"{day}T00:00:00" if day else None


def identifier_text(text: str, pattern: str | None) -> tuple[str, bool]:
    """A number that names something, without spaces and dashes, and whether lost zeros were put back.

    Zeros are put back only where the pattern is a fixed count of digits, and at most three of them.
    """
    compact = re.sub(r"[\s/-]", "", text).upper()
    fixed = re.fullmatch(r"\[0-9\]\{(\d+)\}", pattern or "")
    if not fixed or not compact.isascii() or not compact.isdigit():
        return compact, False
    digits = int(fixed[1])
    if digits - 3 <= len(compact) < digits:
        return compact.zfill(digits), True
    return compact, False


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _full_year(digits: str, latest_year: int) -> int:
    if len(digits) == 4:
        return int(digits)
    return latest_year - (latest_year - int(digits)) % 100


def _in_form(text: str, form: str) -> str | None:
    try:
        return datetime.strptime(text, form).date().isoformat()
    except ValueError:
        return None


def _iso(text: str) -> str | None:
    found = _YEAR_FIRST.fullmatch(text)
    return _day(int(found[1]), int(found[3]), int(found[4])) if found else None


def _written_out(text: str, latest_year: int) -> str | None:
    if found := _DAY_FIRST.fullmatch(text):
        return _day(_full_year(found[4], latest_year), int(found[3]), int(found[1]))
    if found := _MONTH_NAMED.fullmatch(text):
        name = found[2].casefold()
        if name in _MONTHS or name in _MONTH_NAMES:
            return _day(_full_year(found[3], latest_year), _MONTHS.index(name[:3]) + 1, int(found[1]))
    return None


def _from_digits(text: str) -> str | None:
    if found := _COMPACT.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if (found := _SERIAL.fullmatch(text)) and int(found[1]) in _EXCEL_SPAN:
        return (_EXCEL_START + timedelta(days=int(found[1]))).isoformat()
    return None
