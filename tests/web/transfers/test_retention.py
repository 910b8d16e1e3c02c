"""Files go when the schedule says: their keys first, so that no backup can be read; the proof that they went stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from muster.model import MusterError
from muster_web.privacy.actions.retaining import apply_schedule, hold
from muster_web.privacy.models import Hold
from muster_web.privacy.queries.due_files import preview
from muster_web.transfers.actions import receiving
from muster_web.transfers.actions.numbering import batch_bytes
from muster_web.transfers.models import LearnerBatch, LearnerRequest, Pupil, Transfer
from muster_web.transfers.queries.retention import goes_on
from muster_web.transfers.stored import bytes_of, store_sealed
from tests.web.transfers.world import on_roll

pytestmark = pytest.mark.django_db(transaction=True)


def days_ago(transfer: Transfer, days: int, *, opened: bool) -> None:
    """Let a file have been sent, and opened, so many days ago."""
    then = timezone.now() - timedelta(days=days)
    Transfer.objects.filter(pk=transfer.pk).update(sent=then, opened=then if opened else None)


@pytest.mark.parametrize(
    ("days", "opened", "due"), [(50, True, 0), (70, True, 1), (70, False, 0), (370, False, 1)]
)
def test_opened_files_go_after_two_months_and_unopened_ones_after_a_year(sent, days, opened, due) -> None:
    days_ago(sent, days, opened=opened)
    assert sum(one.versions for one in preview()) == due


def test_what_goes_is_unreadable_and_what_proves_it_stays(sent, viewers) -> None:
    receiving.say(viewer=viewers["birchfield.preparer"], transfer=sent, text="Thank you.")
    days_ago(sent, 70, opened=True)
    stored = sent.stored
    applied = apply_schedule()
    assert applied.certificate and applied.certificate.files == [
        {"transfer": sent.pk, "sha256": sent.sha256, "size": sent.size}
    ]
    gone = Transfer.objects.get(pk=sent.pk)
    assert gone.is_gone and gone.sha256 and not default_storage.exists(stored) and not gone.messages.exists()
    with pytest.raises(MusterError, match="deleted under the retention schedule"):
        bytes_of(gone)
    assert preview() == [] and gone.events.exists()


def test_a_lost_pupil_is_kept_longer(sent) -> None:
    Transfer.objects.update(lost=True, receiver=None)
    days_ago(sent, 370, opened=False)
    assert preview() == []
    days_ago(sent, 1_200, opened=False)
    assert [one.what for one in preview()] == ["lost pupils"]


def test_who_left_long_ago_and_a_roll_nobody_renewed_are_forgotten(organisations) -> None:
    here, gone = organisations["birchfield"], timezone.localdate() - timedelta(days=400)
    on_roll(here, 1, left=gone)
    stays, old = on_roll(here, 2, left=timezone.localdate()), on_roll(here, 3)
    Pupil.objects.filter(pk=old.pk).update(changed=timezone.now() - timedelta(days=800))
    assert [(one.what, one.versions) for one in preview()] == [("pupils who left", 1), ("pupils on roll", 1)]
    applied = apply_schedule()
    assert list(Pupil.objects.all()) == [stays]
    assert applied.certificate and [one["pupils"] for one in applied.certificate.files] == [1, 1]


def test_a_batch_of_long_ago_is_unreadable_and_its_numbers_stay(viewers, organisations) -> None:
    stored, key = store_sealed(b"GivenName")
    pupil = on_roll(organisations["ashcombe"], uln="9276308686")
    batch = LearnerBatch.objects.create(
        organisation=organisations["ashcombe"], stored=stored, sealed_key=key,
        at=timezone.now() - timedelta(days=400),
    )  # fmt: skip
    LearnerRequest.objects.create(batch=batch, pupil=pupil, state="given", uln=pupil.uln)
    assert apply_schedule().deleted == 1 and not default_storage.exists(stored)
    batch.refresh_from_db()
    with pytest.raises(MusterError, match="deleted under the retention schedule; what came back is kept"):
        batch_bytes(viewer=viewers["ashcombe.preparer"], batch=batch)
    assert batch.requests.get().uln == "9276308686" and preview() == []


def test_what_is_held_stays(sent, viewers, organisations) -> None:
    days_ago(sent, 70, opened=True)
    hold(
        viewer=viewers["department.collector"],
        hold=Hold(organisation=organisations["birchfield"], starts=timezone.localdate(), reason="A claim"),
    )
    assert preview() == []


def test_the_receipt_counts_the_days(sent, sign_in) -> None:
    goes = goes_on(sent)
    assert goes.days in (365, 366)
    assert (
        f"{goes.days} days from now"
        in sign_in("ashcombe.preparer").get(reverse("transfer", args=[sent.pk])).content.decode()
    )
