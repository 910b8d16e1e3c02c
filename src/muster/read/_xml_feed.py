"""Feeds a file to the XML parser piece by piece, so that no file has to fit into memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from lxml import etree

from muster.model import SourceFile
from muster.read._xml_bytes import pieces
from muster.read._xml_lines import XmlElement
from muster.read._xml_prolog import Prolog
from muster.read._xml_refusals import not_well_formed, refusal

PIECE = 1 << 16

# huge_tree stays off: libxml2 then refuses a text of more than 10 million characters and nesting deeper than 256.
_OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
}


class PiecewiseParser:
    """lxml's parser fed by pieces, its errors in plain words and document types refused."""

    def __init__(
        self, source: SourceFile, prolog: Prolog, *, events: tuple[str, ...], tag: str | None = None
    ) -> None:
        self._source = source
        self._encoding = prolog.encoding
        self._parser = cast(Any, etree.XMLPullParser)(events=events, tag=tag, **_OPTIONS)
        self._started = False

    def feed(self, piece: bytes) -> Iterator[tuple[str, XmlElement]]:
        """Parse one more piece; the events it leads to."""
        try:
            self._parser.feed(piece)
        except etree.XMLSyntaxError as error:
            raise not_well_formed(self._source, self._encoding, error, at_end=False) from None
        for event, element in self._parser.read_events():
            if not self._started:
                self._started = True
                _refuse_doctype(self._source, element)
            yield event, element

    def close(self) -> XmlElement:
        """Say that no more is to come; the outermost element.  Refuses what is incomplete."""
        try:
            return self._parser.close()
        except etree.XMLSyntaxError as error:
            raise not_well_formed(self._source, self._encoding, error, at_end=True) from None


class Growth(NamedTuple):
    """The outermost element as far as it has been parsed."""

    root: XmlElement
    read: int
    final: bool
    attributes: bool


def grow(source: SourceFile, prolog: Prolog, tag: str) -> Iterator[Growth]:
    """Parse a file; the outermost element is handed over again after every piece and once when complete."""
    parser = PiecewiseParser(source, prolog, events=("start",), tag=tag)
    root: XmlElement = None
    attributes, skip = False, prolog.length
    for piece in pieces(source, PIECE):
        # No attribute without an equals sign: most files have none, and need not be searched for any.
        attributes = attributes or piece.find(b"=", skip) >= 0
        skip = max(0, skip - len(piece))
        for _, element in parser.feed(piece):
            root = element if root is None else root
        if root is not None:
            yield Growth(root, len(piece), False, attributes)
    parser.close()
    yield Growth(root, 0, True, attributes)


def _refuse_doctype(source: SourceFile, root: XmlElement) -> None:
    """Refuse a document type that stands too far down for the first look to have seen it."""
    if root.getroottree().docinfo.internalDTD is not None:
        what = "it has a document type (<!DOCTYPE), which an official return never has and which can do harm"
        raise refusal(source, what, "Remove it, or export the file again.", at=(1, 1))
