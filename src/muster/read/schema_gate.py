"""Holds a file to an official XML schema the user points at: the department's gate before any rule.

Schemas are not part of the catalogue.  The file is held in memory whole, which reading it otherwise never needs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree

from muster.model import Notice, SourceFile, UnreadableFile
from muster.read._xml_complaints import local_name
from muster.read._xml_lines import line_of
from muster.read._xml_notices import NoticeLog

_CODE = "read.schema"
_SAFE: dict[str, Any] = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}


class SchemaGate:
    """One schema, read once and asked of many files.  Raises UnreadableFile where it is not a schema."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        try:
            self._schema = etree.XMLSchema(etree.parse(path, etree.XMLParser(**_SAFE)))
        except (OSError, etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
            said = str(error).splitlines()[0] if str(error) else "it cannot be read"
            fix = "Give the .xsd file of the collection year."
            raise UnreadableFile(f"{path.name} is not an XML schema: {said}. {fix}") from None

    def notices(self, source: SourceFile) -> list[Notice]:
        """Everything in a well-formed file that the schema does not allow, each with its line."""
        log = NoticeLog(source.name)
        try:
            tree = etree.parse(source.path, etree.XMLParser(**_SAFE))
        except etree.XMLSyntaxError as error:
            text = f"The file could not be held to the schema {self._name}: {error.msg}"
            log.add(_CODE, text, fix="Save the file as UTF-8.", line=error.position[0])
            return log.close()
        if self._schema.validate(tree):
            return []
        faults: Any = self._schema.error_log
        for fault in faults:
            self._add(log, tree, fault)
        return log.close()

    def _add(self, log: NoticeLog, tree: Any, fault: Any) -> None:
        found = tree.xpath(fault.path) if fault.path else []
        element = found[0] if found else tree.getroot()
        if log.wants(_CODE, f"{local_name(element)}: {fault.type_name}"):
            text = f"The schema {self._name} does not allow this: {fault.message}"
            log.add(_CODE, text, fix="Correct it where the file is made.", line=line_of(element))
