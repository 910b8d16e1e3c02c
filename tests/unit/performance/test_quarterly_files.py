"""The report as files: read from a snapshot, written in three forms, the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from pypdf import PdfReader
from tests.unit.performance.quarterly_snapshots import a_snapshot, halton

from muster.model import UnreadableFile
from muster.performance import Light
from muster.performance.quarterly import (
    as_csv,
    as_docx,
    as_html,
    as_pdf,
    compose,
    problems_of,
    read_snapshot,
)
from muster.performance.quarterly.reading import snapshot_bytes
from muster.performance.quarterly.snapshot import Treatment

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SNAPSHOT = """
authority   = "Anyshire"
directorate = "Children"
service     = "Support"
year        = "2008/09"
quarter     = 4
signed      = { by = "Head of performance", on = 2009-04-20 }
[[objectives]]
ref   = "O1"
title = "To learn"
[[milestones]]
objective = "O1"
title     = "Open"
due       = 2009-03-31
done      = 2009-03-02
[[indicators]]
ref     = "BVPI 049"
title   = "Children with three placements (%)"
target  = { "2008/09" = "13" }
computed = { file = "figures.json", figure = "three_placements", period = "2008/09 Q4" }
quality = { source = "SSDA903", method = "Computed", checked_by = "Data officer" }
"""
FIGURES = {
    "figures": [
        {"return": "all", "figure": "three_placements", "value": 11.9, "numerator": 26.0, "denominator": 219.0}
    ],
    "lineage": {
        "muster": "0.1.0", "data": {"999": {"file": "903.xml", "sha256": "a" * 64, "year": 2009}},
        "queries": {"three_placements": {"sha256": "b" * 64}},
    },
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A snapshot beside figures that were computed from a return."""
    (tmp_path / "figures.json").write_text(json.dumps(FIGURES), encoding="utf-8")
    path = tmp_path / "report.toml"
    path.write_text(SNAPSHOT, encoding="utf-8")
    return path


@pytest.mark.parametrize("make", [as_html, as_docx, as_pdf, as_csv])
def test_the_same_snapshot_gives_the_same_bytes(make: Any) -> None:
    assert make(compose(a_snapshot())) == make(compose(a_snapshot()))


def test_the_page_has_one_title_captions_scopes_and_lights_in_words() -> None:
    page = html.document_fromstring(as_html(compose(a_snapshot())))
    assert page.get("lang") == "en-GB" and len(list(page.iter("h1"))) == 1
    assert all(table.find("caption") is not None for table in page.iter("table"))
    assert all(cell.get("scope") == "col" for cell in page.iter("th"))
    anchors = {element.get("id") for element in page.iter() if element.get("id")}
    assert {link.get("href")[1:] for link in page.iter("a")} <= anchors
    lights = {light.text_content().split(" ", 1)[1] for light in page.find_class("light")}
    assert {"Met", "Not met", "Cannot be reported"} <= lights


def test_text_of_people_cannot_become_part_of_the_page_the_word_file_or_the_pdf() -> None:
    evil = a_snapshot(
        service='<b>"Support" & #1 \\ $x$ {{ 7 }}', milestones=(), developments=(), objectives=()
    )
    page = html.document_fromstring(as_html(compose(evil)))
    assert not list(page.iter("b")) and '<b>"Support" & #1 \\ $x$ {{ 7 }}' in page.findtext(".//h1")
    assert b"&lt;b&gt;" in document_of(as_docx(compose(evil)))
    assert "#1 \\ $x$ {{ 7 }}" in PdfReader(io.BytesIO(as_pdf(compose(evil)))).pages[0].extract_text()


def document_of(packed: bytes) -> bytes:
    """The main part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        return parts.read("word/document.xml")


def test_the_word_file_has_real_headings_and_repeats_the_headings_of_tables() -> None:
    packed = as_docx(compose(halton()))
    root = etree.fromstring(document_of(packed))
    styles = [one.get(f"{WORD}val") for one in root.iter(f"{WORD}pStyle")]
    assert styles.count("Title") == 1 and styles.count("Heading1") > 10
    tables = list(root.iter(f"{WORD}tbl"))
    assert tables and all(table.find(f".//{WORD}tblHeader") is not None for table in tables)
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        assert all(one.date_time == (1980, 1, 1, 0, 0, 0) for one in parts.infolist())
        assert all(etree.fromstring(parts.read(one)) is not None for one in parts.namelist())


def test_the_pdf_is_tagged_and_has_its_title_and_language() -> None:
    paper = PdfReader(io.BytesIO(as_pdf(compose(a_snapshot()))))
    root = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and root["/Lang"] == "en-GB"
    assert paper.metadata and paper.metadata.title == "Quarterly monitoring report: Support"


def test_the_tables_are_csv_too_with_lights_in_words_and_no_formulas() -> None:
    text = as_csv(
        compose(a_snapshot(authority="=1", risks=(Treatment("=R1", "Agree", Light.GREEN, "x"),)))
    ).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert ["Red and amber"] in rows and ["'=R1", "Agree", "", "Met", "x"] in rows


def test_a_draft_says_so_in_every_form() -> None:
    draft = compose(a_snapshot(), draft=True)
    assert b"Draft: not approved" in as_html(draft) and b"Draft: not approved" in document_of(as_docx(draft))
    assert "Draft: not approved" in PdfReader(io.BytesIO(as_pdf(draft))).pages[0].extract_text()


def test_a_report_is_made_again_from_the_snapshot_that_was_kept(file: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept" / "snapshot.json"
    kept.parent.mkdir()
    kept.write_bytes(snapshot_bytes(file))
    first, again = read_snapshot(file), read_snapshot(kept)
    assert not first.remarks and problems_of(first.snapshot) == []
    assert first.snapshot == again.snapshot and snapshot_bytes(kept) == kept.read_bytes()
    computed = first.snapshot.entries[0].computed
    assert computed and (computed.made_of, computed.data) == ("26 of 219", (("903.xml", "a" * 64),))


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        (
            'target  = { "2008/09" = "13" }',
            'target  = "13"',
            "indicators 1 (BVPI 049), target: '13' names no year",
        ),
        ('"2008/09" = "13"', '"2008/09" = "113"', "'113' is a percentage over 100"),
        ('"2008/09" = "13"', '"2008/09" = "lots"', "target 2008/09: 'lots' is not a number"),
        ('"2008/09" = "13"', '"2008" = "13"', "'2008' names no year"),
        ('title  = "Open"', 'title  = ""', "nothing"),
        ("due       = 2009-03-31", 'due       = "soon"', "milestones 1 (Open), due: 'soon' is not a day"),
        ("done      =", "finished  =", "milestones 1 (Open), finished: is unknown"),
        (
            "done      = 2009-03-02",
            'set_light = "green"',
            "set_reason: a light that is set against the rule needs a reason",
        ),
        ("done      = 2009-03-02", 'says = "blue"', "says: 'blue' is no light"),
        ("three_placements", "four_placements", "figures.json holds no figure 'four_placements'"),
        (
            'ref     = "BVPI',
            'better = "up"\nref = "BVPI',
            "better: 'up' is none of higher, lower, equal, band",
        ),
        ('ref     = "BVPI', 'adding = "mean"\nref = "BVPI', "adding: 'mean' is neither 'sum' nor 'latest'"),
        ('ref     = "BVPI', 'key = "yes"\nref = "BVPI', "key: 'yes' is neither true nor false"),
        ("quality = { source", "quality = { origin = 1, source", "quality, origin: is unknown"),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_is_read(file: Path, was: str, now: str, told: str) -> None:
    text = SNAPSHOT.replace('title     = "Open"', 'title  = "Open"')
    assert was in text
    file.write_text(text.replace(was, now, 1), encoding="utf-8")
    found = read_snapshot(file)
    [remark] = found.remarks
    assert told in remark.text and remark.text.startswith("report.toml, ")
    assert len(found.snapshot.entries) + len(found.snapshot.milestones) == 1


def test_an_unknown_part_of_a_snapshot_is_named(file: Path) -> None:
    file.write_text("objectivs = []\n" + SNAPSHOT, encoding="utf-8")
    assert "'objectivs' is unknown; did you mean 'objectives'?" in read_snapshot(file).remarks[0].text


@pytest.mark.parametrize(("name", "text"), [("a.toml", "= 1"), ("a.json", "{"), ("a.json", "[1]")])
def test_what_is_no_snapshot_is_told(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=name):
        read_snapshot(tmp_path / name)
