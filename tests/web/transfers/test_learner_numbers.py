"""Learner numbers: who needs one, what stands in the way, the batch out and in, and what is done with the number.

Five pupils of Ashcombe are drawn here: two ready to be asked for, one without a postcode, one too young to need a
number, one who has one.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from muster.identifiers import check
from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster.transferring.learner_batches import answer_text, read_batch
from muster.transferring.roll import pupils_of
from muster_web.audit.models import AuditEvent
from muster_web.transfers.actions import numbering
from muster_web.transfers.models import LearnerBatch, LearnerRequest, Pupil
from muster_web.transfers.queries.learners import awaiting, exceptions, given, next_census_day
from muster_web.transfers.reading import read
from muster_web.transfers.stored import unsealed
from tests.web.transfers.files import pupil_of, upn_of
from tests.web.transfers.world import on_roll_as_in

pytestmark = pytest.mark.django_db(transaction=True)


def born(years: int) -> str:
    """The birth date of somebody so many years and a month old today."""
    today = timezone.localdate()
    return (today.replace(year=today.year - years, day=1) - timedelta(days=31)).isoformat()


@pytest.fixture
def school(viewers, settings):
    """Ashcombe's data manager, with the simulator."""
    settings.LEARNING_RECORDS = "simulator"
    if default_storage.exists("learning-records/issued.json"):
        default_storage.delete("learning-records/issued.json")
    return viewers["ashcombe.preparer"]


@pytest.fixture
def roll(organisations) -> dict[str, Pupil]:
    """The five pupils."""
    ashcombe = organisations["ashcombe"]
    return {
        "ready": on_roll_as_in(ashcombe, pupil_of(1, DOB=born(15))),
        "ready too": on_roll_as_in(ashcombe, pupil_of(2, DOB=born(16))),
        "no postcode": on_roll_as_in(ashcombe, pupil_of(3, DOB=born(15)), postcode=""),
        "young": on_roll_as_in(ashcombe, pupil_of(4, DOB=born(12))),
        "numbered": on_roll_as_in(ashcombe, pupil_of(5, DOB=born(15)), uln="9276308686"),
    }


def batch_text(batch: LearnerBatch) -> str:
    """A batch as it went."""
    return unsealed(batch.stored, batch.sealed_key).decode()


def test_everybody_of_fourteen_without_a_number_is_listed_with_what_is_missing(school, roll) -> None:
    found = {one.pupil.pk: one for one in awaiting(school.organisation, next_census_day(school.organisation))}
    assert set(found) == {roll[name].pk for name in ("ready", "ready too", "no postcode")}
    [gap] = found[roll["no postcode"].pk].gaps
    assert gap.item == "postcode" and "RC10" in gap.fix and not found[roll["ready"].pk].gaps


def test_the_batch_has_those_nothing_stands_in_the_way_of_and_lies_sealed(school, roll) -> None:
    batch = numbering.send_batch(viewer=school)
    assert {one["MISIdentifier"] for one in read_batch(batch_text(batch))} == {upn_of(1), upn_of(2)}
    with default_storage.open(batch.stored, "rb") as file:
        assert b"Larch" not in file.read()
    with pytest.raises(MusterError, match="Nobody can be asked for"):
        numbering.send_batch(viewer=school)


def test_numbers_come_back_and_a_pupil_without_a_postcode_gets_rc10(school, roll) -> None:
    batch = numbering.send_batch(viewer=school, with_gaps=True)
    assert numbering.collect(viewer=school, batch=batch) == 2
    ulns = {name: Pupil.objects.get(pk=one.pk).uln for name, one in roll.items()}
    assert all(
        check("uln", ulns[name]).right and ulns[name].startswith("99") for name in ("ready", "ready too")
    )
    assert ulns["no postcode"] == "" and ulns["numbered"] == "9276308686"
    [one] = exceptions(school.organisation)
    assert one.request.code == "RC10" and "postcode" in one.reason and "ask again" in one.advice
    assert "Larch" not in str(list(AuditEvent.objects.values_list("data", flat=True)))


def test_once_the_gap_is_filled_the_pupil_is_asked_for_again_and_is_no_exception(school, roll) -> None:
    numbering.collect(viewer=school, batch=numbering.send_batch(viewer=school, with_gaps=True))
    held = Pupil.objects.get(pk=roll["no postcode"].pk)
    held.held["values"]["postcode"] = "AA9 9ZZ"
    held.save()
    second = numbering.send_batch(viewer=school)
    assert second.requests.count() == 1 and exceptions(school.organisation) == []
    assert numbering.collect(viewer=school, batch=second) == 1


def test_the_simulator_gives_the_same_pupil_the_same_number(school, roll) -> None:
    first = numbering.send_batch(viewer=school)
    numbering.collect(viewer=school, batch=first)
    before = Pupil.objects.get(pk=roll["ready"].pk).uln
    Pupil.objects.filter(pk=roll["ready"].pk).update(uln="")
    LearnerBatch.objects.all().delete()
    numbering.collect(viewer=school, batch=numbering.send_batch(viewer=school))
    assert Pupil.objects.get(pk=roll["ready"].pk).uln == before


def test_two_who_cannot_be_told_apart_get_no_number(school, organisations) -> None:
    for number in (1, 2):
        on_roll_as_in(organisations["ashcombe"], pupil_of(number, DOB=born(15), Forename="Nell"))
    assert numbering.collect(viewer=school, batch=numbering.send_batch(viewer=school)) == 0
    assert {one.request.code for one in exceptions(school.organisation)} == {"SIM-POSSIBLE"}


def test_a_batch_is_carried_by_hand_where_no_service_is_set_up(school, roll, settings) -> None:
    settings.LEARNING_RECORDS = ""
    batch = numbering.send_batch(viewer=school)
    with pytest.raises(MusterError, match="carried by hand"):
        numbering.collect(viewer=school, batch=batch)
    learners = [{**one, "ULN": "9276308686", "ReturnCode": ""} for one in read_batch(batch_text(batch))[:1]]
    assert numbering.take_answer(viewer=school, batch=batch, text=answer_text(learners)) == 1


def test_a_number_there_was_is_never_overwritten(school, roll) -> None:
    batch = numbering.send_batch(viewer=school)
    Pupil.objects.filter(pk=roll["ready"].pk).update(uln="1000000000")
    numbering.collect(viewer=school, batch=batch)
    assert Pupil.objects.get(pk=roll["ready"].pk).uln == "1000000000"
    assert LearnerRequest.objects.get(pupil=roll["ready"]).state == "differs"


@pytest.mark.parametrize("wrong", ["GivenName\n", "", "not a batch at all"])
def test_an_answer_that_is_none_changes_nothing(school, roll, wrong: str) -> None:
    batch = numbering.send_batch(viewer=school)
    with pytest.raises(MusterError):
        numbering.take_answer(viewer=school, batch=batch, text=wrong)
    assert not LearnerRequest.objects.exclude(state="sent").exists()


def test_the_answer_to_another_batch_is_refused(school, roll) -> None:
    batch = numbering.send_batch(viewer=school)
    strange = [{**read_batch(batch_text(batch))[0], "MISIdentifier": upn_of(99), "ReturnCode": ""}]
    with pytest.raises(MusterError, match="not in this batch"):
        numbering.take_answer(viewer=school, batch=batch, text=answer_text(strange))


def test_told_and_in_the_mis_are_ticked_once_and_the_numbers_go_back_as_a_file(school, roll) -> None:
    numbering.collect(viewer=school, batch=numbering.send_batch(viewer=school))
    name, text = numbering.numbers_file(viewer=school)
    assert name == "9994001_CTF_9994001_001.xml"
    found = {one.get("upn"): one.get("uln") for one in pupils_of(read(text.encode(), name))}
    assert set(found) == {upn_of(1), upn_of(2)} and all(found.values())
    keys = [one.pk for one in given(school.organisation)]
    assert numbering.tick(viewer=school, requests=keys, what="told") == 2
    assert numbering.tick(viewer=school, requests=keys, what="told") == 0
    numbering.tick(viewer=school, requests=keys, what="in_mis")
    assert not given(school.organisation).exists()
    with pytest.raises(MusterError, match="every number"):
        numbering.numbers_file(viewer=school)


def test_another_school_neither_asks_nor_answers_for_this_one(school, roll, viewers) -> None:
    batch = numbering.send_batch(viewer=school)
    other = viewers["birchfield.preparer"]
    with pytest.raises(LearnerBatch.DoesNotExist):
        numbering.take_answer(viewer=other, batch=batch, text=batch_text(batch))
    assert numbering.tick(viewer=other, requests=[one.pk for one in batch.requests.all()], what="told") == 0
    with pytest.raises(NotAllowed):
        numbering.send_batch(viewer=viewers["ashcombe.head"])


@pytest.mark.parametrize(
    ("today", "on"),
    [
        (date(2013, 9, 1), date(2013, 10, 3)),
        (date(2013, 10, 4), date(2014, 1, 16)),
        (date(2014, 1, 17), date(2014, 5, 15)),
        (date(2014, 6, 1), date(2014, 10, 2)),
    ],
)
def test_census_day_is_known_months_ahead(organisations, today: date, on: date) -> None:
    assert next_census_day(organisations["ashcombe"], today) == on
