"""The quarterly report as Chromium shows it: accessible, and no wider than a narrow screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from muster.performance.quarterly import Snapshot, as_html, compose
from muster_web.design.build_assets import build
from tests.unit.performance.quarterly_snapshots import a_snapshot, halton
from tests.web.browser import axe_violations, picture


@pytest.fixture(scope="module", autouse=True)
def checker() -> None:
    """The accessibility checker, which comes with the assets of the website."""
    build()


def shown(page: Page, snapshot: Snapshot, folder: Path, width: int) -> None:
    """Show the report of a snapshot, as a file somebody opens."""
    path = folder / "report.html"
    path.write_bytes(as_html(compose(snapshot)))
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(path.read_text("utf-8"))


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("snapshot", [a_snapshot(), halton()], ids=["small", "borough"])
def test_the_report_is_accessible(page: Page, tmp_path: Path, snapshot: Snapshot, width: int) -> None:
    shown(page, snapshot, tmp_path, width)
    assert axe_violations(page) == []
    picture(page, f"quarterly-{len(snapshot.entries)}-{width}")


def test_the_report_does_not_scroll_sideways_on_a_narrow_screen(page: Page, tmp_path: Path) -> None:
    shown(page, halton(), tmp_path, 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
