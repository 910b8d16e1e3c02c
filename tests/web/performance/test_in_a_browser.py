"""The quarter in a real browser: an owner writes by keyboard, an officer publishes, a figure is followed to records."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from muster_web.performance.actions import publishing
from muster_web.performance.actions.quarters import write_line
from muster_web.performance.models import Figure, Quarter
from tests.web.browser import INSIDE, axe_violations, picture, show_pages_of, violations_of_pages
from tests.web.performance.test_quarters import published

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = 375


def pages_of(quarter: Quarter) -> list[str]:
    """Every page an approver of the authority can open."""
    plan, figure = quarter.plan, Figure.objects.get(name="school_workforce.teachers_qualified")
    piece = [plan.pk, plan.pieces.get(ref="1.1.1").pk]
    of_quarter = (
        "quarter",
        "my_lines",
        "quarter_texts",
        "publish_quarter",
        "sign_quarter",
        "quarterly_report",
    )
    return [
        reverse("plans"),
        *(reverse(name, args=[plan.pk]) for name in ("plan", "plan_indicators", "offices", "treatments")),
        reverse("indicator", args=[plan.pk, plan.indicators.first().pk]),
        *(reverse(name, args=[plan.pk]) for name in ("new_piece", "plan_changes")),
        *(reverse(name, args=piece) for name in ("piece", "move_piece", "close_piece")),
        *(reverse(name, args=[quarter.pk]) for name in of_quarter),
        reverse("figure", args=[figure.pk]),
        reverse("figure_records", args=[figure.pk, figure.parts[0]["return"]]),
    ]


def test_every_page_is_accessible_and_fits_a_telephone(page: Page, sign_in, quarter) -> None:
    show_pages_of(page, sign_in("anyshire.la_approver"))
    assert violations_of_pages(page, pages_of(quarter), width=PHONE) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_an_owner_writes_a_line_by_keyboard_alone(page: Page, sign_in, quarter, line_of) -> None:
    line = line_of("LI 15")
    show_pages_of(page, sign_in("anyshire.plan_owner"))
    page.goto(f"{INSIDE}{reverse('my_lines', args=[quarter.pk])}")
    page.locator(f"#id_line{line.pk}-comment").focus()
    page.keyboard.type("All teachers are qualified.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    quality = page.locator(f"#id_line{line.pk}-checked_by")
    expect(quality).to_be_visible()
    quality.focus()
    page.keyboard.type("Data officer")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kept. You can change it")).to_be_visible()
    assert axe_violations(page) == []
    line.refresh_from_db()
    assert (line.comment, line.checked_by) == ("All teachers are qualified.", "Data officer")


def test_a_figure_of_the_report_is_followed_to_its_records_and_a_correction_read(
    page: Page, sign_in, viewers, officer, written, line_of
) -> None:
    done = published(viewers, officer, written)
    show_pages_of(page, sign_in("anyshire.la_officer"))
    page.goto(f"{INSIDE}{reverse('quarterly_report', args=[done.pk])}")
    picture(page, "journey-report")
    page.get_by_role("link", name=re.compile("LI 15.*what it is made of")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("100.0%")
    page.get_by_role("link", name="Ashcombe School").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 record behind")
    page.locator("main table a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/records/" in page.url
    page.goto(f"{INSIDE}{reverse('members_view', args=[done.pk])}")
    expect(page.get_by_role("heading", name="Where each indicator went")).to_be_visible()
    picture(page, "journey-members")
    assert axe_violations(page) == []
    publishing.correct(viewer=officer, quarter=done, reason="A comment was that of another line.")
    write_line(viewer=officer, line=line_of("LI 4"), seen=1, said={"comment": "Both schools were on time."})
    published(viewers, officer, done)
    page.goto(f"{INSIDE}{reverse('quarter_issues', args=[done.pk])}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 issues")
    picture(page, "journey-issues")
    assert axe_violations(page) == []
