"""A school, its authority and the department take one return from a flawed file to authorised, by keyboard alone.

    sign in ─ load a flawed file ─ change one item ─ explain the queries ─ load the corrected file, explanations there
    ─ head signs ─ submit ─ receipt ─ the authority approves ─ the department authorises

Each page on the way is checked for accessibility; with MUSTER_PICTURES=folder each is kept as a picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from muster.submit.states import State
from muster_web.design.build_assets import build
from tests.web.browser import axe_violations
from tests.web.conftest import PASSWORD
from tests.web.design.test_in_a_browser import picture
from tests.web.files import WRONG, return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)


class Person:
    """Somebody at a keyboard: goes to links and buttons with Tab and presses Enter."""

    def __init__(self, page: Page, address: str):
        self.page, self.address = page, address
        self.seen = 0

    def sign_in(self, email: str) -> None:
        """Leave whoever was signed in, and sign in with the password."""
        self.page.context.clear_cookies()
        self.page.goto(f"{self.address}/sign-in/login/")
        self.page.locator("input[name=login]").fill(email)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Returns")

    def press(self, name: str, role: str = "link") -> None:
        """Move the focus to a link or button and press Enter; then look at the page it leads to."""
        target = self.page.get_by_role(role, name=name, exact=False).first  # type: ignore[arg-type]
        self.tab_to(target)
        self.enter()
        self.prove()
        self.look(name)

    def tab_to(self, target) -> None:
        """Press Tab until the target has the focus, as many times as there are things to stop at."""
        for _ in range(300):
            if target.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached by keyboard")

    def look(self, name: str) -> None:
        """Check the page that is shown, and keep its picture."""
        self.seen += 1
        picture(self.page, f"journey-{self.seen:02}-{name.replace(' ', '-').lower()}")
        assert axe_violations(self.page) == [], name

    def enter(self) -> None:
        """Press Enter and wait for the page that comes of it."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def prove(self) -> None:
        """Give the password again where it is asked for."""
        if "reauthenticate" in self.page.url:
            self.page.locator("input[name=password]").fill(PASSWORD)
            self.enter()

    def load(self, path: Path) -> None:
        """Choose a file and send it."""
        self.page.locator("input[type=file]").set_input_files(path)
        self.press("Load", "button")


@pytest.fixture
def person(page: Page, live_server, returns) -> Iterator[Person]:
    """Somebody in front of the service with the rounds open."""
    build()
    yield Person(page, live_server.url)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """The flawed file and the corrected one."""
    found = {"flawed": tmp_path / "flawed.xml", "corrected": tmp_path / "corrected.xml"}
    found["flawed"].write_bytes(return_of(WRONG, ("<SLT>true</SLT>", "<SLT>false</SLT>")))
    found["corrected"].write_bytes(return_of())
    return found


def test_a_return_goes_all_the_way(person: Person, files: dict[str, Path], returns) -> None:
    school_loads_and_explains(person, files)
    subject = world.now(returns["ashcombe"])
    assert (subject.to_fix, subject.to_explain, subject.explained) == (0, 0, subject.explained)
    head_signs_and_school_submits(person)
    assert world.now(subject).state == State.SUBMITTED
    authority_and_department_decide(person)
    assert world.now(subject).state == State.AUTHORISED


def school_loads_and_explains(person: Person, files: dict[str, Path]) -> None:
    """The data manager: a flawed file, one item changed, the queries explained, the corrected file."""
    person.sign_in("preparer@ashcombe.example")
    person.look("returns")
    person.press("Open the return")
    person.press("Load the return", "button")
    person.load(files["flawed"])
    person.press("See what to fix", "button")
    person.press("Rule 4220")
    person.press("Open the record")
    person.press("Change Ethnicity")
    person.page.locator("[name=value]").first.select_option("WBRI")
    person.press("Change and check", "button")
    expect(person.page.locator("body")).to_contain_text("0 to fix")
    explain_everything(person)
    person.page.goto(person.page.url.split("/findings/")[0] + "/upload/")
    person.load(files["corrected"])
    expect(person.page.locator("body")).to_contain_text("Against the version before")


def explain_everything(person: Person) -> None:
    """Give each rule's queries an explanation, by the links of the findings."""
    base = person.page.url.split("/records/")[0]
    for _ in range(10):
        person.page.goto(f"{base}/findings/?show=explain&by=rule")
        links = person.page.locator("main tbody th a")
        if links.count() == 0:
            return
        person.tab_to(links.first)
        person.enter()
        person.page.locator("textarea[name=text]").fill("Counted with the office on census day.")
        person.press("Save the explanation", "button")
    raise AssertionError("the queries did not come to an end")


def head_signs_and_school_submits(person: Person) -> None:
    """The head signs the summary; the data manager submits and gets the receipt."""
    person.sign_in("head@ashcombe.example")
    person.press("Open the return")
    person.press("Read and sign the summary", "button")
    person.press("Sign this return", "button")
    person.sign_in("preparer@ashcombe.example")
    person.press("Open the return")
    person.press("Submit this return", "button")
    person.press("Submit now", "button")
    expect(person.page.get_by_role("heading", level=1)).to_contain_text("Return submitted")


def authority_and_department_decide(person: Person) -> None:
    """The authority's approver approves, and the department authorises."""
    for who, decision in (
        ("la_approver@anyshire.example", "Approve"),
        ("collector@department.example", "Authorise"),
    ):
        person.sign_in(who)
        person.press("Open the board")
        person.press("Ashcombe School")
        person.press(decision, "button")
