"""Read what arrived: official XML, staff exports and payroll extracts."""

from muster.read._people import People
from muster.read._told import Told
from muster.read.doubts import emptiness_doubts, year_doubts
from muster.read.draft import draft_mapping
from muster.read.exports import Export, export_kinds, read_export, recognised_mapping
from muster.read.extract import read_extract, read_extracts
from muster.read.file_set import read_file_set, table_of
from muster.read.mapping import SourceMapping, known_headings
from muster.read.mappings import load_mappings, read_mapping
from muster.read.places import with_places
from muster.read.previous import tables_compared, with_previous
from muster.read.providers import is_provider_list, with_providers
from muster.read.recognise import Recognised, recognise
from muster.read.schema_gate import SchemaGate
from muster.read.sheets import Sheet, read_sheets
from muster.read.tables import read_tables
from muster.read.template import write_template
from muster.read.xml_reader import FileHeader, kind_of_other_file, peek_header, read_xml, stream_xml

__all__ = [
    "Export",
    "FileHeader",
    "People",
    "Recognised",
    "SchemaGate",
    "Sheet",
    "SourceMapping",
    "Told",
    "draft_mapping",
    "emptiness_doubts",
    "export_kinds",
    "is_provider_list",
    "kind_of_other_file",
    "known_headings",
    "load_mappings",
    "peek_header",
    "read_export",
    "read_extract",
    "read_extracts",
    "read_file_set",
    "read_mapping",
    "read_sheets",
    "read_tables",
    "read_xml",
    "recognise",
    "recognised_mapping",
    "stream_xml",
    "table_of",
    "tables_compared",
    "with_places",
    "with_previous",
    "with_providers",
    "write_template",
    "year_doubts",
]
