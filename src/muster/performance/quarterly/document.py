"""A report as a row of headings, paragraphs and tables, whose numbers and references a machine gives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from muster.model import MusterError
from muster.model.words import date_in_words
from muster.performance.lights import Light
from muster.performance.texts import Line

_REFERENCE = re.compile(r"\{(appendix|section):([a-z_]+)\}")


@dataclass(frozen=True)
class Cell:
    """One cell of a table: its text, or a light with what is said beside it."""

    text: str
    light: Light | None = None

    @property
    def plain(self) -> str:
        """The cell in words alone."""
        return " ".join(
            filter(None, (f"{self.light.shape} {self.light.word}" if self.light else "", self.text))
        )


@dataclass(frozen=True)
class Table:
    """A table with a caption and one row of headings; ``widths`` are the shares of its columns."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Heading:
    """A heading with its level; ``key`` is what references call it, ``number`` is given by the machine."""

    text: str
    key: str = ""
    level: int = 1
    appendix: bool = False
    number: str = ""

    @property
    def full(self) -> str:
        """The heading as it is printed."""
        return f"Appendix {self.number} – {self.text}" if self.appendix else f"{self.number} {self.text}"


Piece = Heading | str | Table


@dataclass(frozen=True)
class Document:
    """A whole report; ``mark`` is what stands above it where it may not be published."""

    title: str
    facts: tuple[tuple[str, str], ...]
    pieces: tuple[Piece, ...]
    day: date
    mark: str = ""

    @property
    def appendices(self) -> list[Heading]:
        """The headings of the appendices."""
        return [one for one in self.pieces if isinstance(one, Heading) and one.appendix]


def numbered(document: Document) -> Document:
    """The document with its headings numbered and its references in words.  Raises MusterError for a wrong one."""
    counted = list(_counted(document.pieces))
    names = {(_kind(one), one.key): _in_words(one) for one in counted if isinstance(one, Heading) and one.key}
    return replace(document, pieces=tuple(_with_references(one, names) for one in counted))


def _counted(pieces: Sequence[Piece]) -> Sequence[Piece]:
    section = part = appendix = 0
    found: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Heading):
            if piece.appendix:
                appendix += 1
            elif piece.level == 1:
                section, part = section + 1, 0
            else:
                part += 1
            number = str(appendix) if piece.appendix else f"{section}.{part}"
            piece = replace(piece, number=number)
        found.append(piece)
    return found


def _kind(heading: Heading) -> str:
    return "appendix" if heading.appendix else "section"


def _in_words(heading: Heading) -> str:
    return f"Appendix {heading.number}" if heading.appendix else f"section {heading.number}"


Names = Mapping[tuple[str, str], str]


def _with_references(piece: Piece, names: Names) -> Piece:
    """A piece with the references of its text in words, those of table cells too."""
    if isinstance(piece, str):
        return _referred(piece, names)
    if isinstance(piece, Heading):
        return piece
    rows = tuple(tuple(replace(cell, text=_referred(cell.text, names)) for cell in row) for row in piece.rows)
    return replace(piece, rows=rows)


def _referred(text: str, names: Names) -> str:
    def words(found: re.Match[str]) -> str:
        if (found[1], found[2]) not in names:
            known = ", ".join(f"{{{kind}:{key}}}" for kind, key in sorted(names))
            raise MusterError(
                f"the text refers to {found[0]}, which the report does not have (there are {known})"
            )
        return names[found[1], found[2]]

    return _REFERENCE.sub(words, text)


def as_lines(document: Document) -> list[Line]:
    """The document as the lines of plain text, so that it can be looked over like any draft."""
    texts = [f"PERIOD: {date_in_words(document.day)}"]
    for piece in document.pieces:
        texts.append("")
        if isinstance(piece, Heading):
            texts.append(piece.full)
        elif isinstance(piece, Table):
            texts.append("\t".join(piece.headings))
            texts += ["\t".join(cell.plain for cell in row) for row in piece.rows]
        else:
            texts.append(piece)
    return [Line(number, text) for number, text in enumerate(texts, start=1)]
