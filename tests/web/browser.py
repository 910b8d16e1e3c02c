"""A real browser for tests: one Chromium for the session, a page for each test, and the accessibility checker.

``tests/web/conftest.py`` makes the fixtures known. A test asks for ``page``; ``served(application)`` gives it something
to look at. Where there is no Chromium the tests say BROWSER ABSENT and check nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import socketserver
import threading
import wsgiref.simple_server
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, Route, sync_playwright

from muster_web.design.build_assets import AXE, build

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
# Where pages of the test client seem to be; nothing listens there.
INSIDE = "http://localhost:9"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """async tags => (await axe.run(document, {runOnly: {type: "tag", values: tags}})).violations
    .flatMap(v => v.nodes.map(n => `${v.id} (${v.impact}): ${n.target.join(" ")}: ${n.failureSummary}`))"""


def chromium_path() -> str | None:
    """Where Chromium is: what CHROMIUM says, else what the PATH has."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One headless Chromium for all tests of a session."""
    path = chromium_path()
    if path is None:
        pytest.skip("BROWSER ABSENT: no Chromium on this machine; this test looked at nothing")
    # Playwright keeps a loop running in this thread, and Django then refuses the database to the tests.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh page, 1280 wide, that fails the test when the page had an error or asked another host."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    new = context.new_page()
    faults: list[str] = []
    new.on("pageerror", lambda error: faults.append(str(error)))
    new.on("console", lambda said: faults.append(said.text) if _is_fault(said) else None)
    new.on("response", lambda got: faults.append(f"{got.status} {got.url}") if _is_missing(got) else None)
    new.on("request", lambda asked: None if _is_local(asked.url) else faults.append(f"asked {asked.url}"))
    yield new
    context.close()
    assert not faults, faults


def _is_fault(said: ConsoleMessage) -> bool:
    """What the console calls an error; of what was not loaded the answers tell more, and the server may end first."""
    return said.type == "error" and not said.text.startswith("Failed to load resource")


def _is_missing(answer: Response) -> bool:
    """A part of a page that is not there; the page itself may well answer 403 or 404."""
    return answer.status >= 400 and not answer.request.is_navigation_request()


def _is_local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "http://localhost:", "data:", "blob:"))


def axe_violations(page: Page) -> list[str]:
    """What the accessibility checker finds on a page as it stands: rule, place and what to do, for each."""
    # From the inspector's side, as the page's own policy forbids scripts from elsewhere.
    page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
    return list(page.evaluate(RUN_AXE, WCAG))


def show_pages_of(page: Page, client: Client) -> None:
    """Let Django's test client, already signed in, answer what a page asks: no server, no threads, one database."""
    build()

    def answer(route: Route) -> None:
        asked = urlsplit(route.request.url)
        if asked.path.startswith(settings.STATIC_URL):
            found = finders.find(asked.path.removeprefix(settings.STATIC_URL))
            route.fulfill(path=found) if found else route.fulfill(status=404)
            return
        sent, kind = (
            route.request.post_data_buffer or b"",
            route.request.headers.get("content-type", "text/plain"),
        )
        got = client.generic(route.request.method, f"{asked.path}?{asked.query}", sent, content_type=kind)
        route.fulfill(status=got.status_code, headers=dict(got.items()), body=got.getvalue())

    page.route(f"{INSIDE}/**", answer)


def violations_of_pages(page: Page, addresses: Iterable[str], *, width: int) -> dict[str, list[str]]:
    """What the accessibility checker finds on each page of ``show_pages_of``, by address; {} when there is nothing."""
    page.set_viewport_size({"width": width, "height": 900})
    found = {}
    for address in addresses:
        answer = page.goto(f"{INSIDE}{address}")
        assert answer is not None and answer.ok, f"{address}: {answer}"
        picture(page, f"{re.sub(r'[^a-z0-9]+', '-', address)}-{width}")
        found[address] = axe_violations(page)
    return {address: wrong for address, wrong in found.items() if wrong}


def picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page where MUSTER_PICTURES says, for people to look at."""
    if folder := os.environ.get("MUSTER_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name.strip('-')}.png", full_page=True)


class _Server(socketserver.ThreadingMixIn, wsgiref.simple_server.WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class _Quiet(wsgiref.simple_server.WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of requests that were answered."""


@contextmanager
def served(application: Callable[..., Any]) -> Iterator[str]:
    """The address at which an application answers, on this machine only, while the block runs."""
    server = wsgiref.simple_server.make_server(
        "127.0.0.1", 0, application, server_class=_Server, handler_class=_Quiet
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
