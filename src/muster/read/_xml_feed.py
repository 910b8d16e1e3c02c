"""Feeds a file to the XML parser piece by piece, so that no file has to fit into memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from muster.model import SourceFile
from muster.read._xml_lines import XmlElement
from muster.read._xml_prolog import Prolog
from muster.read._xml_refusals import not_well_formed, refusal

CHUNK = 1 << 16

# huge_tree stays off: libxml2 then refuses a text of more than 10 million characters and nesting deeper than 256.
PARSER_OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
}


@dataclass(frozen=True)
class Growth:
    """The outermost element as far as it has been parsed."""

    root: XmlElement
    read: int
    final: bool
    attributes: bool


def grow(source: SourceFile, prolog: Prolog, tag: str) -> Iterator[Growth]:
    """Parse a file; the outermost element is handed over again after every piece and once when complete."""
    parser = etree.XMLPullParser(events=("start",), tag=tag, **PARSER_OPTIONS)
    root: XmlElement | None = None
    attributes, skip = False, prolog.length
    try:
        for chunk in chunks(source, CHUNK):
            # No attribute without an equals sign: most files have none, and need not be searched for any.
            attributes = attributes or chunk.find(b"=", skip) >= 0
            skip = max(0, skip - len(chunk))
            parser.feed(chunk)
            for _, element in parser.read_events():
                root = element if root is None else root
            if root is not None:
                refuse_doctype(source, root)
                yield Growth(root, len(chunk), False, attributes)
        parser.close()
    except etree.XMLSyntaxError as error:
        raise not_well_formed(source, prolog.encoding, error) from None
    if root is not None:
        yield Growth(root, 0, True, attributes)


def chunks(source: SourceFile, size: int) -> Iterator[bytes]:
    """The bytes of a file, so many at a time."""
    try:
        with source.path.open("rb") as file:
            while chunk := file.read(size):
                yield chunk
    except OSError as error:
        raise refusal(
            source, f"the file cannot be opened: {error.strerror}", "Check that it is there."
        ) from None


def refuse_doctype(source: SourceFile, root: XmlElement) -> None:
    """Refuse a document type that stands too far down for the first look to have seen it."""
    if root.getroottree().docinfo.internalDTD is not None:
        what = "it has a document type (<!DOCTYPE), which an official return never has and which can do harm"
        raise refusal(source, what, "Remove it, or export the file again.", (1, 1))
