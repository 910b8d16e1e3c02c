"""No page of the mailbox asks the database more often where there are more files or more pupils."""

from __future__ import annotations

import pytest
from django.urls import reverse

from muster_web.transfers.actions.importing import accept_clear, compare_with_roll
from muster_web.transfers.actions.numbering import collect, send_batch
from muster_web.transfers.actions.sending import send
from muster_web.transfers.models import LearnerBatch, Pupil, Transfer
from tests.web.test_query_counts import queries
from tests.web.transfers.files import ctf_of, name_of, pupil_of
from tests.web.transfers.test_learner_numbers import born
from tests.web.transfers.world import on_roll, on_roll_as_in

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 30
OFFICER, RECEIVER = "anyshire.la_officer", "birchfield.preparer"
PAGES = {
    "mailbox": (RECEIVER, ""), "transfer": (RECEIVER, "file"), "import_transfer": (RECEIVER, "file"),
    "leavers": (RECEIVER, ""), "learner_numbers": (RECEIVER, ""), "learner_batch": (RECEIVER, "batch"),
    "pupil_files": (OFFICER, ""), "lost_pupils": (OFFICER, ""),
}  # fmt: skip


def arrive(viewers, organisations, numbers: range) -> Transfer:
    """A file of some pupils, taken over; as many lost pupils, leavers, pupils asked for, files and schools."""
    ashcombe, birchfield = viewers["ashcombe.preparer"], viewers[RECEIVER]
    pupils = "".join(pupil_of(n, DOB=born(15), Surname=f"Elm{n}") for n in numbers)
    for n in numbers:
        to = "XXXXXXX"
        send(viewer=ashcombe, chunks=[ctf_of(to=to, pupils=pupil_of(n))], name=name_of(to=to, number=n))
        on_roll(organisations["birchfield"], n + 100, left="2026-09-10")
        on_roll_as_in(organisations["birchfield"], pupil_of(n + 200, DOB=born(16)), postcode="")
        on_roll(organisations["coldbrook"], n)
    one = send(viewer=ashcombe, chunks=[ctf_of(pupils=pupils)], name=name_of(number=numbers.start)).transfer
    accept_clear(viewer=birchfield, found=compare_with_roll(viewer=birchfield, transfer=one))
    collect(viewer=birchfield, batch=send_batch(viewer=birchfield, with_gaps=True))
    return one


@pytest.mark.parametrize("page", PAGES)
def test_more_files_and_pupils_take_no_more_queries(page, viewers, organisations, sign_in, settings) -> None:
    settings.LEARNING_RECORDS = "simulator"
    who, of = PAGES[page]
    found = {"file": arrive(viewers, organisations, range(1, 2)), "batch": LearnerBatch.objects.get()}
    where = reverse(page, args=[found[of].pk] if of else [])
    few = queries(sign_in(who), where)
    found = {"file": arrive(viewers, organisations, range(2, 9)), "batch": LearnerBatch.objects.latest("pk")}
    assert Pupil.objects.count() > 20
    assert queries(sign_in(who), reverse(page, args=[found[of].pk] if of else [])) == few <= MOST
