"""Read what arrived: official XML, staff exports and payroll extracts.

Each name is fetched from its module when it is first asked for: who reads XML does not wait for what reads exports.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from muster.read._people import People as People
    from muster.read._told import Told as Told
    from muster.read.doubts import emptiness_doubts as emptiness_doubts
    from muster.read.doubts import year_doubts as year_doubts
    from muster.read.draft import draft_mapping as draft_mapping
    from muster.read.exports import Export as Export
    from muster.read.exports import export_kinds as export_kinds
    from muster.read.exports import read_export as read_export
    from muster.read.exports import recognised_mapping as recognised_mapping
    from muster.read.extract import read_extract as read_extract
    from muster.read.extract import read_extracts as read_extracts
    from muster.read.file_set import read_file_set as read_file_set
    from muster.read.file_set import table_of as table_of
    from muster.read.mapping import SourceMapping as SourceMapping
    from muster.read.mapping import known_headings as known_headings
    from muster.read.mappings import load_mappings as load_mappings
    from muster.read.mappings import read_mapping as read_mapping
    from muster.read.places import with_places as with_places
    from muster.read.previous import tables_compared as tables_compared
    from muster.read.previous import with_previous as with_previous
    from muster.read.providers import is_provider_list as is_provider_list
    from muster.read.providers import with_providers as with_providers
    from muster.read.recognising import Recognised as Recognised
    from muster.read.recognising import recognise as recognise
    from muster.read.schema_gate import SchemaGate as SchemaGate
    from muster.read.sheets import Sheet as Sheet
    from muster.read.sheets import read_sheets as read_sheets
    from muster.read.tables import read_tables as read_tables
    from muster.read.template import write_template as write_template
    from muster.read.xml_reader import FileHeader as FileHeader
    from muster.read.xml_reader import kind_of_other_file as kind_of_other_file
    from muster.read.xml_reader import peek_header as peek_header
    from muster.read.xml_reader import read_xml as read_xml
    from muster.read.xml_reader import stream_xml as stream_xml

_MODULES = {
    "People": "_people",
    "Told": "_told",
    "emptiness_doubts": "doubts",
    "year_doubts": "doubts",
    "draft_mapping": "draft",
    "Export": "exports",
    "export_kinds": "exports",
    "read_export": "exports",
    "recognised_mapping": "exports",
    "read_extract": "extract",
    "read_extracts": "extract",
    "read_file_set": "file_set",
    "table_of": "file_set",
    "SourceMapping": "mapping",
    "known_headings": "mapping",
    "load_mappings": "mappings",
    "read_mapping": "mappings",
    "with_places": "places",
    "tables_compared": "previous",
    "with_previous": "previous",
    "is_provider_list": "providers",
    "with_providers": "providers",
    "Recognised": "recognising",
    "recognise": "recognising",
    "SchemaGate": "schema_gate",
    "Sheet": "sheets",
    "read_sheets": "sheets",
    "read_tables": "tables",
    "write_template": "template",
    "FileHeader": "xml_reader",
    "kind_of_other_file": "xml_reader",
    "peek_header": "xml_reader",
    "read_xml": "xml_reader",
    "stream_xml": "xml_reader",
}
__all__ = [*_MODULES]


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = found
    return found
