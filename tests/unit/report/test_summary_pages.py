"""The school summary as a page and as a PDF: accessible, self-contained, safe with any text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from pypdf import PdfReader

from muster.model import Collection, Return
from muster.report import SchoolSummary, school_summary, write_summary_html, write_summary_pdf

NAME = 'Invented "High" <School> #1 \\ & Sons'


@pytest.fixture
def summary(collection: Collection, a_school: Callable[..., Return]) -> SchoolSummary:
    """A summary with a change to point out and a name that is hard on templates."""
    before = a_school(2024, members=[{"member_id": 1}])
    return school_summary(collection, a_school(), previous=before, school_name=NAME)


@pytest.fixture
def page(summary: SchoolSummary, tmp_path: Path) -> html.HtmlElement:
    """The written page, parsed."""
    write_summary_html(summary, tmp_path / "summary.html")
    return html.document_fromstring((tmp_path / "summary.html").read_bytes())


@pytest.fixture
def paper(summary: SchoolSummary, tmp_path: Path) -> PdfReader:
    """The written PDF, opened."""
    write_summary_pdf(summary, tmp_path / "summary.pdf")
    return PdfReader(tmp_path / "summary.pdf")


def test_the_page_has_a_language_a_title_one_heading_and_a_way_past_the_top(page: html.HtmlElement) -> None:
    assert page.get("lang") == "en-GB"
    assert page.findtext(".//title") == f"School workforce census 2025: summary for {NAME}"
    assert [heading.text for heading in page.iter("h1")] == [NAME]
    assert (
        page.find(".//a[@class='skip']").get("href") == "#main" and page.find(".//main").get("id") == "main"
    )


def test_every_table_has_a_caption_and_every_heading_cell_a_scope(page: html.HtmlElement) -> None:
    assert all(table.find("caption") is not None for table in page.iter("table"))
    assert all(cell.get("scope") in ("col", "row", "rowgroup") for cell in page.iter("th"))


def test_every_row_is_as_wide_as_its_table(page: html.HtmlElement) -> None:
    for table in page.iter("table"):
        widths = {sum(int(cell.get("colspan", "1")) for cell in row) for row in table.iter("tr")}
        assert len(widths) == 1, table.findtext("caption")


def test_the_page_needs_nothing_from_elsewhere(page: html.HtmlElement) -> None:
    links = [value for element in page.iter() for name, value in element.items() if name in ("href", "src")]
    assert all(link.startswith("#") for link in links)
    targets = {element.get("id") for element in page.iter() if element.get("id")}
    assert {link[1:] for link in links} <= targets
    assert "url(" not in page.findtext(".//style") and page.find(".//script") is None


def test_the_page_points_to_gaps_and_changes_first(page: html.HtmlElement) -> None:
    lines = [item.text_content() for item in page.findall(".//div[@class='look']//li")]
    assert "Staff records: up by 600%, from 1 to 7." in lines
    assert "Base pay is missing on 2 open contracts." in lines
    assert "7 November" not in page.text_content() and "6 November 2025" in page.text_content()


def test_the_page_names_no_person(page: html.HtmlElement) -> None:
    assert "0000001" not in page.text_content() and "Invented," not in page.text_content()


def test_the_pdf_has_a_title_a_language_and_tags(paper: PdfReader) -> None:
    assert paper.metadata is not None
    assert paper.metadata.title == f"School workforce census 2025: summary for {NAME}"
    catalog = paper.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in catalog
    assert str(catalog["/Lang"]).lower() == "en-gb"


def test_the_pdf_holds_every_table_and_the_box_to_sign(paper: PdfReader, summary: SchoolSummary) -> None:
    text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert all(table.title in text for table in summary.tables)
    assert "Sign-off by the head teacher" in text and "Up by 600%" in text
    assert re.search(r"All staff 4 2\.30 4", text)


def test_the_same_summary_gives_the_same_bytes(summary: SchoolSummary, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_summary_pdf(summary, tmp_path / f"{name}.pdf")
        write_summary_html(summary, tmp_path / f"{name}.html")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


@pytest.mark.parametrize(
    "name", ["#panic()", '"); #read("/etc/passwd")', "$x$ *bold* _it_ @ref", "\u200b\n\t"]
)
def test_a_name_cannot_become_part_of_the_document_program(
    summary: SchoolSummary, tmp_path: Path, name: str
) -> None:
    write_summary_pdf(replace(summary, school=name), tmp_path / "summary.pdf")
    assert PdfReader(tmp_path / "summary.pdf").pages
