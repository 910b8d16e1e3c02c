"""What time alone does: reopened returns lapse, forgotten ones are reminded of, and one failing duty stops no other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from muster.submit.states import State, state_after
from muster_web.commands import clock
from muster_web.returns.actions import deciding
from muster_web.returns.actions.lapsing import lapse_reopened
from muster_web.returns.actions.reminding import remind_unsent
from muster_web.returns.models import Return
from tests.web.files import WRONG, return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reopened(viewers, returns) -> Return:
    """A return that was authorised, reopened until today, and loaded again with an error."""
    subject = world.send(viewers, returns["ashcombe"], return_of())
    deciding.approve(viewer=viewers["anyshire.la_approver"], subject=subject)
    collector = viewers["department.collector"]
    deciding.authorise(viewer=collector, subject=world.now(subject))
    until = timezone.localdate()
    deciding.reopen(viewer=collector, subject=world.now(subject), reason="Hours of one person", until=until)
    world.load(viewers["ashcombe.preparer"], subject, return_of(WRONG))
    return world.now(subject)


def days_pass(subject: Return) -> None:
    """Let the day of a reopening have passed."""
    Return.objects.filter(pk=subject.pk).update(reopened_until=timezone.localdate() - timedelta(days=1))


def test_a_reopened_return_stays_open_on_its_last_day(reopened) -> None:
    assert lapse_reopened() == 0
    assert world.now(reopened).state == State.LOADED and reopened.to_fix == 1


def test_what_was_authorised_is_current_again_after_it(reopened) -> None:
    days_pass(reopened)
    assert lapse_reopened() == 1
    subject = world.now(reopened)
    assert subject.state == State.AUTHORISED and subject.current_id == subject.official_id
    assert subject.to_fix == 0 and subject.reopened_until is None
    assert state_after(subject.events.values_list("name", flat=True)) == State.AUTHORISED
    assert lapse_reopened() == 0


@pytest.fixture
def forgotten(viewers, returns) -> Return:
    """A return that was loaded yesterday and not submitted."""
    world.load(viewers["ashcombe.preparer"], returns["ashcombe"], return_of())
    Return.objects.filter(pk=returns["ashcombe"].pk).update(last_event=timezone.now() - timedelta(hours=25))
    return world.now(returns["ashcombe"])


def test_a_school_is_reminded_once_without_naming_anybody(forgotten, mailoutbox) -> None:
    assert remind_unsent() == 1 and remind_unsent() == 0
    [mail] = mailoutbox
    assert mail.to == ["preparer@ashcombe.example"] and "has not been submitted yet" in mail.body
    assert f"/returns/{forgotten.pk}/" in mail.body and "Allright" not in mail.body


def test_nobody_is_reminded_too_early_or_of_what_was_sent(viewers, returns, mailoutbox) -> None:
    world.load(viewers["birchfield.preparer"], returns["birchfield"], return_of(estab="2001"))
    world.send(viewers, returns["ashcombe"], return_of())
    Return.objects.filter(pk=returns["ashcombe"].pk).update(last_event=timezone.now() - timedelta(hours=25))
    assert remind_unsent() == 0 and not mailoutbox


def test_a_duty_that_fails_is_noted_and_stops_no_other(monkeypatch, db, caplog) -> None:
    def fails() -> int:
        raise OSError("no disk")

    duties = (
        clock.Duty("first", timedelta(minutes=1), fails),
        clock.Duty("second", timedelta(minutes=1), lambda: 3),
    )
    monkeypatch.setattr(clock, "duties", lambda: duties)
    assert clock.tick() == {"second": 3}
    assert clock.tick() == {}
    assert "the duty 'first' failed" in caplog.text


def test_the_clock_does_what_the_service_needs(db) -> None:
    names = [one.name for one in clock.duties()]
    assert (
        names[:2] == ["send notices to machines", "take up lost checks"]
        and len(names) == len(set(names)) >= 4
    )
    assert set(clock.tick()) == set(names)
