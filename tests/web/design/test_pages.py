"""The pages around the content, and those that say no."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client
from django.utils.safestring import SafeString

from muster_web.design.frame import Banner, Destination, Frame

pytestmark = pytest.mark.usefixtures("assets")


@pytest.mark.parametrize(
    ("template", "title"),
    [
        ("400.html", "This request could not be understood"),
        ("403.html", "You cannot see this page"),
        ("404.html", "Page not found"),
        ("500.html", "Something went wrong here"),
    ],
)
def test_an_error_page_needs_to_know_nothing(template: str, title: str) -> None:
    page = render_to_string(template)
    assert f"<title>{title} – Muster</title>" in page
    assert page.count("<h1") == 1


def test_a_page_says_who_looks_and_for_whom() -> None:
    frame = Frame(
        organisation="Anyshire <High>", switch_url="/switch", person="Jo Bloggs", sign_out_url="/out",
        navigation=(Destination("Returns", "/returns", current=True), Destination("Help", "/help", count=1204)),
        banner=Banner("Practice", "Nothing counts.", practice=True),
    )  # fmt: skip
    page = render_to_string("design/page.html", {"frame": frame})
    for part in ("Anyshire &lt;High&gt;", "Jo Bloggs", 'action="/out"', "(1,204)", "muster-banner--practice"):
        assert part in page


def test_what_stands_before_the_content_is_in_a_landmark() -> None:
    tags = "{% load govuk %}{% in_landmark 'Back' %}{{ inside }}{% endin_landmark %}"
    for inside, shown in [
        ("", ""),
        ("<a>x</a>", '<nav aria-label="Back"><a>x</a></nav>'),
        ("<nav>x</nav>", "<nav>x</nav>"),
    ]:
        assert Template(tags).render(Context({"inside": SafeString(inside)})) == shown


def test_a_refusal_says_why_and_who_can_help() -> None:
    answer = Client().get("/refused")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You cannot submit this return" in page
    assert "The head has not signed the return.<" in page
    assert "Jo Bloggs, head" in page


def test_a_fault_and_an_unknown_address_have_pages_of_their_own() -> None:
    client = Client(raise_request_exception=False)
    assert "Something went wrong here" in client.get("/broken").content.decode()
    assert "Page not found" in client.get("/nowhere").content.decode()
