"""Why a file cannot be read at all, in words of the person who sent it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from muster.model import SourceFile, UnreadableFile

Place = tuple[int, int] | None

_EXPORT_AGAIN = "Export the file again from the system it came from; do not edit it by hand."
_INCOMPLETE = (
    "the file stops before its end: {detail}",
    "It was probably cut off while being saved or sent. Export or send it again.",
)

# By the error numbers of libxml2: what is wrong and what to do.  {detail} is libxml2's own sentence, which
# names elements and never their values.
_BY_CODE: dict[int, tuple[str, str]] = {
    4: ("there is no element here, so it is not XML", _EXPORT_AGAIN),
    5: (
        "something follows the end of the return, where the file should end",
        "A file holds one return. If two files were joined, send them one by one.",
    ),
    9: (
        "there is a character here that XML does not allow",
        "Remove the character where the value was keyed.",
    ),
    26: ("there is an entity here that is not defined", "Write the letter itself instead of the entity."),
    32: ("its encoding is not one Muster can read", "Save the file as UTF-8."),
    42: ("an attribute is given twice", _EXPORT_AGAIN),
    45: ("a comment is not closed or is too long", _EXPORT_AGAIN),
    64: (
        "something stands before the XML declaration, which has to be the very first thing in the file",
        "Remove the blank lines or text at the start.",
    ),
    68: (
        "'&' or '<' is written as itself in a value",
        "They have to be written &amp; and &lt;. Export the file again, or ask the supplier to put this right.",
    ),
    76: ("an element is closed that is not the one open: {detail}", _EXPORT_AGAIN),
    81: (
        "a letter here is not written in {encoding}, which the file declares or is taken to be in",
        "Export it again as UTF-8; if it was written by an older system its first line should say "
        'encoding="windows-1252".',
    ),
}
# Whatever else the parser stumbles over only when no more is to come is the lack of it.
_WRONG_AT_THE_END = {4, 5, 26, 68, 81}
_TOO_LONG = (
    "a single element holds more than 10 million characters",
    "No value of a return is that long. Export the file again.",
)
_TOO_DEEP = (
    "elements lie within one another more than 256 deep",
    "No return is that deep. Export the file again.",
)
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);|#)[^;\s<]{1,40};?")


def refusal(source: SourceFile, what: str, fix: str, *, at: Place = None) -> UnreadableFile:
    """The exception that names the file, the place, what is wrong and what to do."""
    place = f", line {at[0]}, column {at[1]}" if at else ""
    return UnreadableFile(f"{source.name}{place}: {what}. {fix}")


def not_well_formed(
    source: SourceFile, encoding: str, error: etree.XMLSyntaxError, *, at_end: bool
) -> UnreadableFile:
    """The refusal that says in plain words what the XML parser stumbled over, within the file or at its end."""
    what, fix = _words(error, at_end)
    line, column = error.position
    if line:
        what = what.format(detail=_detail(error), encoding=encoding.upper())
        return refusal(source, what, fix, at=(line, max(column, 1)))
    entity = _undefined_entity(source)
    if entity:
        return refusal(source, *_BY_CODE[26], at=entity)
    return refusal(source, "it is not well-formed XML", _EXPORT_AGAIN)


def _words(error: etree.XMLSyntaxError, at_end: bool) -> tuple[str, str]:
    text, code = error.msg or "", getattr(error, "code", 0)
    if "Excessive depth" in text:
        return _TOO_DEEP
    if "PARSE_HUGE" in text:
        return _TOO_LONG
    if at_end and code not in _WRONG_AT_THE_END:
        return _INCOMPLETE
    return _BY_CODE.get(code, ("it is not well-formed XML: {detail}", _EXPORT_AGAIN))


def _detail(error: etree.XMLSyntaxError) -> str:
    return re.sub(r", line \d+, column \d+$", "", error.msg or "").strip()


def _undefined_entity(source: SourceFile) -> Place:
    # libxml2 gives no place for an entity it does not know, so we look for it.
    for number, line in _lines(source):
        found = _ENTITY.search(line)
        if found:
            return number, found.start() + 1
    return None


def _lines(source: SourceFile) -> Iterator[tuple[int, bytes]]:
    with source.path.open("rb") as file:
        yield from enumerate(file, 1)
