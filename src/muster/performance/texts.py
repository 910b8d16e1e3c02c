"""The lines of a plan, review or draft, from text, tables, web pages or Word files; a table row is a line of cells."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from lxml import etree
from lxml import html as web_page

from muster.model import UnreadableFile
from muster.read._csv_file import csv_lines
from muster.read._workbook import open_workbook

# [^<>] and not [^>], or each of many unclosed tags would be searched for its end to the end of the text.
_TAGS = re.compile(r"</?(?:b|i|u|p|ul|ol|li|strong|em|br|span|sup|sub)\b[^<>]*>", re.I)
_EMPHASIS = re.compile(r"\*\*|__")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLOCKS = (
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "caption", "pre", "blockquote", "div", "section",
    "title",
)  # fmt: skip
WORKBOOKS = (".xlsx", ".xls", ".ods")
_MOST_BYTES, _MOST_LINES = 50_000_000, 50_000


@dataclass(frozen=True)
class Line:
    """One line with its number; the cells of a table row are parted by tabs."""

    number: int
    text: str

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The cells of a table row, as text without marks; a line without tabs has one."""
        return tuple(plain(cell) for cell in self.text.split("\t"))

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return "\t" in self.text

    @cached_property
    def plain(self) -> str:
        """Its text without marks of emphasis."""
        return plain(self.text)


def plain(text: str) -> str:
    """A piece of text without tags, asterisks of emphasis and doubled blanks."""
    return " ".join(html.unescape(_EMPHASIS.sub("", _TAGS.sub(" ", text))).split())


def read_lines(path: Path) -> list[Line]:
    """The lines of a text file, a workbook, a web page or a Word file.

    Raises UnreadableFile, also where they are too many.
    """
    lines = list(islice(_lines_in(path), _MOST_LINES + 1))
    if len(lines) > _MOST_LINES:
        raise UnreadableFile(
            f"{path.name} goes on after line {lines[-1].number - 1:,}, and at most {_MOST_LINES:,} lines are read of a "
            "plan or a report; send it in parts"
        )
    return lines


def _lines_in(path: Path) -> Iterable[Line]:
    content = path.read_bytes()
    if len(content) > _MOST_BYTES:
        raise UnreadableFile(
            f"{path.name} is larger than {_MOST_BYTES // 1_000_000} MB; send the text without pictures"
        )
    if path.suffix.lower() in WORKBOOKS:
        return _of_workbook(path)
    if content.startswith(b"PK\x03\x04"):
        return _of_word(path)
    text = _decoded(content)
    if path.suffix.lower() == ".csv":
        return (Line(number, "\t".join(cells) + "\t") for number, cells in csv_lines(path, path.name))
    if re.match(r"\s*(?:<!doctype html|<html|<table|<body)", text, re.I):
        return _of_page(text)
    return lines_of(text)


def lines_of(text: str) -> list[Line]:
    """The lines of plain text."""
    return [Line(number, line.rstrip(" \r")) for number, line in enumerate(text.splitlines(), start=1)]


def _of_workbook(path: Path) -> Iterator[Line]:
    """The rows of every sheet of a workbook, numbered as each sheet numbers them."""
    for sheet in open_workbook(path, path.name):
        yield Line(0, "")  # so that a table never runs on from the sheet before
        for number, cells in sheet.lines():
            yield Line(number, "".join(f"{' '.join(cell.split())}\t" for cell in cells))


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _of_page(text: str) -> Iterator[Line]:
    """The lines of a web page: one for each block of text and each row of a table."""
    page = web_page.document_fromstring(text)
    for element in page.iter("tr", *_BLOCKS):
        number = _line_of(element)
        if element.tag == "tr":
            if element.getprevious() is None:
                yield Line(number, "")  # so that a table never runs on from the one before
            cells = [_within(cell) for cell in element if cell.tag in ("td", "th")]
            yield Line(number, "\t".join([*cells, ""] if len(cells) == 1 else cells))
        elif element.tag == "dt" and (value := element.getnext()) is not None:
            yield Line(number, f"{_within(element)}: {_within(value)}")
        elif element.tag != "dd" and not _holds_blocks(element) and not _is_inside(element, "tr", "nav"):
            yield Line(number, _within(element))


def _line_of(element: etree._Element) -> int:
    return element.sourceline if isinstance(element.sourceline, int) else 0


def _within(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext("*"))).split())


def _is_inside(element: etree._Element, *tags: str) -> bool:
    return any(above.tag in tags for above in element.iterancestors())


def _holds_blocks(element: etree._Element) -> bool:
    return any(inner.tag in (*_BLOCKS, "table") for inner in element.iterdescendants())


def _of_word(path: Path) -> Iterator[Line]:
    """The lines of a Word file: its paragraphs and the rows of its tables, counted from the top."""
    try:
        with zipfile.ZipFile(path) as packed:
            if packed.getinfo("word/document.xml").file_size > _MOST_BYTES:
                raise UnreadableFile(f"{path.name} unpacks to too much; send the text without pictures")
            content = packed.read("word/document.xml")
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError):
        raise UnreadableFile(f"{path.name} is not a Word file; save it as .docx, or as text") from None
    body = root.find(f"{_WORD}body")
    for number, block in enumerate(() if body is None else body, start=1):
        yield from _lines_of_block(block, number)


def _lines_of_block(block: etree._Element, number: int) -> Iterator[Line]:
    if block.tag == f"{_WORD}tbl":
        yield Line(number, "")
        for row in block.iter(f"{_WORD}tr"):
            yield Line(number, "\t".join(_text_of(cell) for cell in row.findall(f"{_WORD}tc")))
    else:
        yield Line(number, _text_of(block))


def _text_of(block: etree._Element) -> str:
    return " ".join("".join(one.text or "" for one in block.iter(f"{_WORD}t")).split())
