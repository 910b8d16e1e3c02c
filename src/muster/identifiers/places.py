"""Numbers of schools and providers, and postcodes."""

from __future__ import annotations

import re

from muster.identifiers.authorities import authorities
from muster.identifiers.verdict import Verdict, right, wrong

_FIRST_SCHOOL, _LAST_SCHOOL = 1000, 8999
_OUTWARD = (
    "[A-PR-UWYZ][0-9]{1,2}|[A-PR-UWYZ][0-9][ABCDEFGHJKPSTUW]"
    "|[A-PR-UWYZ][A-HK-Y][0-9]{1,2}|[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]"
)
_POSTCODE = re.compile(f"(?:{_OUTWARD})[0-9][ABD-HJLNP-UW-Z]{{2}}|GIR0AA", re.ASCII)
_INWARD = re.compile("[0-9][ABD-HJLNP-UW-Z]{2}", re.ASCII)
_NO_FIXED_ABODE = re.compile("ZZ993[A-Z]{2}", re.ASCII)


def check_urn(text: str) -> Verdict:
    """Whether a text has the form of a school's unique reference number; only a register knows whether it is one."""
    if not re.fullmatch("[1-9][0-9]{5}", text, re.ASCII):
        reason = "it is not six digits, the first not 0" if text else "it is missing"
        return wrong("urn", text, reason)
    return right("urn", text, text)


def check_la_estab(text: str) -> Verdict:
    """Whether a text has the form of an authority's and a school's number together, as files write it: 8201234."""
    if not re.fullmatch("[0-9]{7}", text, re.ASCII):
        plain = text.replace("/", "").strip()
        remark = f"files write {plain}" if plain != text and check_la_estab(plain).right else ""
        return wrong("la_estab", text, "it is not seven digits" if text else "it is missing", remark=remark)
    if text[:3] not in authorities().of_schools:
        return wrong("la_estab", text, f"{text[:3]} is not the number of an authority")
    if not _FIRST_SCHOOL <= int(text[3:]) <= _LAST_SCHOOL:
        return wrong("la_estab", text, f"its school {text[3:]} is not from {_FIRST_SCHOOL} to {_LAST_SCHOOL}")
    return right("la_estab", text, text, remark=f"people write {text[:3]}/{text[3:]}")


def check_ukprn(text: str) -> Verdict:
    """Whether a text has the form of a UK provider reference number."""
    if not re.fullmatch("1[0-9]{7}", text, re.ASCII):
        return wrong("ukprn", text, "it is not eight digits that start with 1" if text else "it is missing")
    return right("ukprn", text, text)


def check_postcode(text: str, *, no_fixed_abode: bool = False) -> Verdict:
    """Whether a text can be a postcode, in any spacing and letters; ZZ99 3VZ and its like only where they are let."""
    plain = re.sub(r"\s", "", text).upper()
    if not plain:
        return wrong("postcode", text, "it is missing")
    abode = _NO_FIXED_ABODE.fullmatch(plain)
    if not (_POSTCODE.fullmatch(plain) or (abode and no_fixed_abode)):
        return wrong("postcode", text, _postcode_fault(plain, abode=abode is not None))
    return right("postcode", text, f"{plain[:-3]} {plain[-3:]}")


def _postcode_fault(plain: str, *, abode: bool) -> str:
    if abode:
        return "it stands for no fixed abode and is no postcode"
    if not _INWARD.fullmatch(plain[-3:]):
        return "its last three characters are not a digit and two letters (not C, I, K, M, O or V)"
    return f"no postcode starts with {plain[:-3][:8]}" if plain[:-3] else "it is too short"
