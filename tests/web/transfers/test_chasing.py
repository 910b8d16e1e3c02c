"""Unopened files, and pupils who left without one, are chased at 5, 10 and 15 school days, in one letter each."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.transfers.actions.chasing import chase_leavers, chase_unopened
from muster_web.transfers.actions.sending import send
from muster_web.transfers.actions.terms import add_term, remove_term
from muster_web.transfers.marks import mark_of_upn
from muster_web.transfers.models import Pupil, Transfer
from muster_web.transfers.queries.leavers import leavers, left_of
from muster_web.transfers.queries.terms import days_of, terms_of
from tests.web.transfers.files import ctf_of, name_of, upn_of

pytestmark = pytest.mark.django_db(transaction=True)


def sent_days_ago(transfer: Transfer, school_days: int) -> None:
    """Let a file have been sent so many school days ago."""
    day = days_of(None).before(timezone.localdate(), school_days)
    at = timezone.make_aware(datetime(day.year, day.month, day.day, 9))
    Transfer.objects.filter(pk=transfer.pk).update(sent=at)


def left_days_ago(school, school_days: int) -> Pupil:
    """Let a pupil have left a school so many school days ago."""
    return Pupil.objects.create(
        organisation=school, upn=upn_of(1), mark=mark_of_upn(upn_of(1)), surname="Larch", forename="Pupil1",
        left=days_of(None).before(timezone.localdate(), school_days),
    )  # fmt: skip


def test_an_unopened_file_is_chased_three_times_and_at_last_with_the_authority(sent) -> None:
    mail.outbox.clear()
    letters = []
    for school_days in (4, 5, 5, 9, 10, 15, 30):
        sent_days_ago(sent, school_days)
        letters.append(chase_unopened())
    assert letters == [0, 1, 0, 0, 1, 1, 0]
    assert [one.to[0].split("@")[1] for one in mail.outbox] == [
        "birchfield.example", "birchfield.example", "birchfield.example", "anyshire.example", "anyshire.example",
    ]  # fmt: skip
    assert not [one for one in mail.outbox if "Larch" in one.body or sent.name in one.body]


def test_an_opened_file_is_not_chased(sent) -> None:
    sent_days_ago(sent, 20)
    Transfer.objects.update(opened=timezone.now())
    assert chase_unopened() == 0


def test_a_pupil_who_left_without_a_file_is_chased_until_one_goes(organisations, viewers) -> None:
    left_days_ago(organisations["ashcombe"], 5)
    assert chase_leavers() == 1 and "1 pupil left 5 school days ago" in mail.outbox[-1].body
    assert chase_leavers() == 0
    send(viewer=viewers["ashcombe.preparer"], chunks=[ctf_of()], name=name_of())
    Pupil.objects.update(left=days_of(None).before(timezone.localdate(), 15))
    assert chase_leavers() == 0


def test_a_file_of_another_school_or_of_long_ago_does_not_count(organisations, viewers, sent) -> None:
    pupil = left_days_ago(organisations["coldbrook"], 5)
    [found] = leavers(left_of([organisations["coldbrook"]], since=pupil.left))
    assert found.sent is None and not found.in_time
    Pupil.objects.update(organisation=organisations["ashcombe"])
    Transfer.objects.update(sent=timezone.now() - timedelta(days=200))
    [found] = leavers(left_of([organisations["ashcombe"]], since=pupil.left))
    assert found.sent is None


def test_a_file_within_fifteen_school_days_is_in_time(organisations, sent) -> None:
    pupil = left_days_ago(organisations["ashcombe"], 14)
    [found] = leavers(left_of([organisations["ashcombe"]], since=pupil.left))
    assert found.in_time and found.due >= timezone.localdate()


def test_the_authoritys_terms_decide_which_days_count(viewers, organisations) -> None:
    officer = viewers["anyshire.la_officer"]
    add_term(viewer=officer, name="Autumn, second half", starts=date(2013, 11, 4), ends=date(2013, 12, 20))
    add_term(viewer=officer, name="Spring, first half", starts=date(2014, 1, 6), ends=date(2014, 2, 14))
    days = days_of(organisations["anyshire"])
    assert days.after(date(2013, 12, 13), 15) == date(2014, 1, 17)
    remove_term(viewer=officer, term=terms_of(organisations["anyshire"])[0].pk)
    assert len(terms_of(organisations["anyshire"])) == 1


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("2014-01-10", "2014-01-06"), ("2013-12-01", "2014-01-07"), ("2014-01-06", "2014-12-01")],
)
def test_what_is_no_term_is_refused(viewers, starts: str, ends: str) -> None:
    officer = viewers["anyshire.la_officer"]
    add_term(viewer=officer, name="Spring", starts=date(2014, 1, 6), ends=date(2014, 2, 14))
    with pytest.raises(MusterError):
        add_term(viewer=officer, name="x", starts=date.fromisoformat(starts), ends=date.fromisoformat(ends))


def test_a_school_keeps_no_terms(viewers) -> None:
    with pytest.raises(NotAllowed):
        add_term(
            viewer=viewers["ashcombe.preparer"], name="x", starts=date(2014, 1, 6), ends=date(2014, 2, 14)
        )
