"""Authorised returns in the file of their school: at once, with small numbers hidden, and gone when withdrawn."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from muster.cli.main import main
from muster.submit import State
from muster_web.audit.models import AuditEvent
from muster_web.returns.actions import deciding
from muster_web.returns.actions.lapsing import lapse_reopened
from muster_web.returns.actions.owing import withdraw_return
from muster_web.returns.models import Return
from muster_web.schools.actions.counting import count_all, count_due, count_into_file
from muster_web.schools.models import ReturnedFigures
from tests.web.files import WRONG, return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def authorised(viewers, returns) -> Return:
    """Ashcombe's workforce return of its head teacher alone, authorised."""
    subject = world.send(viewers, returns["ashcombe"], return_of())
    deciding.approve(viewer=viewers["anyshire.la_approver"], subject=subject)
    deciding.authorise_many(viewer=viewers["department.collector"], subjects=[world.now(subject)])
    return world.now(subject)


@pytest.fixture
def page_of(sign_in, organisations):
    """What the file of Ashcombe says to somebody."""
    address = reverse("school", args=[organisations["ashcombe"].pk])
    return lambda who: sign_in(who).get(address).content.decode()


def test_what_is_authorised_stands_in_the_file_at_once_with_its_source(authorised, page_of) -> None:
    version = authorised.official
    assert version is not None
    for who in ("ashcombe.head", "anyshire.la_officer", "department.collector"):
        said = page_of(who)
        assert "Staff, by the school workforce census" in said and "Teacher turnover" in said
        assert f"version 1, SHA-256 {version.sha256[:16]}" in said and "authorised on" in said
        assert "on time" in said and "whom the school lets see its return" in said
    assert AuditEvent.objects.filter(name="return_counted_into_file").count() == 1


def test_one_head_teacher_alone_is_no_figure(authorised, page_of) -> None:
    held = {one[0]: one for one in ReturnedFigures.objects.get(subject=authorised).figures}
    assert held["teachers"][4] == "hidden, few people" and held["teachers"][5:] == [None, None, None]
    assert "hidden, few people" in page_of("ashcombe.head")


@pytest.mark.parametrize("who", ["birchfield.head", "otherby.la_officer", "dunmere.preparer"])
def test_nobody_else_sees_what_was_returned(authorised, page_of, who) -> None:
    said = page_of(who)
    assert "Ashcombe School" in said and "Staff, by the school workforce census" not in said


def test_it_stands_while_the_return_is_put_right_and_goes_when_that_is_withdrawn(
    authorised, page_of, viewers
) -> None:
    first = ReturnedFigures.objects.get()
    deciding.reopen(
        viewer=viewers["department.collector"], subject=authorised, reason="Hours", until=timezone.localdate()
    )
    world.load(viewers["ashcombe.preparer"], authorised, return_of(WRONG))
    assert not count_into_file(subject=authorised)  # the data are no longer those that were authorised
    assert ReturnedFigures.objects.get().counted == first.counted
    assert "It is being put right now (loaded, not submitted)" in page_of("ashcombe.head")
    withdraw_return(viewer=viewers["ashcombe.preparer"], subject=world.now(authorised), typed="999/4001")
    assert world.now(authorised).state == State.WITHDRAWN and not ReturnedFigures.objects.exists()
    assert AuditEvent.objects.filter(name="return_taken_out_of_file").exists()


def test_a_reopening_that_lapses_leaves_what_was_authorised(authorised, viewers) -> None:
    today = timezone.localdate()
    collector = viewers["department.collector"]
    deciding.reopen(viewer=collector, subject=authorised, reason="Hours", until=today)
    Return.objects.filter(pk=authorised.pk).update(reopened_until=today - timedelta(days=1))
    assert lapse_reopened() == 1 and count_due() == 0
    assert ReturnedFigures.objects.get().version_id == authorised.official_id


def test_what_a_lost_worker_left_is_counted_by_the_clock_and_all_anew_by_a_command(
    authorised, capsys
) -> None:
    ReturnedFigures.objects.all().delete()
    assert count_due() == 1 and count_due() == 0
    ReturnedFigures.objects.update(code="0")
    assert main(["recount", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counted"] == 1
    assert not ReturnedFigures.objects.filter(code="0").exists()


def test_a_return_whose_file_is_gone_keeps_what_was_counted(authorised) -> None:
    assert authorised.official is not None
    authorised.official.stored = ""
    authorised.official.save()
    assert count_all() == (0, []) and ReturnedFigures.objects.count() == 1
