"""What tells one person from another: numbers, birth dates and names, with everything meaningless left out.

Only what survives here is ever compared, so a placeholder cannot match anything by construction.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from muster.model import Record

_TITLES = frozenset({"mr", "mrs", "miss", "ms", "mx", "dr", "prof", "rev", "sir", "lady"})
_NOT_KNOWN = frozenset(
    {
        "",
        "nk",
        "na",
        "none",
        "nil",
        "null",
        "unknown",
        "notknown",
        "tbc",
        "tba",
        "supp",
        "x",
        "xx",
        "xxx",
        "test",
    }
)
# The prefixes rule 4155 refuses: temporary and administrative numbers, which many people share.
_TEMPORARY_NI_PREFIXES = frozenset({"GB", "BG", "NK", "KN", "TN", "NT", "ZZ"})
_NI_NUMBER = re.compile(r"([A-Z]{2}\d{6})[A-D]?$")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")
_PLACEHOLDER_DATES = frozenset({"1899-12-30", "1899-12-31", "9999-12-31"})
_COUNTING = frozenset({"1234567", "7654321"})


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name made comparable: the family name in one word, the given names word by word."""

    family: str
    given: tuple[str, ...]

    @property
    def first(self) -> str:
        """The first given name, '' if none."""
        return self.given[0] if self.given else ""


@dataclass(frozen=True, slots=True)
class Identity:
    """Everything one or more sources say that identifies a person; sets, because sources differ."""

    teacher_numbers: frozenset[str] = frozenset()
    ni_numbers: frozenset[str] = frozenset()
    birth_dates: frozenset[str] = frozenset()
    names: frozenset[Name] = frozenset()
    posts: frozenset[str] = frozenset()
    hours: frozenset[str] = frozenset()

    def joined(self, other: Identity) -> Identity:
        """Both taken as one person."""
        return Identity(
            self.teacher_numbers | other.teacher_numbers,
            self.ni_numbers | other.ni_numbers,
            self.birth_dates | other.birth_dates,
            self.names | other.names,
            self.posts | other.posts,
            self.hours | other.hours,
        )


def identity_of(record: Record) -> Identity:
    """The identity in a ``members`` record and the records below it."""
    given = record.text("given_name")
    families = [
        record.text("family_name"),
        *(former.text("family_name") for former in record.of("former_names")),
    ]
    contracts = record.of("contracts")
    return Identity(
        _some(teacher_number(record.text("teacher_number"))),
        _some(ni_number(record.text("ni_number"))),
        _some(birth_date(record.text("birth_date"))),
        frozenset(name for family in families if (name := comparable_name(family, given))),
        _some(*(contract.text("post") or "" for contract in contracts)),
        _some(*(h.text("hours_per_week") or "" for contract in contracts for h in contract.of("hours"))),
    )


def teacher_number(text: str | None) -> str:
    """A teacher number that can identify somebody, else ''; zeros lost in front are put back."""
    digits = re.sub(r"[\s/.-]", "", text or "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 7:
        return ""
    number = digits.zfill(7)
    return "" if len(set(number)) == 1 or number in _COUNTING else number


def ni_number(text: str | None) -> str:
    """The two letters and six digits of an NI number that can identify somebody, else ''."""
    found = _NI_NUMBER.match(re.sub(r"[\s.-]", "", text or "").upper())
    if not found or found[1][:2] in _TEMPORARY_NI_PREFIXES:
        return ""
    digits = found[1][2:]
    return "" if len(set(digits)) == 1 or digits == "123456" else found[1]


def birth_date(text: str | None) -> str:
    """A birth date that can identify somebody, else ''; nobody at work was born before 1902."""
    if not text or not _DATE.match(text) or text in _PLACEHOLDER_DATES or text < "1902-01-01":
        return ""
    return text


def comparable_name(family: str | None, given: str | None) -> Name | None:
    """A name made comparable, or None where family or given name is missing or a placeholder."""
    family_words, given_words = _words(family or ""), _words(given or "")
    if not family_words or not given_words:
        return None
    return Name("".join(family_words), given_words)


@lru_cache(maxsize=200_000)
def _words(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.sub(r"[^\w\s-]|_", "", plain).replace("-", " ").split()
    if "".join(words) in _NOT_KNOWN or not any(word.isalpha() for word in words):
        return ()
    return tuple(word for word in words if word not in _TITLES) or tuple(words)


def _some(*texts: str) -> frozenset[str]:
    return frozenset(text for text in texts if text)


def all_joined(identities: Iterable[Identity]) -> Identity:
    """Any number of identities taken as one person."""
    whole = Identity()
    for identity in identities:
        whole = whole.joined(identity)
    return whole
