"""Refuses passwords that are long and yet easily guessed; which signs a password has is nobody's business."""

from __future__ import annotations

import re
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "azertyuiop",
)


class NotEasilyGuessed:
    """Refuses a common password made longer: repeated, with figures or signs around it, or a row of the keyboard."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002  (as Django calls it)
        """Raise ValidationError for a password that is easily guessed."""
        plain = password.strip().lower()
        if is_repeated(plain) or is_a_run(plain) or is_common(plain):
            raise ValidationError(
                "This password is easily guessed. Take three words that have nothing to do with each other.",
                code="easily_guessed",
            )

    def get_help_text(self) -> str:
        """What is refused, in words."""
        return "Not a common password with something added to it."


def is_repeated(text: str) -> bool:
    """Whether a text is a shorter one, of up to eight characters, again and again."""
    return any(len(text) > size and (text[:size] * len(text)).startswith(text) for size in range(1, 9))


def is_a_run(text: str) -> bool:
    """Whether a text only follows rows of the keyboard, the alphabet or the figures, in either direction."""
    pieces = re.findall(r"[a-z]+|\d+", text)
    return bool(pieces) and "".join(pieces) == text and all(_runs(piece) for piece in pieces)


def _runs(piece: str) -> bool:
    rows = [row * 2 for row in _ROWS] + [row[::-1] * 2 for row in _ROWS] + ["qwertyuiopasdfghjklzxcvbnm"]
    return any(piece in row for row in rows)


def is_common(text: str) -> bool:
    """Whether what is left without the figures and signs around it is a common password, or two of them."""
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text)
    if core in _common() or text in _common():
        return True
    return any(core[:at] in _common() and core[at:] in _common() for at in range(4, len(core) - 3))


@cache
def _common() -> frozenset[str]:
    """The 20,000 commonest passwords, as they come with Django."""
    return frozenset(CommonPasswordValidator().passwords)
