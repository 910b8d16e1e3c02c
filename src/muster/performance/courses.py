"""What a course costs and must bring: seats and price at which it breaks even, exact to the penny."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from muster.model import MusterError

_PENNY = Decimal("0.01")


@dataclass(frozen=True)
class CourseCosts:
    """What a course costs whoever comes, what each seat costs besides, and what a seat is sold for; in pounds."""

    fixed: Decimal
    each: Decimal
    price: Decimal

    def __post_init__(self) -> None:
        """Raises MusterError for an amount below nothing or not in whole pence."""
        for name, amount in vars(self).items():
            if amount < 0 or amount != amount.quantize(_PENNY):
                raise MusterError(f"{name} is {amount}; give pounds and whole pence, not below 0")

    @property
    def break_even_seats(self) -> int | None:
        """The seats that must be sold so that nothing is lost; None where no number of them is enough."""
        if not self.fixed:
            return 0 if self.price >= self.each else None
        left = self.price - self.each
        return int((self.fixed / left).to_integral_value(ROUND_CEILING)) if left > 0 else None

    def break_even_price(self, seats: int) -> Decimal | None:
        """The least price in whole pence at which so many seats pay for the course; None for no seats."""
        if seats <= 0:
            return None
        return (self.fixed / seats + self.each).quantize(_PENNY, ROUND_CEILING)

    def margin(self, seats: int) -> Decimal:
        """What is left, or lost where it is below 0, when so many seats are sold."""
        return (self.price - self.each) * seats - self.fixed
