"""Unique pupil numbers (UPN): a check letter, authority, school, year of allocation and serial.

The last character of a temporary number is a letter.  A number of an authority that is no more stays right, and so do
the numbers that were given under numbers no authority ever had.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from muster.identifiers.authorities import authorities
from muster.identifiers.verdict import Verdict, right, wrong

# No I, O or S, which look like digits; the place of a letter is its value.
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
LENGTH = 13
NOBODY = "999"  # the number of no authority: what is invented carries it
_FIRST_WEIGHT = 2
_BODY = re.compile(r"[0-9]{11}[0-9A-HJ-NP-RT-Z]", re.ASCII)


class Upn(NamedTuple):
    """The parts of a number that is right."""

    lea: str
    estab: str
    year: str
    serial: str

    def __str__(self) -> str:
        body = f"{self.lea}{self.estab}{self.year}{self.serial}"
        return f"{letter_of(body)}{body}"

    @property
    def temporary(self) -> bool:
        """Whether it is to be replaced once the permanent number is known."""
        return not self.serial[-1:].isdigit()


def letter_of(body: str) -> str:
    """The check letter of the twelve characters after it."""
    values = [int(c) if c.isdigit() else LETTERS.index(c) for c in body]
    return LETTERS[sum(weight * v for weight, v in enumerate(values, _FIRST_WEIGHT)) % len(LETTERS)]


def check_letter(text: str) -> str | None:
    """The letter a UPN with this body must start with; None if it does not start with a letter or the body is wrong."""
    return letter_of(text[1:]) if re.match("[A-Z]", text) and _BODY.fullmatch(text[1:]) else None


def check_upn(text: str, *, school_year: int | None = None) -> Verdict:
    """Whether a text can be a UPN, in any year or in the school year that starts in a year."""
    fault = _fault(text, school_year)
    if fault:
        reason, rule = fault
        return wrong("upn", text, reason, rule=rule, remark=_as_meant(text))
    return right("upn", text, text, remark="; ".join(_remarks(parse_upn(text))))


def parse_upn(text: str) -> Upn:
    """The parts of a UPN that ``check_upn`` finds right."""
    return Upn(text[1:4], text[4:8], text[8:10], text[10:])


def is_permanent(text: str) -> bool:
    """Whether a text has the form of a permanent UPN, whatever its letter and authority."""
    return re.fullmatch("[A-Z][0-9]{12}", text, re.ASCII) is not None


def is_temporary(text: str) -> bool:
    """Whether a text has the form of a temporary UPN, whatever its letter and authority."""
    return re.fullmatch("[A-Z][0-9]{11}[A-HJ-NP-RT-Z]", text, re.ASCII) is not None


def chain_faults(current: str, formers: Sequence[str]) -> list[str]:
    """What cannot be in the order of a pupil's numbers, the oldest last."""
    faults = [
        f"{text}: {verdict.reason}" for text in (current, *formers) if not (verdict := check_upn(text)).right
    ]
    if current in formers:
        faults.append(f"{current} is both the UPN and a former one")
    if len(set(formers)) < len(formers):
        faults.append("a former UPN stands twice")
    if is_temporary(current) and any(map(is_permanent, formers)):
        faults.append(f"the temporary {current} must not take the place of a permanent UPN")
    return faults


def _fault(text: str, school_year: int | None) -> tuple[str, str] | None:
    """Why a text is no UPN, with the number of the rule; in the order in which the rules are asked."""
    if not text:
        return "it is missing", "1500"
    if len(text) != LENGTH:
        return f"it has {len(text)} characters, not {LENGTH}", ""
    if not re.fullmatch("[0-9]{8}", text[4:12], re.ASCII):
        return "characters 5 to 12 are not all digits", "1540"
    if text[12] not in f"0123456789{LETTERS}":
        return "character 13 is neither a digit nor a letter it may be (not I, O or S)", "1550"
    if text[0] not in LETTERS:
        return "it does not start with a capital letter it may start with (not I, O or S)", ""
    if text[1:4] not in authorities().in_upns(school_year):
        return f"characters 2 to 4 ({text[1:4]}) are not the number of an authority", "1530"
    expected = letter_of(text[1:])
    return None if text[0] == expected else (f"its check letter is wrong: it must be {expected}", "1510")


def _as_meant(text: str) -> str:
    plain = re.sub(r"[\s-]", "", text).upper()
    if plain == text or _fault(plain, None):
        return ""
    return "in capitals and without spaces it would be right"


def _remarks(upn: Upn) -> Iterator[str]:
    if upn.temporary:
        yield "temporary: to be replaced once the permanent number is known"
    if upn.lea in authorities().only_in_upns:
        yield f"{upn.lea} is no authority, but numbers were given under it"
