"""What one row of the register says, as an organisation: its numbers, kind, dates, authority and trust.

Which kinds owe statutory returns follows the scope of the school workforce census; it was not read in the
department's own specification and is provisional.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from muster_web.accounts.register.files import Row, WrongValue, day_in

ACADEMY_GROUPS = frozenset({"10", "11"})  # academies, free schools
MAINTAINED_GROUPS = frozenset({"4"})
CITY_TECHNOLOGY_COLLEGE = "6"
MAINTAINED_SPECIAL = frozenset({"7", "12"})  # community and foundation special schools
CLOSED, PROPOSED = "2", "4"
NO_AUTHORITY = frozenset({"", "0", "000"})


@dataclass(frozen=True)
class Establishment:
    """One establishment of the register; ``trust`` is (number, name) of an academy's trust, ('', '') for none."""

    row: int
    urn: str
    name: str
    ukprn: str
    la_code: str
    la_name: str
    estab: str
    phase: str
    type: str
    is_academy: bool
    owes_returns: bool
    opened: date | None
    closed: date | None
    trust: tuple[str, str]
    register: dict[str, str]


def establishment(row: Row, on: date, la_codes: dict[str, str]) -> Establishment:
    """What a row says; ``la_codes`` gives the code to use for one that is not an authority's.  Raises WrongValue."""
    said = row.values
    if row.width:
        raise WrongValue(
            "", "", f"it has {abs(row.width)} cells {'more' if row.width > 0 else 'fewer'} than the heading",
            "Look for a missing quotation mark, or download the file again.",
        )  # fmt: skip
    group, kind = said["EstablishmentTypeGroup (code)"], said["TypeOfEstablishment (code)"]
    academy = group in ACADEMY_GROUPS or kind == CITY_TECHNOLOGY_COLLEGE
    owing = academy or group in MAINTAINED_GROUPS or kind in MAINTAINED_SPECIAL
    return Establishment(
        row=row.number, urn=_number(said, "URN", r"\d{5,7}"), name=_name(said), ukprn=said.get("UKPRN", "")[:10],
        la_code=_la_code(said["LA (code)"], la_codes), la_name=said["LA (name)"],
        estab=_number(said, "EstablishmentNumber", r"\d{4}|"),
        phase=said.get("PhaseOfEducation (name)", "")[:40], type=said.get("TypeOfEstablishment (name)", "")[:80],
        is_academy=academy, owes_returns=owing and said["EstablishmentStatus (code)"] != PROPOSED,
        opened=_opened(said), closed=_closed(said, on),
        trust=(said.get("Trusts (code)", ""), said.get("Trusts (name)", "")) if academy else ("", ""),
        register=said,
    )  # fmt: skip


def _number(said: dict[str, str], column: str, shape: str) -> str:
    value = said[column]
    if not re.fullmatch(shape, value):
        raise WrongValue(
            column, value, "this is no such number", "Correct it in the file, or download it again."
        )
    return value


def _name(said: dict[str, str]) -> str:
    name = said["EstablishmentName"]
    if not name:
        raise WrongValue("EstablishmentName", "", "it has no name", "Download the file again.")
    return name[:200]


def _la_code(code: str, la_codes: dict[str, str]) -> str:
    """The three digits of the authority, '' where the establishment has none.  Raises WrongValue for others."""
    meant = la_codes.get(code, code)
    if meant in NO_AUTHORITY:
        return ""
    if not re.fullmatch(r"\d{3}", meant):
        raise WrongValue(
            "LA (code)",
            code,
            "this is no authority's code",
            f"Say which it is with '--authority {code}=...'.",
        )
    return meant


def _opened(said: dict[str, str]) -> date | None:
    return day_in("OpenDate", said["OpenDate"])


def _closed(said: dict[str, str], on: date) -> date | None:
    """The day it closed or will; of one closed on a day nobody wrote down, the day of its last change."""
    day = day_in("CloseDate", said["CloseDate"])
    if day is None and said["EstablishmentStatus (code)"] == CLOSED:
        return day_in("LastChangedDate", said.get("LastChangedDate", "")) or on
    return day
