"""What the settings of a run say of a return where its files do not: the year and the authority."""

from __future__ import annotations

from typing import NamedTuple

from muster.model import Collection, MusterError


class Told(NamedTuple):
    """The collection year and the three-digit number of the authority, '' where it was not said."""

    year: int
    authority: str = ""

    def check(self, collection: Collection) -> None:
        """Refuse what no return of the collection can be.  Raises MusterError."""
        if self.year not in collection.years:
            first, last = collection.years[0], collection.years[-1]
            raise MusterError(f"{collection.title} is known for {first} to {last}, not for {self.year}")
        if self.authority and not (len(self.authority) == 3 and self.authority.isdecimal()):
            raise MusterError(
                f"'{self.authority}' is no number of an authority; give its three digits, such as --authority 999"
            )
