"""The pieces of a report as its page shows them, with links from the figures to what they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from muster.performance.quarterly.document import Cell, Heading, Piece, Table


@dataclass(frozen=True)
class ShownRow:
    """One row of a table: its first cell, the others, and where its figure leads, '' for nowhere."""

    first: Cell
    cells: tuple[Cell, ...]
    link: str = ""


@dataclass(frozen=True)
class ShownPiece:
    """A heading, a paragraph or a table; the parts of the others are empty."""

    kind: str
    text: str = ""
    level: int = 2
    table: Table | None = None
    rows: tuple[ShownRow, ...] = ()


def shown_pieces(pieces: Iterable[Piece], links: Mapping[str, str] | None = None) -> list[ShownPiece]:
    """The pieces; ``links`` says where the line of an indicator leads, by its reference."""
    return [_shown(piece, links or {}) for piece in pieces]


def _shown(piece: Piece, links: Mapping[str, str]) -> ShownPiece:
    if isinstance(piece, str):
        return ShownPiece("paragraph", piece)
    if isinstance(piece, Heading):
        return ShownPiece("heading", piece.full, piece.level + 1)
    rows = tuple(ShownRow(row[0], row[1:], links.get(row[0].text, "")) for row in piece.rows)
    return ShownPiece("table", piece.caption, table=piece, rows=rows)
