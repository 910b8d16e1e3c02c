"""Word files: what a template says, packed so that the same text gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from muster.report._pages import html_page

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "application/vnd.openxmlformats-package"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = f"""{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="{_PACKAGE}.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>
<Override PartName="/docProps/core.xml" ContentType="{_PACKAGE}.core-properties+xml"/>
</Types>"""
_RELATIONS = f"""{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>
<Relationship Id="r2" Type="{_CORE}" Target="docProps/core.xml"/>
</Relationships>"""
_OF_DOCUMENT = f"""{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/>
</Relationships>"""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the first a zip file can say; the time of packing is nobody's business


def word_file(document: bytes, *, title: str, day: date) -> bytes:
    """A Word file around its main part, with our styles, its title and its day."""
    properties = html_page("word_properties.xml.j2", title=title, day=day.isoformat())
    parts = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _RELATIONS.encode(),
        "docProps/core.xml": properties,
        "word/_rels/document.xml.rels": _OF_DOCUMENT.encode(),
        "word/document.xml": document,
        "word/styles.xml": html_page("word_styles.xml.j2"),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as into:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            into.writestr(entry, content)
    return packed.getvalue()
