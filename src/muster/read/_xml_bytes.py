"""The bytes of a received file, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator

from muster.model import SourceFile
from muster.read._xml_refusals import refusal


def pieces(source: SourceFile, size: int) -> Iterator[bytes]:
    """The bytes of a file, so many at a time; refuses a file that cannot be opened."""
    try:
        with source.path.open("rb") as file:
            while piece := file.read(size):
                yield piece
    except OSError as error:
        what = f"the file cannot be opened: {error.strerror}"
        raise refusal(source, what, "Check that it is there and may be read.") from None
