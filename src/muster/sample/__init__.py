"""Invented data: the authority of Anyshire with all its mess, and sets as large as the country."""

from muster.sample._mess import Planted
from muster.sample.children import FORMS, ChildrenSettings, WrittenChildren, write_children
from muster.sample.national import NationalSettings, WrittenNation, write_national
from muster.sample.preferences import PreferencesSettings, WrittenPreferences, write_preferences
from muster.sample.pupils import CensusSettings, WrittenCensus, write_census
from muster.sample.quarter import write_quarter
from muster.sample.sample import WrittenAuthority, write_authority
from muster.sample.transfers import TransferSettings, WrittenTransfer, write_transfer

__all__ = [
    "FORMS",
    "CensusSettings",
    "ChildrenSettings",
    "NationalSettings",
    "Planted",
    "PreferencesSettings",
    "TransferSettings",
    "WrittenAuthority",
    "WrittenCensus",
    "WrittenChildren",
    "WrittenNation",
    "WrittenPreferences",
    "WrittenTransfer",
    "write_authority",
    "write_census",
    "write_children",
    "write_national",
    "write_preferences",
    "write_quarter",
    "write_transfer",
]
