"""What a file is before it is read: its header, and whether it is of the collection and of a year we know."""

from __future__ import annotations

from typing import NamedTuple

from muster.catalogue import collection_called, load_collection, term_element
from muster.model import Collection, SourceFile, UnreadableFile
from muster.read._told import Told
from muster.read._xml_bytes import pieces
from muster.read._xml_complaints import local_name
from muster.read._xml_feed import PiecewiseParser
from muster.read._xml_lines import XmlElement
from muster.read._xml_prolog import Prolog, read_prolog
from muster.read._xml_refusals import refusal

_PEEK = 4096
_FURTHEST_HEADER = 4 << 20

# How other files of the department call themselves, so that a file put into the wrong folder is named.
_OTHER_FILES = {
    "cin": "the children in need census",
    "csww": "the children's social work workforce census",
    "school census": "the school census",
    "sc": "the school census",
    "swf": "the school workforce census",
    "school workforce census": "the school workforce census",
    "ap": "the alternative provision census",
    "expssda903": "the SSDA903 return of looked-after children",
    "ctfile": "a common transfer file",
    "atfile": "an admissions transfer file",
    "html": "a web page",
    "workbook": "an Excel workbook saved as XML",
}


class FileHeader(NamedTuple):
    """What the header of a file says of it; '' for what it does not say."""

    root: str
    collection: str = ""
    year: str = ""
    lea: str = ""
    estab: str = ""
    version: str = ""
    term: str = ""

    @property
    def ref(self) -> str:
        """How people name the return: ``919/4001``, or ``919`` for the authority's own."""
        return f"{self.lea}/{self.estab}" if self.estab else self.lea


class Identity(NamedTuple):
    """A file's header, the full name of its outermost element and how it is encoded."""

    header: FileHeader
    tag: str
    prolog: Prolog


def identify(source: SourceFile) -> Identity:
    """Read the start of a file, up to the end of its header."""
    prolog = read_prolog(source)
    parser = PiecewiseParser(source, prolog, events=("start", "end"))
    root: XmlElement = None
    for number, piece in enumerate(pieces(source, _PEEK)):
        for event, element in parser.feed(piece):
            root = element if root is None else root
            if event == "end" and local_name(element) == "Header" and element.getparent() is root:
                return Identity(_header(root, element), root.tag, prolog)
        if number * _PEEK > _FURTHEST_HEADER:
            break
    else:
        whole = parser.close()
        root = (
            whole if root is None else root
        )  # the parser keeps the first four bytes back: <a/> leads to no event
    return Identity(FileHeader(local_name(root)), root.tag, prolog)


def _header(root: XmlElement, header: XmlElement) -> FileHeader:
    said: dict[str, str] = {}
    for element in header.iter():
        said.setdefault(local_name(element).lower(), (element.text or "").strip())
    name = local_name(root)
    collection = collection_called(name)
    if collection and (about := load_collection(collection)).header == "version":
        return _versioned(about, name, said)
    given = {key: said.get(key, "") for key in ("collection", "year", "lea", "estab")}
    return FileHeader(name, **given, term=said.get(term_element(given["collection"] or name).lower(), ""))


def _versioned(collection: Collection, root: str, said: dict[str, str]) -> FileHeader:
    """The header of a file that says a version and not a year, and goes from one school to another."""
    names = next(element.names for _, element in collection.message.walk() if "version" in element.items)
    version = next((said[name.lower()] for name in names if name.lower() in said), "")
    year = collection.year_of_version(version, root)
    return FileHeader(root, year=str(year or ""), version=version)


def accept(collection: Collection, source: SourceFile, header: FileHeader, told: Told | None) -> int:
    """The collection year of a file of this collection; refuse any other file.

    ``told`` says the year where the files of a collection do not.
    """
    _refuse_other_collection(collection, source, header)
    if collection.header == "in settings" and told is not None:
        told.check(collection)
        return told.year
    if collection.header == "version":
        return _nearest_year(collection, source, header)
    if collection.term:
        _refuse_other_term(collection, source, header)
    years = f"{collection.years[0]} to {collection.years[-1]}"
    if not header.year:
        what = "it does not say which year it is for (Year within Header/CollectionDetails)"
        raise refusal(source, what, "Export the file again with its header.")
    if not header.year.isdecimal() or int(header.year) not in collection.years:
        what = (
            f"it is for the year '{header.year[:20]}'; Muster knows the {collection.title.lower()} of {years}"
        )
        raise refusal(source, what, "Check the year in the header.")
    return int(header.year)


def _nearest_year(collection: Collection, source: SourceFile, header: FileHeader) -> int:
    """The year of a file's version, or the nearest that is known."""
    if not header.year:
        said = (
            f"says '{header.version[:20]}' for its version" if header.version else "does not say its version"
        )
        raise refusal(
            source,
            f"this {collection.title.lower()} {said}",
            "Export the file again; a version is a number such as 13.0.",
        )
    return min(max(int(header.year), collection.years[0]), collection.years[-1])


def _refuse_other_term(collection: Collection, source: SourceFile, header: FileHeader) -> None:
    if header.term.upper() != collection.terms.get(collection.term):
        known = ", ".join(f"{code} for {term}" for term, code in collection.terms.items())
        element = collection.term_element
        what = f"its {element.lower()} is '{header.term[:20]}', and this is the {collection.title.lower()} ({known})"
        raise refusal(source, what, f"Check {element} in the header, and that it is the right file.")


def kind_of_other_file(header: FileHeader) -> str:
    """What a file that is no return of ours seems to be, by what its header calls it; '' where we cannot tell."""
    return _OTHER_FILES.get(header.collection.lower()) or _OTHER_FILES.get(header.root.lower(), "")


def _refuse_other_collection(collection: Collection, source: SourceFile, header: FileHeader) -> None:
    wanted = collection.title.lower()
    if header.root not in collection.message.names:
        seems = _OTHER_FILES.get(header.root.lower())
        what = f"its outermost element is <{header.root[:60]}>, not <{collection.message.name}>"
        raise _other(source, wanted, f"{what}; it seems to be {seems}" if seems else what)
    if header.collection and _plain(header.collection) != _plain(collection.message_name):
        seems = _OTHER_FILES.get(header.collection.lower(), f"of the collection '{header.collection[:60]}'")
        raise _other(source, wanted, f"it seems to be {seems}")


def _other(source: SourceFile, wanted: str, what: str) -> UnreadableFile:
    return refusal(source, f"this is not a {wanted} return: {what}", "Move it to where it belongs.")


def _plain(text: str) -> str:
    return "".join(text.split()).lower()
