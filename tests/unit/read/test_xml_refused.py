"""Files that cannot be read as a return are refused in plain words, with the place and what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from tests.xml_returns import BODY, contract, elements, message, received, with_members

from muster.model import Collection, SourceFile, UnreadableFile
from muster.read.xml_reader import peek_header, read_xml

FILE = with_members(contract(elements(Post="TCH")))


def zipped(*names: str) -> bytes:
    """A zip archive of empty files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return held.getvalue()


REFUSED = {
    "empty file": (b"", "the file is empty"),
    "blank file": (b" \n\t ", "holds nothing but blanks"),
    "zero bytes": (b"\0" * 100, "holds nothing but blanks"),
    "plain text": ("Dear school,", "looks like plain text"),
    "CSV": ("Surname,Forename\nAx,Bea\n", "looks like a table in text form"),
    "JSON": ('{"a": 1}', "looks like JSON"),
    "web page": ("<!DOCTYPE html>\n<html></html>", "this is a web page"),
    "web page without doctype": ("<html><body/></html>", "outermost element is <html>"),
    "Excel workbook": (zipped("xl/workbook.xml"), "Excel"),
    "zip": (zipped("return.xml"), "zip archive"),
    "old Excel workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel workbook"),
    "PDF": (b"%PDF-1.7", "PDF"),
    "UTF-32": (FILE.encode("utf-32"), "UTF-32"),
    "comment only": ("<!-- nothing -->", "there is no element here, so it is not XML"),
    "blank before the declaration": (
        '\n<?xml version="1.0"?>' + FILE,
        "line 2, column 6: something stands before",
    ),
    "two roots": (FILE + FILE, "something follows the end of the return"),
    "text after the end": (FILE + "end", "line 6, column 1: something follows the end"),
    "cut at an element": (FILE[: FILE.index("</SchoolWorkforceMember>")], "line 3, .*stops before its end"),
    "cut in a tag": (FILE[: FILE.index("</Post>") + 4], "line 3, .*stops before its end"),
    "cut in a value": (FILE[: FILE.index("</Post>") - 1], "line 3, .*stops before its end"),
    "wrong end tag": (
        FILE.replace("</Post>", "</Pst>"),
        "line 3, .*an element is closed that is not the one open",
    ),
    "bare ampersand": (FILE.replace("TCH", "A & B"), "line 3, column 76: '&' or '<' is written as itself"),
    "control character": (FILE.replace("TCH", "T\x01"), "line 3, .*character here that XML does not allow"),
    "unknown entity": (FILE.replace("TCH", "caf&eacute;"), "line 3, column 76: there is an entity here"),
    "undeclared namespace": (FILE.replace("<Message>", "<x:Message>", 1), "is not well-formed XML"),
    "document type": ("<!-- x -->\n <!DOCTYPE Message>" + FILE, "line 2, column 2: it has a document type"),
    "external entity": (
        '<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + FILE.replace("TCH", "&x;"),
        "document type",
    ),
    "entity bomb": (
        "<!DOCTYPE Message [<!ENTITY a 'ha'>"
        + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
        + "]>"
        + FILE.replace("TCH", "&i;"),
        "document type",
    ),
    "document type far down": (f"<!--{'x' * 70_000}--><!DOCTYPE Message>" + FILE, "document type"),
    "too deep": (FILE.replace("TCH", "<a>" * 5000 + "</a>" * 5000), "line 3, .*more than 256 deep"),
    "other root": ("<EXPSSDA903/>", "not a school workforce census return: .* the SSDA903 return"),
    "unheard-of root": ("<Massage/>", "outermost element is <Massage>, not <Message>"),
    "other collection": (message(collection="CIN"), "it seems to be the children in need census"),
    "unheard-of collection": (message(collection="Census of cats"), "of the collection 'Census of cats'"),
    "no header": (f"<Message>{BODY}</Message>", "does not say which year"),
    "no year": (message(year=""), "does not say which year"),
    "year as text": (message(year="MMXIII"), "it is for the year 'MMXIII'"),
    "year before the collection": (message(year="2009"), "knows the school workforce census of 2010 to 2025"),
    "year to come": (message(year="2099"), "it is for the year '2099'"),
    "nothing of the collection": (
        message("<Pupils/>").replace("<Collection>School Workforce Census</Collection>", ""),
        "it names no collection and holds nothing",
    ),
}


@pytest.mark.parametrize("content, words", REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_is_no_return_is_refused(
    collection: Collection, tmp_path: Path, content: str | bytes, words: str
) -> None:
    with pytest.raises(UnreadableFile, match=words) as refused:
        read_xml(collection, received(tmp_path, content, "919_4001.xml"))
    said = str(refused.value)
    assert said.startswith("919_4001.xml")
    assert said.endswith(".") and "Traceback" not in said and refused.value.__cause__ is None


def test_one_element_of_200_mb_is_refused_with_its_place(collection: Collection, tmp_path: Path) -> None:
    start, end = FILE.split("TCH")
    path = tmp_path / "return.xml"
    with path.open("wb") as file:
        file.write(start.encode())
        for _ in range(200):
            file.write(b"x" * 1_000_000)
        file.write(end.encode())
    with pytest.raises(UnreadableFile, match=r"line 3, .* holds more than 10 million characters"):
        read_xml(collection, SourceFile(path, path.name, "", 0))


def test_one_record_without_end_is_refused(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("muster.read.xml_reader._LARGEST_RECORD", 100_000)
    file = with_members("<Absences>" + "<Absence/>" * 50_000 + "</Absences>")
    with pytest.raises(UnreadableFile, match=r"line 2, .*a single record is longer than"):
        read_xml(collection, received(tmp_path, file))


def test_a_missing_file_is_refused(collection: Collection, tmp_path: Path) -> None:
    source = received(tmp_path, FILE)
    source.path.unlink()
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        read_xml(collection, source)


def test_the_header_is_known_without_reading_on(tmp_path: Path) -> None:
    header = peek_header(received(tmp_path, FILE[:1000] + "\n" * 5000 + "<broken"))
    assert (header.root, header.collection, header.year) == ("Message", "School Workforce Census", "2013")
    assert header.ref == "919/4001"


def test_the_header_of_another_file_is_known_too(tmp_path: Path) -> None:
    assert peek_header(received(tmp_path, "<EXPSSDA903><CHILD/></EXPSSDA903>")).root == "EXPSSDA903"
    assert peek_header(received(tmp_path, "<a/>")).root == "a"


@pytest.mark.real_data
def test_real_files_of_other_collections_are_named(collection: Collection, shared_data: Path) -> None:
    names = {"cin": "the children in need census", "sww": "social work workforce census", "s903": "SSDA903"}
    for folder, name in names.items():
        for path in sorted((shared_data / "data" / folder).glob("*.xml")):
            with pytest.raises(UnreadableFile, match=f"it seems to be .*{name}"):
                read_xml(collection, SourceFile(path, path.name, "", 0))
