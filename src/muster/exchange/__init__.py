"""Stage 7: write the official file of a return, and turn returns into tables a person can edit and back."""

from muster.exchange.convert import from_tables, to_tables
from muster.exchange.differences import Change, Difference, differences
from muster.exchange.exchange import file_name, write_xml, xml_text

__all__ = [
    "Change",
    "Difference",
    "differences",
    "file_name",
    "from_tables",
    "to_tables",
    "write_xml",
    "xml_text",
]
