"""What stands before the first element: the encoding, and anything that shows a file is no XML return at all."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from muster.model import SourceFile
from muster.read._xml_bytes import pieces
from muster.read._xml_refusals import refusal

HEAD = 1 << 16
_PIECE = 1 << 20

_ENCODINGS = {"utf-8", "utf-16", "ascii", "iso8859-1", "iso8859-15", "cp1252"}
_ENCODING_NAMES = "UTF-8, UTF-16, ISO-8859-1, ISO-8859-15 and windows-1252"
_SINGLE_BYTE = {"iso8859-1", "iso8859-15", "cp1252"}

_DECLARATION = re.compile(r"""<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)["']""")
_BEFORE_ROOT = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (
        b"PK\x03\x04",
        "a zip archive or an Excel or OpenDocument workbook",
        "Send the XML file itself, or unpack it.",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Excel workbook",
        "Send the XML file, or the workbook as .xlsx among the exports.",
    ),
    (b"%PDF", "a PDF document", "Send the XML file it was printed from."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"PAR1", "a Parquet file", "Send the XML file."),
    (b"\xff\xfe\x00\x00", "written in UTF-32", f"Save it as UTF-8. Muster reads {_ENCODING_NAMES}."),
    (b"\x00\x00\xfe\xff", "written in UTF-32", f"Save it as UTF-8. Muster reads {_ENCODING_NAMES}."),
)


class Prolog(NamedTuple):
    """The encoding a file is written in, the one it declares, and how many bytes of it come before the root."""

    encoding: str
    declared: str
    length: int

    @property
    def disagrees(self) -> bool:
        """Whether the file declares another encoding than its first bytes show."""
        return bool(self.declared) and canonical(self.declared) != self.encoding


def read_prolog(source: SourceFile) -> Prolog:
    """Look at the start of a file; refuse what is no XML, has a DOCTYPE or an encoding we do not read."""
    head = next(pieces(source, HEAD), b"")
    _refuse_other_kinds(source, head)
    shown, text = _decode(head)
    declared = _DECLARATION.match(text)
    name = declared.group(1) if declared else ""
    encoding = _settle(source, shown, name)
    before = _BEFORE_ROOT.match(text)
    length = before.end() if before else 0
    _refuse_text(source, text, length)
    if encoding in _SINGLE_BYTE:
        _refuse_wrong_single_byte(source, encoding, name)
    return Prolog(
        encoding, name, len(text[:length].encode("utf-16-le" if encoding == "utf-16" else "latin-1"))
    )


def canonical(name: str) -> str:
    """One name for the many names of an encoding; the name itself when it is unknown."""
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return name
    return "utf-16" if found.startswith("utf-16") else found


def place_of(text: str, offset: int) -> tuple[int, int]:
    """The line and column of an offset, both counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _refuse_other_kinds(source: SourceFile, head: bytes) -> None:
    if not head:
        raise refusal(source, "the file is empty", "Export it again, or remove it from the folder.")
    if not head.strip(b" \t\r\n\x00"):
        raise refusal(source, "the file holds nothing but blanks", "Export it again, or remove it.")
    for magic, kind, fix in _MAGIC:
        if head.startswith(magic):
            raise refusal(source, f"this is not XML: it is {kind}", fix)


def _decode(head: bytes) -> tuple[str, str]:
    """The encoding the first bytes show ('' if any one-byte one or UTF-8 is possible) and the text in it."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8", head[3:].decode("latin-1")
    for bom, codec in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(bom):
            return "utf-16", head[2:].decode(codec, "replace")
    if head.startswith(b"<\x00"):
        return "utf-16", head.decode("utf-16-le", "replace")
    if head.startswith(b"\x00<"):
        return "utf-16", head.decode("utf-16-be", "replace")
    return "", head.decode("latin-1")


def _settle(source: SourceFile, shown: str, declared: str) -> str:
    """The encoding to read by: what the bytes show, else what is declared, else UTF-8."""
    name = canonical(declared)
    if declared and name not in _ENCODINGS:
        what = f"it declares the encoding '{declared[:40]}', which Muster does not read"
        raise refusal(source, what, f"Save it as UTF-8. Muster reads {_ENCODING_NAMES}.", at=(1, 1))
    if name == "utf-16" and shown != "utf-16":
        what = f"it declares the encoding {declared} but is not written in it"
        raise refusal(
            source, what, 'Change the first line to say encoding="UTF-8", or export it again.', at=(1, 1)
        )
    return shown or name or "utf-8"


def _refuse_text(source: SourceFile, text: str, length: int) -> None:
    start = text[length : length + 9]
    if start.upper() == "<!DOCTYPE":
        if text[length + 9 : length + 20].strip().upper().startswith("HTML"):
            raise refusal(source, "this is a web page, not a return", "Download the file itself.", at=(1, 1))
        what = "it has a document type (<!DOCTYPE), which an official return never has and which can do harm"
        raise refusal(source, what, "Remove it, or export the file again.", at=place_of(text, length))
    if not start.startswith("<") and start:
        kind = _kind_of_text(text[length : length + 2000])
        raise refusal(
            source, f"this is not XML: it looks like {kind}", "Send the XML file.", at=place_of(text, length)
        )


def _kind_of_text(text: str) -> str:
    if text[:1] in "{[":
        return "JSON"
    first, _, rest = text.partition("\n")
    second = rest.partition("\n")[0]
    if any(0 < first.count(mark) == second.count(mark) for mark in ",;|\t"):
        return "a table in text form (CSV); staff exports and payroll extracts go beside the returns, not among them"
    return "plain text"


def _refuse_wrong_single_byte(source: SourceFile, encoding: str, declared: str) -> None:
    """Refuse a file that declares a one-byte encoding and is plainly written in another.

    The parser would not notice, because every byte is a letter in these encodings; names would be garbled.
    """
    utf8, control = _evidence(source)
    true = "UTF-8" if utf8 else "windows-1252" if control and encoding == "iso8859-1" else ""
    offset = utf8 or control
    if true and offset is not None:
        what = f"it declares the encoding {declared} but its letters are written in {true}"
        fix = f'Change the first line to say encoding="{true}", or export it again.'
        raise refusal(source, what, fix, at=_place_in_file(source, offset - 1))


def _evidence(source: SourceFile) -> tuple[int, int]:
    """Where (counted from 1; 0 for nowhere) the first letter in UTF-8, and the first byte 0x80-0x9F, stands.

    UTF-8 is only believed when every byte beyond ASCII in the whole file fits it.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8, control, offset, fits = 0, 0, 0, True
    for piece in pieces(source, _PIECE):
        if piece.isascii():
            fits = fits and not decoder.getstate()[0]
        else:
            utf8 = utf8 or offset + _first(piece, 0x80, 0xFF)
            found = 0 if control else _first(piece, 0x80, 0x9F)
            control = control or (offset + found if found else 0)
            fits = fits and _decodes(decoder, piece)
        offset += len(piece)
    return (utf8 if fits and not decoder.getstate()[0] else 0), control


def _first(piece: bytes, low: int, high: int) -> int:
    found = re.search(b"[%c-%c]" % (low, high), piece)
    return found.start() + 1 if found else 0


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes) -> bool:
    try:
        decoder.decode(piece)
    except UnicodeDecodeError:
        return False
    return True


def _place_in_file(source: SourceFile, offset: int) -> tuple[int, int]:
    line, last_break, read = 1, -1, 0
    for piece in pieces(source, _PIECE):
        here = piece[: max(0, offset - read)]
        line += here.count(b"\n")
        last_break = read + here.rfind(b"\n") if b"\n" in here else last_break
        read += len(piece)
        if read >= offset:
            break
    return line, offset - last_break
