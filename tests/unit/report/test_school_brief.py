"""The brief of a school: always one page, with tags, whatever was written into the file."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

from pypdf import PdfReader

from muster.report.school_brief import BriefMeasure, BriefNote, SchoolBrief, brief_pdf

BRIEF = SchoolBrief(
    name="Elmstead School", ref="999/4001", day=date(2026, 11, 28),
    facts=(("Type", "Community school"), ("Capacity", "210 places, 12 unfilled")),
    warnings=("More than 8% of sessions are missed: 9.5% in 2024/25",),
    measures=(BriefMeasure("Pupils on roll", "198", "spring 2026", "201", "205 (median of 6)"),),
    returns=(("School workforce census 2025", "on time", "Authorised"),),
    notes=(BriefNote("Visit: Autumn visit", "3 November 2025", "Registers are kept well."),),
    practice=(BriefNote("Gorse Hill School", "attendance", address="https://practice.example/attendance"),),
    sources="Every figure with its source stands in the file of the school.",
)  # fmt: skip


def read(brief: SchoolBrief) -> PdfReader:
    return PdfReader(io.BytesIO(brief_pdf(brief)))


def test_it_holds_what_it_was_given_with_tags_a_language_and_links() -> None:
    paper = read(BRIEF)
    said = paper.pages[0].extract_text()
    for text in (
        "Elmstead School",
        "9.5% in 2024/25",
        "205 (median of 6)",
        "Registers are kept well",
        "on time",
    ):
        assert text in said
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"] and paper.trailer["/Root"]["/Lang"] == "en-GB"
    links = [one.get_object()["/A"]["/URI"] for one in paper.pages[0]["/Annots"]]
    assert links == ["https://practice.example/attendance"]


def test_a_file_of_a_hundred_long_things_is_still_one_page() -> None:
    long = "Registers are kept well and the office rings every family before ten, " * 60
    full = replace(
        BRIEF,
        name="The School of Saint Somebody of the Long Name " * 6,
        warnings=(long,) * 40,
        measures=(replace(BRIEF.measures[0], title=long),) * 100,
        returns=((long, "3 days late", "Returned by the department"),) * 40,
        notes=(BriefNote(long, "3 November 2025", long),) * 40,
        practice=(BriefNote(long, "attendance", long, "https://practice.example/"),) * 40,
        sources=long,
    )
    assert len(read(full).pages) == 1


def test_what_was_written_is_text_and_the_same_brief_the_same_bytes() -> None:
    odd = replace(BRIEF, name='#panic("x") ] $ \\ "')
    assert '#panic("x") ] $' in read(odd).pages[0].extract_text()
    assert brief_pdf(odd) == brief_pdf(odd)
