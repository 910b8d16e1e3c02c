"""The coverage report as workbook and page, from what linking counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from python_calamine import CalamineWorkbook

from muster.link.coverage import Coverage, ItemCoverage, total
from muster.report import write_coverage_html, write_coverage_workbook

PRIMARY = Coverage(
    "999/2001",
    "=Invented <Primary>",
    10,
    (
        ItemCoverage("members", "sex", "Sex", {"mis": 10}),
        ItemCoverage(
            "contracts", "post", "Post", {"payroll": 4, "derived": 2, "last_year": 1, "keyed": 1}, 2
        ),
    ),
)
HIGH = Coverage(
    "999/4001",
    "Invented High",
    200,
    (ItemCoverage("contracts", "post", "Post", {"payroll": 190}, 7, 3, conflicting=5),),
    keyed_twice=1,
)
BOTH = {"999/2001": PRIMARY, "999/4001": HIGH}
WHOLE = total("999", "Anyshire", BOTH.values())


@pytest.fixture
def page(tmp_path: Path) -> html.HtmlElement:
    """The written page, parsed."""
    write_coverage_html(BOTH, WHOLE, tmp_path / "coverage.html")
    return html.document_fromstring((tmp_path / "coverage.html").read_bytes())


def cells(row: html.HtmlElement) -> list[str]:
    return [cell.text_content().strip() for cell in row]


def test_the_workbook_has_schools_items_and_both_together(tmp_path: Path) -> None:
    write_coverage_workbook(BOTH, WHOLE, tmp_path / "coverage.xlsx")
    book = CalamineWorkbook.from_path(str(tmp_path / "coverage.xlsx"))
    assert book.sheet_names == ["Schools", "Items", "Items by school"]
    schools = book.get_sheet_by_name("Schools").to_python()
    assert schools[0][0] == "Coverage: Anyshire"
    assert schools[1][0] == "220 values are wanted for 210 people; 9 are still to key."
    assert schools[-1][:6] == ["All schools", "", 220.0, 206.0, "94%", 1.0]
    assert "'=Invented <Primary>" in [row[1] for row in schools]


def test_the_shares_never_claim_all_where_something_is_left(page: html.HtmlElement) -> None:
    rows = {cells(row)[0][:13]: cells(row) for row in page.findall(".//section[@id='schools']//tbody/tr")}
    assert rows["Invented High"][1:8] == ["200", "190", "0", "0", "3", "7", "5"]
    assert rows["Invented High"][8] == "95%"
    assert rows["=Invented <Pr"][2] == "16"


def test_schools_with_the_most_to_key_come_first(page: html.HtmlElement) -> None:
    first = page.find(".//section[@id='schools']//tbody/tr")
    assert cells(first)[0].startswith("Invented High")


def test_the_page_says_what_is_keyed_twice(page: html.HtmlElement) -> None:
    assert "or one person is asked twice: 1." in page.text_content()
    assert [figure.text for figure in page.findall(".//ul[@class='figures']/li/strong")][-1] == "1"


def test_the_page_is_accessible_and_needs_nothing_from_elsewhere(page: html.HtmlElement) -> None:
    assert page.get("lang") == "en-GB" and len(list(page.iter("h1"))) == 1
    assert all(table.find("caption") is not None for table in page.iter("table"))
    assert all(cell.get("scope") for cell in page.iter("th"))
    assert not list(page.iter("link", "script", "img"))


def test_an_authority_without_any_values_has_a_report_too(tmp_path: Path) -> None:
    write_coverage_html({}, total("999", "", ()), tmp_path / "coverage.html")
    write_coverage_workbook({}, total("999", "", ()), tmp_path / "coverage.xlsx")
    assert "0 values are wanted" in (tmp_path / "coverage.html").read_text("utf-8")
