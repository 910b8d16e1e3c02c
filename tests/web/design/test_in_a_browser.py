"""The pages as Chromium shows them: accessible, working by keyboard, and whole at every width."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser import axe_violations, picture

PAGES = ["style", "style?sort=-staff", "refused", "nowhere", "help"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [1280, 400])
def test_a_page_is_accessible(page: Page, site: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/{path}")
    assert axe_violations(page) == []
    picture(page, f"{path.replace('?', '-')}-{width}")


def test_a_page_does_not_scroll_sideways_at_400_percent(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{site}/style")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_page_is_the_same_at_twice_the_size(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 640, "height": 450})
    page.goto(f"{site}/style")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    picture(page, "style-zoomed")


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_fields(page: Page, site: str) -> None:
    page.goto(f"{site}/style")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.get_by_role("link", name="Start date must be a real date").click()
    assert page.evaluate("document.activeElement.id") == "id_starts_day"


def test_the_first_tab_offers_to_skip_to_the_content(page: Page, site: str) -> None:
    page.goto(f"{site}/refused")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_the_menu_opens_on_a_narrow_screen(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto(f"{site}/help")
    assert not page.get_by_role("link", name="Returns").is_visible()
    page.get_by_role("button", name="Menu").press("Enter")
    expect(page.get_by_role("link", name="Returns")).to_be_visible()


def test_a_heading_sorts_the_table_and_says_so(page: Page, site: str) -> None:
    page.goto(f"{site}/style")
    page.get_by_role("link", name="Staff", exact=True).click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Staff")
    expect(page.locator("table tbody th").first).to_have_text("Dry Drayton Infant School")
    page.get_by_role("link", name="Staff", exact=True).click()
    expect(page.locator("table tbody th").first).to_have_text("Cold Harbour Academy")


def test_paper_has_the_table_and_not_the_menus(page: Page, site: str) -> None:
    page.goto(f"{site}/style")
    page.emulate_media(media="print")
    for menu in ("nav", ".muster-account", ".govuk-breadcrumbs", ".muster-filters", ".govuk-button"):
        assert not page.locator(menu).first.is_visible(), menu
    assert page.locator(".muster-table").first.is_visible()
    assert page.get_by_text("Anyshire High School").first.is_visible()


def test_forced_colours_tell_the_sorted_column_from_the_others(page: Page, site: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{site}/style")
    fills = page.locator(".muster-sort__arrow path").evaluate_all(
        "all => all.map(one => getComputedStyle(one).fill)"
    )
    assert fills.count("none") == len(fills) - 1


def test_nothing_moves_for_who_asked_for_less_movement(page: Page, site: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}/style")
    lasts = page.locator("*").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).transitionDuration))"
    )
    assert max(lasts) <= 0.001


def test_progress_is_followed_to_its_end(page: Page, site: str) -> None:
    page.goto(f"{site}/working?who=scripts")
    assert page.get_by_text("Looked at 1 of 3.").is_visible()
    page.wait_for_url("**/style", timeout=20_000)


def test_progress_without_scripts_has_a_link_to_look_again(chromium: Browser, site: str) -> None:
    with chromium.new_context(java_script_enabled=False) as context:
        plain = context.new_page()
        plain.goto(f"{site}/working?who=plain")
        plain.get_by_role("link", name="Check again").click()
        expect(plain.get_by_text("Looked at 2 of 3.")).to_be_visible()
