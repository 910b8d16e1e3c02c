"""The names of files that follow a pupil between schools: from whom, to whom, and which of several.

``8201111_CTF_8201234_001.xml`` is the first common transfer file from 820/1111 to 820/1234.  A file that is neither
a common nor an admissions transfer file has a name of its own in the third place: ``101LLLL_DFESXXX_list.zip``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from muster.model import MusterError

PartyKind = Literal["school", "authority", "unknown", "outside", "department"]
DocumentKind = Literal["CTF", "ATF"]

# Where a name has seven letters instead of a number.
UNKNOWN = "X" * 7
OUTSIDE = "M" * 7
DEPARTMENT = "DFES" + "X" * 3
_OF_AN_AUTHORITY = "L" * 4
_LIKE = "8201111_CTF_8201234_001.xml"
_OTHER_LIKE = "8201111_820LLLL_list.zip"
_LONGEST_OWN_PART = 15
_PARTS = 4
_LAST_NUMBER = 999


class WrongName(MusterError):
    """The name of a file does not say from whom to whom it goes; the text says which part is wrong and how."""


@dataclass(frozen=True)
class Party:
    """A school, an authority, or one of the places that have no number; written with the seven characters of a name."""

    number: str

    @property
    def kind(self) -> PartyKind:
        """What it is."""
        if self.number == UNKNOWN:
            return "unknown"
        if self.number == OUTSIDE:
            return "outside"
        if self.number == DEPARTMENT:
            return "department"
        return "authority" if self.number.endswith(_OF_AN_AUTHORITY) else "school"

    @property
    def lea(self) -> str:
        """The first three characters, as a header has them in LEA."""
        return self.number[:3]

    @property
    def estab(self) -> str:
        """The last four characters, as a header has them in Estab."""
        return self.number[3:]

    def __str__(self) -> str:
        """How people call it: 820/1234, authority 820."""
        words = {
            "unknown": "an unknown school",
            "outside": "a school outside the maintained sector",
            "department": "the Department for Education",
            "authority": f"authority {self.lea}",
        }
        return words.get(self.kind, f"{self.lea}/{self.estab}")


@dataclass(frozen=True)
class TransferName:
    """What the name of a common or admissions transfer file says."""

    source: Party
    kind: DocumentKind
    destination: Party
    number: int

    def __str__(self) -> str:
        return f"{self.source.number}_{self.kind}_{self.destination.number}_{self.number:03d}.xml"

    @property
    def next(self) -> TransferName:
        """The name of the file after this one between the same two.  Raises WrongName after the 999th."""
        if self.number == _LAST_NUMBER:
            raise WrongName(
                f"999 files have gone from {self.source} to {self.destination}; no number is left for another. "
                "Take one out of those that wait, and send it again under its number."
            )
        return TransferName(self.source, self.kind, self.destination, self.number + 1)


@dataclass(frozen=True)
class OtherName:
    """What the name of any other file says that goes from one to another: its own part is what people call it."""

    source: Party
    destination: Party
    own: str
    suffix: str

    def __str__(self) -> str:
        return f"{self.source.number}_{self.destination.number}_{self.own}{self.suffix}"


def is_transfer_name(name: str) -> bool:
    """Whether a name means to be that of a common or admissions transfer file, well written or not."""
    parts = name.upper().split("_")
    return len(parts) > 1 and parts[1] in ("CTF", "ATF")


def parse_transfer_name(name: str) -> TransferName:
    """Read the name of a common or admissions transfer file.  Raises WrongName, saying which part is wrong and how."""
    stem, dot, suffix = name.rpartition(".")
    if not dot or suffix.lower() != "xml":
        raise _wrong(name, "it does not end in .xml")
    parts = stem.split("_")
    if len(parts) != _PARTS:
        raise _wrong(name, f"it has {len(parts)} parts between underscores, not 4")
    source, kind, destination, number = parts
    if kind not in ("CTF", "ATF"):
        raise _wrong(
            name, f"its second part is '{kind[:20]}', not CTF (or ATF for an admissions transfer file)"
        )
    return TransferName(
        _source(name, source),
        "CTF" if kind == "CTF" else "ATF",
        _destination(name, destination),
        _number(name, number),
    )


def parse_other_name(name: str) -> OtherName:
    """Read the name of any other file sent from one to another, which is zipped.  Raises WrongName."""
    stem, dot, suffix = name.rpartition(".")
    parts = stem.split("_", 2)
    if not dot or len(parts) != _PARTS - 1:
        raise _wrong(name, "it has not three parts and an ending", like=_OTHER_LIKE)
    source, destination, own = parts
    if not re.fullmatch(rf"[A-Za-z0-9-]{{1,{_LONGEST_OWN_PART}}}", own):
        what = f"its third part must be 1 to {_LONGEST_OWN_PART} letters, digits or dashes"
        raise _wrong(name, what, like=_OTHER_LIKE)
    to = Party(DEPARTMENT) if destination == DEPARTMENT else _destination(name, destination, like=_OTHER_LIKE)
    return OtherName(_source(name, source, like=_OTHER_LIKE), to, own, f".{suffix}")


def party_of(lea: str | None, estab: str | None) -> Party | None:
    """The school or authority that a header names with LEA and Estab; None where it names none."""
    number = f"{lea or ''}{estab or ''}"
    return Party(number) if not _fault_of_party(number) else None


def _source(name: str, number: str, *, like: str = _LIKE) -> Party:
    fault = _fault_of_party(number)
    if not fault and Party(number).kind not in ("school", "authority"):
        fault = "only a destination may be unknown or outside the maintained sector"
    if fault:
        raise _wrong(name, f"its source '{number[:20]}' is wrong: {fault}", like=like)
    return Party(number)


def _destination(name: str, number: str, *, like: str = _LIKE) -> Party:
    fault = _fault_of_party(number)
    if fault:
        raise _wrong(name, f"its destination '{number[:20]}' is wrong: {fault}", like=like)
    return Party(number)


def _fault_of_party(number: str) -> str:
    """Why seven characters name no school, authority or place without a number; '' where they do."""
    if re.fullmatch(r"[0-9]{3}([0-9]{4}|LLLL)", number) or number in (UNKNOWN, OUTSIDE):
        return ""
    if len(number) != len(UNKNOWN):
        return f"it has {len(number)} characters, not 7 (three for the authority, four for the school)"
    if set(number) <= set("XxMm"):
        return f"a destination without a number is {UNKNOWN} (unknown) or {OUTSIDE} (outside the maintained sector)"
    if not number[:3].isascii() or not number[:3].isdecimal():
        return f"its authority '{number[:3]}' is not three digits"
    return f"its school '{number[3:]}' is neither four digits nor LLLL for the authority itself"


def _number(name: str, number: str) -> int:
    if not re.fullmatch(r"[0-9]{3}", number) or number == "000":
        raise _wrong(name, f"its number '{number[:20]}' is not three digits from 001 on")
    return int(number)


def _wrong(name: str, what: str, *, like: str = _LIKE) -> WrongName:
    return WrongName(f"{name[:80]}: {what}. Name it like {like}.")
