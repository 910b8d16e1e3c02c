"""Open a CSV file whatever its encoding and whatever parts its cells."""

from __future__ import annotations

import codecs
import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from muster.model import UnreadableFile

DELIMITERS = (",", ";", "\t", "|")
MAX_CELL = 1_000_000  # characters; beyond it a quotation mark was surely left open
_SAMPLE_LINES = 40
_CHUNK = 1 << 20

Line = tuple[int, list[str]]


def csv_lines(path: Path, name: str) -> Iterator[Line]:
    """Each record of the file with the number of the line it begins on."""
    encoding = find_encoding(path, name)
    delimiter = find_delimiter(path, encoding)
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        begins = 1
        try:
            for cells in reader:
                yield begins, cells
                begins = reader.line_num + 1
        except csv.Error as error:
            raise UnreadableFile(_why(name, begins, str(error))) from None


def find_encoding(path: Path, name: str) -> str:
    """The encoding of a text file, by its first bytes, then by whether all of it is UTF-8, else Windows."""
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _checked(path, name, "utf-16")
    if start.startswith(codecs.BOM_UTF8):
        return _checked(path, name, "utf-8-sig")
    if b"\0" in start:
        return _checked(path, name, _utf16_without_mark(start, name))
    if _decodes(path, "utf-8") is None:
        return "utf-8"
    if _decodes(path, "cp1252") is None:
        return "cp1252"
    return "latin-1"


def find_delimiter(path: Path, encoding: str) -> str:
    """The character that parts the cells: the one that gives the lines most cells, evenly."""
    csv.field_size_limit(min(MAX_CELL, sys.maxsize))
    with path.open(encoding=encoding, newline="") as file:
        sample = [line for line, _ in zip(file, range(_SAMPLE_LINES), strict=False)]
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: list[str], delimiter: str) -> tuple[float, int]:
    try:
        widths = [len(cells) for cells in csv.reader(sample, delimiter=delimiter) if any(cells)]
    except csv.Error:
        return 0.0, 0
    if not widths:
        return 0.0, 0
    usual = median(widths)
    alike = sum(1 for width in widths if width == usual)
    return (usual - 1) * alike / len(widths), max(widths)


def _utf16_without_mark(start: bytes, name: str) -> str:
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > len(start) // 4 and even == 0:
        return "utf-16-le"
    if even > len(start) // 4 and odd == 0:
        return "utf-16-be"
    raise UnreadableFile(
        f"{name} is not a text file (it holds zero bytes). Save it as CSV or as an Excel workbook."
    )


def _checked(path: Path, name: str, encoding: str) -> str:
    line = _decodes(path, encoding)
    if line is None:
        return encoding
    raise UnreadableFile(
        f"{name}, line {line}: its first bytes say {encoding}, but this line is not. "
        "Save it again as 'CSV UTF-8' and send that."
    )


def _decodes(path: Path, encoding: str) -> int | None:
    """None where the whole file decodes, else the line at which it does not."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            try:
                line += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return None


def _why(name: str, line: int, error: str) -> str:
    if "field larger" in error:
        what = f"a cell of over {MAX_CELL:,} characters, as where a quotation mark is opened and never closed"
    elif "end of data" in error:
        what = "a quotation mark is opened and never closed"
    elif "expected after" in error:
        what = "a quotation mark stands inside a quoted cell"
    elif "NUL" in error:
        what = "it holds a zero byte, which no text has"
    else:
        what = error
    return f"{name}, line {line}: {what}. Correct the line, or export the file again."
