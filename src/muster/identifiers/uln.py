"""Unique learner numbers (ULN): ten digits, the last a check digit; some are never issued."""

from __future__ import annotations

import re

from muster.identifiers.verdict import Verdict, right, wrong

_LENGTH = 10
_MODULUS = 11
_SHAPE = re.compile("[1-9][0-9]{9}", re.ASCII)


def check_digit(text: str) -> str | None:
    """The digit a ULN with these nine must end with; None if the shape is wrong or it can never be issued."""
    rest = _remainder(text) if _SHAPE.fullmatch(text) else 0
    return str(_LENGTH - rest) if rest else None


def _remainder(text: str) -> int:
    weighted = zip(range(_LENGTH, 1, -1), text[:9], strict=True)
    return sum(weight * int(digit) for weight, digit in weighted) % _MODULUS


def check_uln(text: str) -> Verdict:
    """Whether a text can be a ULN."""
    reason = _fault(text)
    return wrong("uln", text, reason) if reason else right("uln", text, text)


def _fault(text: str) -> str:
    if not text:
        return "it is missing"
    if not re.fullmatch("[0-9]{10}", text, re.ASCII):
        return f"it is not {_LENGTH} digits"
    if text.startswith("0"):
        return "it starts with 0"
    expected = check_digit(text)
    if expected is None:
        return "it can never be issued: its first nine digits leave no remainder"
    return "" if text[-1] == expected else f"its check digit is wrong: it must be {expected}"
