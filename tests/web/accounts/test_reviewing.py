"""A termly review decides of every role, takes away what is not kept, and is signed."""

from __future__ import annotations

from datetime import date

import pytest

from muster.submit.states import NotAllowed
from muster_web.accounts.actions.reviewing import is_genuine, review
from muster_web.accounts.models import Grant, ReviewLine
from muster_web.accounts.queries.reviews import review_is_due, start_of_term
from muster_web.accounts.queries.standing import grants_in_force
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import viewer_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything(people, organisations) -> dict[int, bool]:
    """Every role of Ashcombe, kept."""
    return {one.pk: True for one in grants_in_force(organisations["ashcombe"])}


def test_a_review_takes_away_what_is_not_kept(everything, viewers, people, organisations) -> None:
    going = people["ashcombe.auditor"].memberships.get().grants.get()
    assert review_is_due(organisations["ashcombe"])
    made = review(viewer=viewers["ashcombe.approver"], keep={**everything, going.pk: False})
    assert viewer_for(people["ashcombe.auditor"], None).roles == frozenset()
    assert viewer_for(people["ashcombe.preparer"], None).roles == {Role.PREPARER}
    assert is_genuine(made) and not review_is_due(organisations["ashcombe"])


def test_a_review_that_leaves_somebody_out_is_not_taken(everything, viewers) -> None:
    everything.popitem()
    with pytest.raises(NotAllowed, match="changed while you were looking"):
        review(viewer=viewers["ashcombe.approver"], keep=everything)


def test_an_approver_does_not_review_themselves_away(everything, viewers, people) -> None:
    review(viewer=viewers["ashcombe.approver"], keep=dict.fromkeys(everything, False))
    left = Grant.objects.filter(Grant.in_force(), pk__in=everything)
    assert [one.membership.user for one in left] == [people["ashcombe.approver"]]


def test_a_changed_record_is_seen_to_be_changed(everything, viewers) -> None:
    made = review(viewer=viewers["ashcombe.approver"], keep=everything)
    ReviewLine.objects.filter(pk=made.lines.first().pk).update(kept=False)
    assert not is_genuine(made)


@pytest.mark.parametrize("who", ["ashcombe.head", "birchfield.approver"])
def test_nobody_else_reviews(everything, viewers, who) -> None:
    with pytest.raises(NotAllowed):
        review(viewer=viewers[who], keep=everything)


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2025, 3, 1), date(2025, 1, 1)),
        (date(2025, 5, 1), date(2025, 4, 15)),
        (date(2025, 12, 1), date(2025, 9, 1)),
    ],
)
def test_terms_begin_in_september_january_and_after_easter(day, start) -> None:
    assert start_of_term(day) == start
