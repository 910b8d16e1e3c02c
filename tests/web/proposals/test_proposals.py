"""Proposed changes: anybody signed in proposes and comments, the department decides and releases; each step is kept.

proposed ──► consulted ──► accepted ──► released
    └────────────┴──► refused, or withdrawn by who proposed it
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import NOBODY
from muster_web.audit.models import AuditEvent
from muster_web.proposals import actions
from muster_web.proposals.models import Proposal
from muster_web.proposals.queries import STEPS, open_steps
from tests.web.conftest import add_person

pytestmark = pytest.mark.django_db
WISH = actions.Wish("school_workforce", "members.sex", "A code for not stated", "Schools are asked for it.")
SOON = timedelta(days=14)


@pytest.fixture
def proposed(viewers) -> Proposal:
    return actions.propose(viewer=viewers["ashcombe.preparer"], wish=WISH)


def names(subject: Proposal) -> list[str]:
    return list(subject.steps.values_list("name", flat=True))


def test_a_proposal_goes_all_the_way_and_every_step_is_kept_and_audited(viewers, proposed) -> None:
    department = viewers["department.collector"]
    actions.comment(viewer=viewers["anyshire.la_officer"], subject=proposed, text="We need it too.")
    actions.consult(
        viewer=department, subject=proposed, until=timezone.localdate() + SOON, text="Views, please."
    )
    actions.comment(viewer=viewers["dunmere.head"], subject=proposed, text="Agreed.")
    actions.decide(viewer=department, subject=proposed, accepted=True, text="It is needed.")
    now = actions.release(viewer=department, subject=proposed, year=2025)
    assert names(now) == ["proposed", "commented", "consulted", "commented", "accepted", "released"]
    assert (now.state, now.year) == ("released", 2025)
    audited = AuditEvent.objects.filter(subject=f"proposal:{now.pk}").values_list("name", flat=True)
    assert list(audited.order_by("number")) == [f"change_{name}" for name in names(now)]


@pytest.mark.parametrize(
    "who", ["ashcombe.head", "anyshire.la_approver", "supplier.approver", "department.auditor"]
)
def test_only_the_department_s_collector_decides(viewers, proposed, who) -> None:
    with pytest.raises(NotAllowed, match="Only the department decides"):
        actions.decide(viewer=viewers[who], subject=proposed, accepted=True, text="Yes.")
    assert open_steps(viewers[who], proposed) == ["comment"]


def test_nobody_decides_on_what_they_proposed(viewers, organisations) -> None:
    mine = actions.propose(viewer=viewers["department.collector"], wish=WISH)
    with pytest.raises(NotAllowed, match="Nobody decides on what they proposed"):
        actions.decide(viewer=viewers["department.collector"], subject=mine, accepted=True, text="Yes.")
    assert {"accept", "refuse"}.isdisjoint(open_steps(viewers["department.collector"], mine))


def test_only_who_proposed_it_withdraws_it(viewers, proposed) -> None:
    with pytest.raises(NotAllowed, match="Only the person who proposed it"):
        actions.withdraw(viewer=viewers["ashcombe.head"], subject=proposed)
    actions.withdraw(viewer=viewers["ashcombe.preparer"], subject=proposed)
    with pytest.raises(NotAllowed, match="It is withdrawn"):
        actions.comment(viewer=viewers["ashcombe.head"], subject=proposed, text="A pity.")


@pytest.mark.parametrize("state", Proposal.State)
def test_a_step_is_open_in_the_states_it_goes_from_and_no_other(viewers, proposed, state) -> None:
    Proposal.objects.filter(pk=proposed.pk).update(state=state)
    proposed.refresh_from_db()
    every = {
        *open_steps(viewers["department.collector"], proposed),
        *open_steps(viewers["ashcombe.preparer"], proposed),
    }
    assert every == {step for step, states in STEPS.items() if state in states}


def test_who_is_not_signed_in_proposes_and_says_nothing(proposed) -> None:
    with pytest.raises(NotAllowed, match="Sign in"):
        actions.propose(viewer=NOBODY, wish=WISH)
    with pytest.raises(NotAllowed, match="Sign in"):
        actions.comment(viewer=NOBODY, subject=proposed, text="Hello.")


@pytest.mark.parametrize("text", ["", "   ", "x" * (actions.LONGEST + 1)])
def test_nothing_and_too_much_are_refused(viewers, proposed, text) -> None:
    with pytest.raises(MusterError):
        actions.comment(viewer=viewers["ashcombe.head"], subject=proposed, text=text)
    assert names(proposed) == ["proposed"]


def test_views_are_asked_for_until_a_day_to_come_and_a_year_the_catalogue_knows(viewers, proposed) -> None:
    department = viewers["department.collector"]
    with pytest.raises(MusterError, match="not in the future"):
        actions.consult(viewer=department, subject=proposed, until=timezone.localdate())
    actions.decide(viewer=department, subject=proposed, accepted=True, text="Yes.")
    with pytest.raises(MusterError, match="holds 2010 to 2025 of this collection, not 2031"):
        actions.release(viewer=department, subject=proposed, year=2031)


def test_a_collection_that_is_not_there_is_refused(viewers) -> None:
    wish = actions.Wish("giraffes", "", "More", "More.")
    with pytest.raises(MusterError, match="no collection 'giraffes'"):
        actions.propose(viewer=viewers["ashcombe.preparer"], wish=wish)


def test_a_role_for_another_collection_decides_nothing_here(viewers, organisations, proposed) -> None:
    from muster_web.accounts.models import Grant
    from muster_web.accounts.roles import Role
    from muster_web.accounts.viewer import viewer_for

    user = add_person(organisations["department"], Role.COLLECTOR, "other@department.example")
    Grant.objects.filter(membership__user=user).update(collection="children_in_need")
    with pytest.raises(NotAllowed, match="Only the department"):
        actions.decide(viewer=viewer_for(user, None), subject=proposed, accepted=True, text="Yes.")
