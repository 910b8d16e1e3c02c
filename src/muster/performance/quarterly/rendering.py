"""A report as a web page, a Word file, a tagged PDF and CSV; the same document always gives the same bytes."""

from __future__ import annotations

import csv
import io
from typing import Any

from muster.model.words import date_in_words
from muster.model.writing import neutralised
from muster.performance.lights import Light
from muster.performance.quarterly.document import Cell, Document, Heading, Piece, Table
from muster.report._pages import html_page, pdf_pages
from muster.report.word_file import word_file

_INKS = {
    Light.GREEN: "00571F",
    Light.AMBER: "6B4400",
    Light.RED: "9A1509",
    Light.GREY: "45505B",
    Light.NONE: "45505B",
}
_PAPERS = {
    Light.GREEN: "E6F4EA",
    Light.AMBER: "FFF2D6",
    Light.RED: "FDECEB",
    Light.GREY: "F0F2F4",
    Light.NONE: "F0F2F4",
}
_TWIPS_ACROSS = 15138  # a landscape A4 page between its margins, in twentieths of a point


def as_html(document: Document) -> bytes:
    """The report as one self-contained web page."""
    return html_page("quarterly.html.j2", document=document, pieces=_pieces(document))


def as_csv(document: Document) -> bytes:
    """The tables of the report one below the other, each under its caption; lights in words."""
    held = io.StringIO()
    writer = csv.writer(held)
    for table in (piece for piece in document.pieces if isinstance(piece, Table)):
        writer.writerow((table.caption,))
        writer.writerow(table.headings)
        for row in table.rows:
            writer.writerow([neutralised(_in_words(cell)) for cell in row])
        writer.writerow(())
    return held.getvalue().encode("utf-8-sig")


def _in_words(cell: Cell) -> str:
    return " ".join(filter(None, (cell.light.word if cell.light else "", cell.text)))


def as_pdf(document: Document) -> bytes:
    """The report as a PDF tagged for screen readers (PDF/UA-1)."""
    data = {
        "title": document.title,
        "facts": [list(fact) for fact in document.facts],
        "day": date_in_words(document.day),
        "mark": document.mark,
        "pieces": _pieces(document),
    }
    return pdf_pages("quarterly.typ.j2", data, document.day)


def as_docx(document: Document) -> bytes:
    """The report as a Word file with real headings and table headers."""
    main = html_page("quarterly.docx.j2", document=document, pieces=_pieces(document))
    return word_file(main, title=document.title, day=document.day)


def _pieces(document: Document) -> list[dict[str, Any]]:
    return [_piece(piece, number) for number, piece in enumerate(document.pieces)]


def _piece(piece: Piece, number: int) -> dict[str, Any]:
    if isinstance(piece, Heading):
        return {"kind": "heading", "level": piece.level, "text": piece.full, "anchor": f"part_{number}"}
    if isinstance(piece, Table):
        return _table(piece)
    return {"kind": "paragraph", "text": piece}


def _table(table: Table) -> dict[str, Any]:
    across = sum(table.widths)
    return {
        "kind": "table",
        "caption": table.caption,
        "headings": list(table.headings),
        "widths": [round(100 * width / across) for width in table.widths],
        "twips": [_TWIPS_ACROSS * width // across for width in table.widths],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
    }


def _cell(cell: Cell) -> dict[str, str]:
    if cell.light is None:
        return {"text": cell.text, "light": ""}
    light = cell.light
    return {
        "text": cell.text, "light": light.value, "word": light.word, "shape": light.shape, "ink": _INKS[light],
        "paper": _PAPERS[light],
    }  # fmt: skip
