"""The line an element starts on, also in files of more than 65,534 lines.

libxml2 keeps an element's line in 16 bits.  Beyond that it answers with the line on which the text next to the
element ends, so the line breaks within that text have to be taken off again.
"""

from __future__ import annotations

from typing import Any, TypeAlias, cast

# The stubs of lxml know neither slices of an element nor its line.
XmlElement: TypeAlias = Any

LAST_STORED_LINE = 65_534


def line_of(element: XmlElement) -> int | None:
    """The line of an element's start tag."""
    line = cast("int | None", element.sourceline)
    if line is None or line <= LAST_STORED_LINE:
        return line
    # libxml2 looks, in this order, at the first thing inside, the next thing after and the thing before.
    text: str | None = element.text
    if text:
        return line - text.count("\n")
    if len(element):
        return line_of(element[0])
    tail: str = element.tail or ""
    return line - tail.count("\n")
