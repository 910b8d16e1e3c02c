"""How the website writes dates, counts, schools and numbers."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from muster.model.words import date_in_words


def long_date(day: dt.date | dt.datetime | None) -> str:
    """A day as 7 November 2013; '' for none."""
    if day is None:
        return ""
    local = _local(day) if isinstance(day, dt.datetime) else day
    return date_in_words(local)


def date_time(moment: dt.datetime | None) -> str:
    """A moment as 7 November 2013, 9:05am, in the time of the website; '' for none."""
    if moment is None:
        return ""
    local = _local(moment)
    return f"{long_date(local)}, {local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def _local(moment: dt.datetime) -> dt.datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def school_number(la: str | int, estab: str | int | None = None) -> str:
    """A school's number as 919/4001, from its two parts or from the seven digits together."""
    if estab is None:
        digits = str(la)
        return f"{digits[:3]}/{digits[3:]}" if len(digits) == 7 and digits.isdigit() else digits
    return f"{int(la):03}/{int(estab):04}"


def thousands(number: int | float | None) -> str:
    """A number with commas between thousands: 3,226; '' for none."""
    return "" if number is None else f"{number:,}"


def counted(number: int, singular: str, *, plural: str = "") -> str:
    """A number with its noun: 1 error, 2 errors, 1,204 queries."""
    return f"{number:,} {singular if number == 1 else plural or plural_of(singular)}"


def plural_of(noun: str) -> str:
    """The plural of a regular English noun; what is irregular has to be given."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"
