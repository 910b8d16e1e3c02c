"""A performance figure that a return answers by itself, and how it is shown to people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from muster.model.years import EVERY_YEAR, Years

Polarity = Literal["higher", "lower", "neither"]


class IndicatorExample(NamedTuple):
    """A small world of pipe tables with the numerator and the denominator it must give."""

    tables: Mapping[str, str]
    numerator: float
    denominator: float | None


@dataclass(frozen=True)
class Indicator:
    """One indicator as it stands in some range of years.

    The numerator and the denominator are sums over records, so that those of schools add up to those of their
    authority; an indicator without a denominator is a plain count.  ``polarity`` says which direction is the
    better one.  ``only_in`` leaves out the returns of which the indicator cannot be asked.
    """

    name: str
    title: str
    says: str
    unit: str
    polarity: Polarity
    table: str
    numerator: str
    denominator: str = ""
    denominator_table: str = ""
    only_in: Literal["school", "authority"] | None = None
    years: Years = EVERY_YEAR
    decimals: int = 0
    source: str = ""
    note: str = ""
    provisional: bool = False
    examples: tuple[IndicatorExample, ...] = ()
    where: str = ""

    def value(self, numerator: float, denominator: float | None) -> Decimal | None:
        """The figure, rounded half up to its decimals; None where there is nothing to divide by."""
        if self.denominator and not denominator:
            return None
        value = _exact(numerator)
        if self.denominator and denominator:
            value = value * (100 if self.unit == "%" else 1) / _exact(denominator)
        return value.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)


def _exact(number: float) -> Decimal:
    """The number as it would be written, so that 0.1 is a tenth."""
    return Decimal(repr(number))
