"""What is asked for is answered by another person, once; what waits too long goes to whoever oversees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from muster.submit.states import NotAllowed
from muster_web.accounts.actions.asking import Wish, answer, ask, withdraw_request
from muster_web.accounts.actions.reminding import nudge_lonely_approvers, remind_of_requests
from muster_web.accounts.models import Access, AccessRequest, Grant
from muster_web.accounts.queries.requests import to_answer
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import viewer_for
from muster_web.returns.permissions import visible_returns

pytestmark = pytest.mark.django_db
What = AccessRequest.What


@pytest.fixture
def asked(viewers, organisations):
    """The head of Ashcombe asks to prepare returns as well."""
    wish = Wish(What.ROLE, "I stand in for the office", role=Role.PREPARER)
    return ask(viewer=viewers["ashcombe.head"], organisation=organisations["ashcombe"], wish=wish)


def make_old(subject: AccessRequest, days: int) -> None:
    AccessRequest.objects.filter(pk=subject.pk).update(asked=timezone.now() - timedelta(days=days, minutes=1))
    subject.refresh_from_db()


def test_the_approver_hears_of_a_request_and_grants_it(asked, viewers, people) -> None:
    assert mail.outbox[-1].to == ["approver@ashcombe.example"]
    answer(viewer=viewers["ashcombe.approver"], subject=asked, granted=True)
    assert viewer_for(people["ashcombe.head"], None).roles == {Role.HEAD, Role.PREPARER}
    assert mail.outbox[-1].to == ["head@ashcombe.example"]


def test_a_refusal_needs_a_reason_and_gives_nothing(asked, viewers, people) -> None:
    with pytest.raises(NotAllowed, match="Say why"):
        answer(viewer=viewers["ashcombe.approver"], subject=asked, granted=False)
    answer(viewer=viewers["ashcombe.approver"], subject=asked, granted=False, reason="Not needed")
    assert viewer_for(people["ashcombe.head"], None).roles == {Role.HEAD}


def test_the_first_answer_counts(asked, viewers) -> None:
    answer(viewer=viewers["ashcombe.approver"], subject=asked, granted=False, reason="No")
    with pytest.raises(NotAllowed, match="answered already: refused by"):
        answer(viewer=viewers["ashcombe.approver"], subject=asked, granted=True)


def test_nobody_answers_their_own_request(viewers, organisations) -> None:
    wish = Wish(What.ROLE, "I prepare it myself", role=Role.PREPARER)
    own = ask(viewer=viewers["ashcombe.approver"], organisation=organisations["ashcombe"], wish=wish)
    assert own not in to_answer(viewers["ashcombe.approver"])
    with pytest.raises(NotAllowed, match="Nobody answers their own"):
        answer(viewer=viewers["ashcombe.approver"], subject=own, granted=True)


def test_the_only_approvers_request_is_answered_by_the_authority_at_once(
    viewers, organisations, people
) -> None:
    wish = Wish(What.ROLE, "I prepare it myself", role=Role.PREPARER)
    own = ask(viewer=viewers["ashcombe.approver"], organisation=organisations["ashcombe"], wish=wish)
    assert mail.outbox[-1].to in (["approver@anyshire.example"], ["approver@department.example"])
    assert own in to_answer(viewers["anyshire.approver"])
    answer(viewer=viewers["anyshire.approver"], subject=own, granted=True)
    assert Role.PREPARER in viewer_for(people["ashcombe.approver"], None).roles


def test_the_authority_answers_for_an_approver_only_when_they_are_late(asked, viewers) -> None:
    with pytest.raises(NotAllowed):
        answer(viewer=viewers["anyshire.approver"], subject=asked, granted=True)
    make_old(asked, 5)
    assert answer(viewer=viewers["anyshire.approver"], subject=asked, granted=True).answer == "granted"


@pytest.mark.parametrize("who", ["birchfield.approver", "otherby.approver", "ashcombe.preparer"])
def test_strangers_do_not_answer_however_late(asked, viewers, who) -> None:
    make_old(asked, 30)
    with pytest.raises(NotAllowed):
        answer(viewer=viewers[who], subject=asked, granted=True)


def test_somebody_asks_to_join_and_belongs_when_granted(viewers, organisations, people) -> None:
    wish = Wish(What.JOIN, "New job", role=Role.PREPARER)
    joining = ask(viewer=viewers["dunmere.preparer"], organisation=organisations["ashcombe"], wish=wish)
    answer(viewer=viewers["ashcombe.approver"], subject=joining, granted=True)
    assert people["dunmere.preparer"].memberships.filter(organisation=organisations["ashcombe"]).exists()


def test_an_authority_asks_an_academy_and_sees_its_return_when_granted(
    viewers, organisations, returns
) -> None:
    officer = viewers["anyshire.la_officer"]
    assert returns["coldbrook"] not in visible_returns(officer)
    wish = Wish(What.ACCESS, "We help our academies", level="help", collection="school_workforce")
    wanted = ask(viewer=officer, organisation=organisations["coldbrook"], wish=wish)
    answer(viewer=viewers["coldbrook.approver"], subject=wanted, granted=True)
    assert returns["coldbrook"] in visible_returns(officer)
    assert Access.objects.get().level == Access.Level.HELP


def test_the_same_is_not_asked_twice(asked, viewers, organisations) -> None:
    with pytest.raises(NotAllowed, match="asked for this already"):
        ask(viewer=viewers["ashcombe.head"], organisation=organisations["ashcombe"],
            wish=Wish(What.ROLE, "Again", role=Role.PREPARER))  # fmt: skip


def test_a_request_can_be_taken_back_by_who_asked_only(asked, viewers) -> None:
    with pytest.raises(NotAllowed):
        withdraw_request(viewer=viewers["ashcombe.preparer"], subject=asked)
    withdraw_request(viewer=viewers["ashcombe.head"], subject=asked)
    with pytest.raises(NotAllowed):
        answer(viewer=viewers["ashcombe.approver"], subject=asked, granted=True)


def test_a_request_is_reminded_of_on_the_third_day_and_passed_on_after_the_fifth(asked) -> None:
    assert remind_of_requests() == 0
    make_old(asked, 3)
    assert remind_of_requests() == 1 and remind_of_requests() == 0
    assert mail.outbox[-1].to == ["approver@ashcombe.example"]
    make_old(asked, 5)
    mail.outbox.clear()
    assert remind_of_requests() == 1
    assert {one.to[0] for one in mail.outbox} == {"approver@anyshire.example", "approver@department.example"}


def test_a_lonely_approver_is_nudged_once_a_month(people, organisations) -> None:
    told = nudge_lonely_approvers()
    assert told == len(organisations)
    assert "has only one approver" in mail.outbox[-1].subject
    assert nudge_lonely_approvers() == 0
    Grant.objects.create(membership=people["ashcombe.head"].memberships.get(), role=Role.APPROVER)
    from muster_web.accounts.actions.reminding import lonely

    assert organisations["ashcombe"] not in lonely()
