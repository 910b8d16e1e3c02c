"""Invented data: the authority of Anyshire with all its mess, and a set as large as the country."""

from muster.sample._mess import Planted
from muster.sample.sample import WrittenAuthority, write_authority

__all__ = ["Planted", "WrittenAuthority", "write_authority"]
