"""An amount as somebody typed it into a plan: a number, a range or a reason for none, with what was written kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from muster.model import MusterError

_SCALES = {"": Decimal(1), "k": Decimal(1000), "m": Decimal(1_000_000), "bn": Decimal(1_000_000_000)}
_NUMBER = r"[+-]?\d+(?:,\d{3})*(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"^(?P<sign>[£$]?)\s*(?P<low>{_NUMBER})\s*%?(?:\s*[-–]\s*(?P<high>{_NUMBER}))?\s*"
    r"(?P<scale>bn|[mk])?\s*(?P<percent>%?)$",
    re.I,
)
_NOTE = re.compile(r"\s*\((?P<note>[^()]*\w[^()]*)\)\s*$")
_NOT_AVAILABLE = frozenset(
    {"n/a", "na", "n.a.", "n.a", "not available", "not applicable", "-", "–", "tbc", "x", "z", "c"}
)
EMPTY = "nothing is written"


class NoAmount(MusterError):
    """A text that is neither a number, nor a range, nor a known way to say that there is none."""


@dataclass(frozen=True)
class Amount:
    """A number or a range in whole units, as typed in ``text``; ``missing`` says why there is none.

    ``scale`` is what the typed figure counts in (``m`` for millions) and ``decimals`` how many it was given with, so
    that it is shown as it was written.  ``note`` is a footnote of this one amount, such as the survey it is based on.
    """

    text: str
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    scale: str = ""
    decimals: int = 0
    note: str = ""
    missing: str = ""

    @property
    def number(self) -> Decimal | None:
        """The single number; None for a range or where there is none."""
        return self.low if self.low == self.high else None

    @property
    def is_range(self) -> bool:
        """Whether it names a lowest and a highest value."""
        return self.low != self.high


def read_amount(text: str) -> Amount:
    """The amount a cell holds.  Raises NoAmount where it is not one."""
    typed = text.strip()
    noted = _NOTE.search(typed)
    bare = typed[: noted.start()] if noted else typed
    note = noted["note"].strip() if noted else ""
    if not bare or bare.lower() in _NOT_AVAILABLE:
        return Amount(typed, note=note, missing=bare or EMPTY)
    found = _AMOUNT.match(bare)
    if not found:
        raise NoAmount(f"'{typed}' is not a number, a range such as 50-55, or n/a")
    return _amount(typed, found, note)


def number_only(number: Decimal | int | str) -> Amount:
    """An amount that was computed, not typed."""
    return read_amount(str(number))


def _amount(typed: str, found: re.Match[str], note: str) -> Amount:
    times = _SCALES[(found["scale"] or "").lower()]
    low = _decimal(found["low"])
    high = _decimal(found["high"]) if found["high"] else low
    if high < low:
        raise NoAmount(f"the range '{typed}' ends below its start")
    return Amount(
        text=typed,
        low=low * times,
        high=high * times,
        unit="%" if "%" in typed else found["sign"],
        scale=(found["scale"] or "").lower(),
        decimals=len(found["low"].partition(".")[2]),
        note=note,
    )


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", ""))
