"""A provider that may send files and no more sees what it sent and how much that gave, and nothing else of a return."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from muster_web.accounts.models import Access
from muster_web.accounts.roles import Role
from muster_web.returns.models import Build, Part
from tests.web.api.conftest import call, fresh_counts, let_in, services
from tests.web.conftest import add_person
from tests.web.files import WRONG, return_of
from tests.web.returns import world

__all__ = ["call", "fresh_counts", "let_in", "services"]
pytestmark = pytest.mark.django_db(transaction=True)
COVERAGE = {"table": "", "item": "", "title": "the whole return", "automatic": 90, "derived": 1, "carried": 2,
            "keyed": 3, "to_key": 4, "waiting": 0, "conflicting": 0, "wanted": 100}  # fmt: skip


@pytest.fixture
def subject(returns, viewers, organisations, people, let_in):
    """Ashcombe's return with data in it, which a supplier may send files for; somebody works there."""
    let_in("ashcombe", "supplier", level=Access.Level.SEND)
    people["supplier.sender"] = add_person(
        organisations["supplier"], Role.SUPPLIER, "sender@supplier.example"
    )
    world.load(viewers["ashcombe.preparer"], returns["ashcombe"], return_of(WRONG))
    Part.objects.create(
        subject=returns["ashcombe"], kind="mis", sender=organisations["ashcombe"], name="staff.csv", size=1,
        sha256="0" * 64, stored="received/none",
    )  # fmt: skip
    Build.objects.create(subject=returns["ashcombe"], coverage=[COVERAGE], told=["Row 3 names Ada Allright"])
    return world.now(returns["ashcombe"])


def test_its_first_page_leads_to_the_schools_that_let_it_send(subject, sign_in) -> None:
    page = sign_in("supplier.sender").get(reverse("home")).text
    assert (
        reverse("build", args=[subject.pk]) in page and "Ashcombe School" in page and "Birchfield" not in page
    )


def test_it_sends_a_file_and_sees_its_own_alone_with_the_coverage(subject, sign_in) -> None:
    client, address = sign_in("supplier.sender"), reverse("build", args=[subject.pk])
    sent = {"kind": "payroll", "file": SimpleUploadedFile("payroll.csv", b"a,b\n1,2\n")}
    assert client.post(address, sent).status_code == 302
    page = client.get(address).text
    assert "payroll.csv" in page and "90 came by themselves" in page
    for hidden in (
        "staff.csv",
        "Ada Allright",
        reverse("key_values", args=[subject.pk]),
        "Build the return from",
    ):
        assert hidden not in page, hidden
    assert "staff.csv" in sign_in("ashcombe.preparer").get(address).text


PAGES = (
    "return_page",
    "findings",
    "summary",
    "changes",
    "compare",
    "thread",
    "key_values",
    "matches",
    "progress",
)


def test_every_other_page_of_the_return_is_not_there(subject, sign_in) -> None:
    client = sign_in("supplier.sender")
    found = {name: client.get(reverse(name, args=[subject.pk])).status_code for name in PAGES}
    assert found == dict.fromkeys(PAGES, 404)
    assert client.post(reverse("build_now", args=[subject.pk])).status_code == 404


def test_it_cannot_leave_out_the_files_of_the_school(subject, sign_in) -> None:
    part = subject.parts.get()
    client = sign_in("supplier.sender")
    assert client.post(reverse("leave_out_part", args=[subject.pk, part.pk])).status_code == 404
    part.refresh_from_db()
    assert part.replaced is None


def test_its_machine_sends_a_return_and_learns_what_became_of_the_file_and_no_more(subject, call) -> None:
    machine = call("supplier")
    assert subject.round_id in [one["id"] for one in machine.get("/rounds").json()]
    answer = machine.send(subject.round_id, return_of())
    assert answer.status_code == 202
    said = machine.get(f"/uploads/{answer.json()['id']}").json()
    assert said["done"] and [one["version"]["number"] for one in said["loaded"]] == [2]
    for path in ("", "/findings", "/records", "/notes", "/messages", "/versions", "/edits", "/receipts"):
        assert machine.get(f"/returns/{subject.pk}{path}").status_code == 404, path
    assert machine.get("/returns").json()["count"] == 0


def test_another_school_s_return_is_refused_to_it(subject, call) -> None:
    answer = call("supplier").send(subject.round_id, return_of(estab="2001"))
    assert "is the return of 999/2001" in answer.json()["refused"][0]["reason"]
