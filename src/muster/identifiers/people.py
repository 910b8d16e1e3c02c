"""Numbers of people who work in schools, and of candidates: teacher, National Insurance and candidate numbers."""

from __future__ import annotations

import re

from muster.identifiers.verdict import Verdict, right, wrong

# Strict is what the tax authority issues; systems of pensions also hold QQ and the endings F, M and U.
_NI = re.compile("[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z][0-9]{6}[A-D]", re.ASCII)
_NI_RELAXED = re.compile("(?:[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z]|QQ)[0-9]{6}[A-DFMU]", re.ASCII)
_NEVER_ALLOCATED = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})
_TEACHER = re.compile("[0-9]{7}", re.ASCII)
_OLD_TEACHER = re.compile("RP([0-9]{2})/([0-9]{5})", re.ASCII)
_CANDIDATE = re.compile("[0-9A-Z]{13}", re.ASCII)


def is_ni_number(text: str) -> bool:
    """Whether a text has the shape of a National Insurance number, without spaces and in capitals."""
    return _NI.fullmatch(text) is not None


def is_teacher_number(text: str) -> bool:
    """Whether a text is seven digits."""
    return _TEACHER.fullmatch(text) is not None


def check_ni_number(text: str, *, relaxed: bool = False) -> Verdict:
    """Whether a text can be a National Insurance number; spaces, dashes and small letters are put right."""
    plain = re.sub(r"[\s-]", "", text).upper()
    if not plain:
        return wrong("ni_number", text, "it is missing")
    fault = "" if (_NI_RELAXED if relaxed else _NI).fullmatch(plain) else _ni_fault(plain)
    if fault:
        return wrong("ni_number", text, fault)
    if plain[:2] in _NEVER_ALLOCATED:
        return wrong("ni_number", text, f"the prefix {plain[:2]} is never allocated to a person", rule="4155")
    return right("ni_number", text, plain)


def _ni_fault(plain: str) -> str:
    """Which part of a text without spaces and in capitals is no part of a National Insurance number."""
    if not re.fullmatch("[A-Z]{2}[0-9]{6}[A-Z]", plain, re.ASCII):
        return "it is not two letters, six digits and a letter"
    if not _NI.match(f"{plain[0]}A000000A"):
        return f"no number starts with {plain[0]}"
    if not _NI.match(f"A{plain[1]}000000A"):
        return f"no number has {plain[1]} for its second letter"
    return f"it ends in {plain[-1]}, not in A to D"


def check_teacher_number(text: str) -> Verdict:
    """Whether a text can be a teacher reference number."""
    if is_teacher_number(text):
        return right("teacher_number", text, text)
    old = _OLD_TEACHER.fullmatch(text)
    remark = f"the older form of {old[1]}{old[2]}" if old else ""
    return wrong("teacher_number", text, "it is not seven digits" if text else "it is missing", remark=remark)


def check_uci(text: str) -> Verdict:
    """Whether a text has the form of a unique candidate identifier."""
    if not _CANDIDATE.fullmatch(text):
        return wrong("uci", text, "it is not 13 digits and capital letters" if text else "it is missing")
    return right(
        "uci", text, text, remark="only its form was looked at: how its check letter is made is not known"
    )
