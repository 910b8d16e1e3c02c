"""Invented data: the authority of Anyshire with all its mess, and a set as large as the country."""

from muster.sample._mess import Planted
from muster.sample.national import NationalSettings, WrittenNation, write_national
from muster.sample.sample import WrittenAuthority, write_authority

__all__ = [
    "NationalSettings",
    "Planted",
    "WrittenAuthority",
    "WrittenNation",
    "write_authority",
    "write_national",
]
