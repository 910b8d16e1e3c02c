"""Writes a school summary as an HTML page and as a PDF for signing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from muster.model.words import date_in_words
from muster.model.writing import write_whole
from muster.report._pages import html_page, pdf_pages
from muster.report._summary_table import SummaryRow, SummaryTable
from muster.report.school_summary import SchoolSummary


def write_summary_html(summary: SchoolSummary, path: Path) -> None:
    """Write the summary as one self-contained page."""
    write_whole(path, html_page("summary.html.j2", summary=summary))


def write_summary_pdf(summary: SchoolSummary, path: Path) -> None:
    """Write the summary as a tagged PDF with a box to sign; the same summary gives the same bytes."""
    write_whole(path, pdf_pages("summary.typ.j2", _for_paper(summary), summary.census_day))


def _for_paper(summary: SchoolSummary) -> dict[str, Any]:
    return {
        "title": summary.title,
        "name": summary.school or summary.ref,
        "collection": summary.collection,
        "year": str(summary.year),
        "ref": summary.ref,
        "signatory": summary.signatory,
        "census_day": date_in_words(summary.census_day),
        "figures": [{"number": figure.number, "label": figure.label} for figure in summary.figures],
        "first": [f"{line}." for line in _look_first(summary)],
        "change_columns": [str(summary.year), str(summary.previous_year), "Change", "To note"],
        "changes": [
            _row(SummaryRow(c.label, (c.this_year, c.last_year, c.difference, c.words)))
            for c in summary.changes
        ],
        "threshold": summary.threshold,
        "tables": [_table(table) for table in summary.tables],
        "closing": _closing(summary),
    }


def _look_first(summary: SchoolSummary) -> list[str]:
    large = [
        f"{c.label}: {c.words[:1].lower()}{c.words[1:]}, from {c.last_year} to {c.this_year}"
        for c in summary.large_changes
    ]
    return [*large, *summary.missing]


def _table(table: SummaryTable) -> dict[str, Any]:
    return {
        "heading": table.heading,
        "provisional": table.provisional,
        "gaps": table.name.startswith("missing"),
        "label": table.body.label,
        "columns": list(table.body.columns),
        "rows": _rows(table.body.rows),
        "note": table.body.note,
        "absent": table.absent,
    }


def _rows(rows: tuple[SummaryRow, ...]) -> list[dict[str, Any]]:
    inner, written = False, []
    for row in rows:
        inner = row.kind == "group" or (inner and row.kind == "plain")
        written.append(_row(row, inner=inner))
    return written


def _row(row: SummaryRow, *, inner: bool = False) -> dict[str, Any]:
    return {"label": row.label, "cells": list(row.cells), "kind": row.kind, "inner": inner}


def _closing(summary: SchoolSummary) -> list[str]:
    lines = [
        f"{summary.modules.rows[at].label}: {summary.modules.rows[at].cells[0]}."
        for at in range(len(summary.modules.rows))
    ]
    if summary.not_collected:
        lines.append(f"Not collected in {summary.year}: {'; '.join(summary.not_collected)}.")
    if summary.has_provisional:
        lines.append(
            f"“Letter provisional” means that the official letter of the table in {summary.year} was not seen "
            "in a source; the figures are not affected."
        )
    return lines
