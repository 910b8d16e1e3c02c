"""A pupil's file goes from one school to another and is taken over item by item, by keyboard alone.

    Ashcombe sends ─ Birchfield compares with its roll ─ answers what is asked ─ takes over ─ acknowledges ─
    Ashcombe sees it

Each page on the way is checked for accessibility; with MUSTER_PICTURES=folder each is kept as a picture.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from muster_web.design.build_assets import build
from muster_web.transfers.actions.numbering import collect, send_batch
from muster_web.transfers.actions.sending import send
from muster_web.transfers.models import LearnerBatch, Pupil, Transfer
from tests.web.browser import show_pages_of, violations_of_pages
from tests.web.test_journey_in_a_browser import Person
from tests.web.transfers.files import ctf_of, name_of, pupil_of, upn_of
from tests.web.transfers.test_learner_numbers import born
from tests.web.transfers.world import on_roll, on_roll_as_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person(page: Page, live_server, people) -> Person:
    """Somebody in front of the service."""
    build()
    return Person(page, live_server.url)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with a pupil Birchfield knows, who has moved house, and one it does not know."""
    moved = pupil_of(1, Street="New Road").replace("<Ethnicity>WBRI", "<Ethnicity>WIRI")
    path = tmp_path / name_of()
    path.write_bytes(ctf_of(pupils=moved + pupil_of(2, DOB="2003-01-09", Surname="Elm")))
    return path


def test_a_file_goes_from_school_to_school_and_is_taken_over(
    person: Person, file: Path, organisations
) -> None:
    known = on_roll_as_in(organisations["birchfield"], pupil_of(1))
    ashcombe_sends(person, file)
    birchfield_takes_over(person)
    known.refresh_from_db()
    assert known.held["values"]["street"] == "Mill Lane" and known.held["values"]["ethnicity"] == "WIRI"
    assert Pupil.objects.filter(organisation=organisations["birchfield"], upn=upn_of(2)).exists()
    person.sign_in("preparer@ashcombe.example")
    person.press("Pupil files")
    person.press("Sent")
    expect(person.page.locator("main")).to_contain_text("Acknowledged")


def ashcombe_sends(person: Person, file: Path) -> None:
    """The data manager of the school the pupils left."""
    person.sign_in("preparer@ashcombe.example")
    person.press("Pupil files")
    person.press("Send a file", "button")
    person.page.locator("input[type=file]").set_input_files(file)
    person.press("Send", "button")
    expect(person.page.locator("main")).to_contain_text("Birchfield Primary School")


def birchfield_takes_over(person: Person) -> None:
    """The data manager of the school the pupils came to: one pupil item by item, the other with one press."""
    person.sign_in("preparer@birchfield.example")
    person.press("Pupil files")
    person.press(name_of())
    person.press("Compare with who is on roll", "button")
    person.press("Pupil1 Larch")
    person.press("Take over what is accepted", "button")
    expect(person.page.locator("main")).to_contain_text("Say of each whether it is taken")
    person.page.locator("#item-street-keep").check()
    person.page.locator("#item-ethnicity-take").check()
    person.press("Take over what is accepted", "button")
    person.press("Take over the 1 pupil", "button")
    expect(person.page.locator("main")).to_contain_text("2 pupils, 0 not decided")
    person.press("Back to the file")
    person.press("Acknowledge the file", "button")


@pytest.fixture
def lost(viewers, organisations) -> Transfer:
    """A lost pupil who may be on Birchfield's roll, and an ordinary file."""
    on_roll(organisations["birchfield"])
    school = viewers["ashcombe.preparer"]
    send(viewer=school, chunks=[ctf_of()], name=name_of())
    return send(viewer=school, chunks=[ctf_of(to="XXXXXXX")], name=name_of(to="XXXXXXX")).transfer


@pytest.fixture
def batch(viewers, organisations, settings) -> LearnerBatch:
    """A batch for learner numbers that came back with one number and one exception, which is asked for again."""
    settings.LEARNING_RECORDS = "simulator"
    here, school = organisations["birchfield"], viewers["birchfield.preparer"]
    on_roll_as_in(here, pupil_of(3, DOB=born(15)))
    on_roll_as_in(here, pupil_of(4, DOB=born(15), Surname="Elm"), postcode="")
    made = send_batch(viewer=school, with_gaps=True)
    collect(viewer=school, batch=made)
    return made


@pytest.mark.parametrize("width", [1280, 400])
def test_the_pages_of_an_authority_are_accessible(page: Page, sign_in, lost, width: int) -> None:
    show_pages_of(page, sign_in("anyshire.la_officer"))
    names = ("mailbox", "send_transfer", "pupil_files", "terms", "lost_pupils", "find_child")
    addresses = [reverse(name) for name in names]
    addresses.append(reverse("lost_pupil", args=[lost.pupil_marks.get().pk]))
    assert violations_of_pages(page, addresses, width=width) == {}


@pytest.mark.parametrize("width", [1280, 400])
def test_the_pages_of_a_school_are_accessible(page: Page, sign_in, lost, batch, width: int) -> None:
    show_pages_of(page, sign_in("birchfield.preparer"))
    file = Transfer.objects.get(lost=False)
    names = ("mailbox", "leavers", "look_up", "find_child", "learner_numbers")
    addresses = [reverse(name) for name in names]
    addresses.append(reverse("learner_batch", args=[batch.pk]))
    addresses += [reverse(name, args=[file.pk]) for name in ("transfer", "import_transfer")]
    addresses.append(reverse("import_pupil", args=[file.pk, 0]))
    assert violations_of_pages(page, addresses, width=width) == {}
