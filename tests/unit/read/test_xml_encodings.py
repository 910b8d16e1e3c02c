"""Files are read in the encoding they are written in; a false declaration is told or refused, never guessed."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from tests.xml_returns import column, details, of_code, received, with_members

from muster.model import Collection, UnreadableFile
from muster.read.xml_reader import read_xml

NAME = "Zoë O’Quirke"
PLAIN_NAME = "Zoë Quirke"


def declared(encoding: str, name: str) -> str:
    """A file that declares an encoding on line 1; the name stands on line 4."""
    head = f'<?xml version="1.0" encoding="{encoding}"?>\n' if encoding else ""
    person = f"<StaffDetails><StaffMemberName><PersonFamilyName>{name}</PersonFamilyName>"
    return head + with_members(person + "</StaffMemberName></StaffDetails>")


READ = {
    "UTF-8": declared("UTF-8", NAME).encode(),
    "UTF-8 not declared": declared("", NAME).encode(),
    "UTF-8 with BOM": codecs.BOM_UTF8 + declared("utf-8", NAME).encode(),
    "UTF-16 with BOM": declared("UTF-16", NAME).encode("utf-16"),
    "UTF-16 not declared": declared("", NAME).encode("utf-16"),
    "UTF-16 little endian": declared("UTF-16", NAME).encode("utf-16-le"),
    "UTF-16 big endian": codecs.BOM_UTF16_BE + declared("UTF-16", NAME).encode("utf-16-be"),
    "windows-1252": declared("windows-1252", NAME).encode("cp1252"),
    "ASCII": declared("us-ascii", NAME).encode("ascii", "xmlcharrefreplace"),
    "ISO-8859-1 with references": declared("ISO-8859-1", NAME).encode("iso-8859-1", "xmlcharrefreplace"),
}


@pytest.mark.parametrize("raw", READ.values(), ids=READ.keys())
def test_a_name_is_read_in_every_encoding(collection: Collection, tmp_path: Path, raw: bytes) -> None:
    read = read_xml(collection, received(tmp_path, raw))
    assert column(read, "members", "family_name") == [NAME]
    assert read.notices == []


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "latin1", "ISO-8859-15", "windows-1252"])
def test_one_byte_encodings_are_read(collection: Collection, tmp_path: Path, encoding: str) -> None:
    raw = declared(encoding, PLAIN_NAME).encode(encoding)
    assert column(read_xml(collection, received(tmp_path, raw)), "members", "family_name") == [PLAIN_NAME]


def test_a_byte_order_mark_is_believed_and_the_false_declaration_told(
    collection: Collection, tmp_path: Path
) -> None:
    for raw in (
        declared("UTF-8", NAME).encode("utf-16"),
        codecs.BOM_UTF8 + declared("ISO-8859-1", NAME).encode(),
    ):
        read = read_xml(collection, received(tmp_path, raw))
        assert column(read, "members", "family_name") == [NAME]
        assert len(of_code(read, "read.encoding")) == 1


FALSE = {
    "says nothing, is windows-1252": (declared("", NAME).encode("cp1252"), r"line 3, column \d+: .*UTF-8"),
    "says UTF-8, is ISO-8859-1": (
        declared("UTF-8", PLAIN_NAME).encode("iso-8859-1"),
        r"line 4, column \d+: .*UTF-8",
    ),
    "says ISO-8859-1, is UTF-8": (
        declared("ISO-8859-1", NAME).encode(),
        r"line 4, column 75: it declares the encoding ISO-8859-1 but its letters are written in UTF-8",
    ),
    "says ISO-8859-1, is windows-1252": (
        declared("ISO-8859-1", NAME).encode("cp1252"),
        r"line 4, column 78: .* are written in windows-1252",
    ),
    "says UTF-16, is UTF-8": (
        declared("utf-16", NAME).encode(),
        "declares the encoding utf-16 but is not written",
    ),
    "says what no one knows": (
        declared("klingon", NAME).encode(),
        "the encoding 'klingon', which Muster does not",
    ),
    "says UTF-7": (declared("utf-7", "x").encode(), "the encoding 'utf-7', which Muster does not read"),
}


@pytest.mark.parametrize("raw, words", FALSE.values(), ids=FALSE.keys())
def test_a_false_declaration_is_refused(
    collection: Collection, tmp_path: Path, raw: bytes, words: str
) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read_xml(collection, received(tmp_path, raw))


def test_a_letter_in_utf8_by_chance_is_no_proof(collection: Collection, tmp_path: Path) -> None:
    raw = declared("ISO-8859-1", "Ã©lan Zoë").encode("iso-8859-1")
    assert column(read_xml(collection, received(tmp_path, raw)), "members", "family_name") == ["Ã©lan Zoë"]


def test_details_with_utf16_attributes_are_told(collection: Collection, tmp_path: Path) -> None:
    file = with_members(details(TeacherNumber="1")).replace("<StaffDetails>", "<StaffDetails a='1'>")
    read = read_xml(collection, received(tmp_path, file.encode("utf-16")))
    assert len(of_code(read, "read.attribute")) == 1
