"""What is said of one identifier: whether it is right, how it is written, and otherwise exactly why not."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["upn", "uln", "uci", "teacher_number", "ni_number", "urn", "la_estab", "ukprn", "postcode"]


class Verdict(NamedTuple):
    """``value`` is the identifier as it is to be written, '' where it is wrong.

    ``reason`` says why it is wrong and ``rule`` names the published rule that says so, where there is one; ``remark``
    is worth knowing of one that is right, or how a wrong one may have been meant.
    """

    kind: Kind
    given: str
    value: str = ""
    reason: str = ""
    rule: str = ""
    remark: str = ""

    @property
    def right(self) -> bool:
        """Whether it can be such an identifier."""
        return not self.reason


def right(kind: Kind, given: str, value: str, *, remark: str = "") -> Verdict:
    """An identifier that can be one."""
    return Verdict(kind, given, value, remark=remark)


def wrong(kind: Kind, given: str, reason: str, *, rule: str = "", remark: str = "") -> Verdict:
    """An identifier that cannot be one, and why."""
    return Verdict(kind, given, "", reason, rule, remark)
