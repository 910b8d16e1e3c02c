"""Stage 7: write the official file of a return, and turn returns into tables a person can edit and back."""

from muster.exchange._grid_files import files_as_zip
from muster.exchange.convert import (
    collection_named_in,
    from_tables,
    holds_own_tables,
    set_as_zip,
    tables_as_zip,
    to_tables,
)
from muster.exchange.differences import Change, Difference, differences
from muster.exchange.exchange import file_name, left_unwritten, write_xml, xml_text

__all__ = [
    "Change",
    "Difference",
    "collection_named_in",
    "differences",
    "file_name",
    "files_as_zip",
    "from_tables",
    "holds_own_tables",
    "left_unwritten",
    "set_as_zip",
    "tables_as_zip",
    "to_tables",
    "write_xml",
    "xml_text",
]
