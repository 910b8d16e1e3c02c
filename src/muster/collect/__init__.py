"""Take in what arrived: files with their checksums, safely unpacked, and the authority's own set-up."""

from muster.collect._schools_file import read_schools
from muster.collect.authority import load_authority
from muster.collect.collect import Inventory, files_of, gather, name_alone, take_in

__all__ = ["Inventory", "files_of", "gather", "load_authority", "name_alone", "read_schools", "take_in"]
