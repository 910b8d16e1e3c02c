"""The roll of a school comes from its latest school census, and keeps what a census does not say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from muster.model import MusterError
from muster.sample import CensusSettings, write_census
from muster_web.accounts.models import Organisation
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer, viewer_for
from muster_web.returns.actions.opening import open_round
from muster_web.returns.actions.uploading import receive
from muster_web.returns.models import Return, Round
from muster_web.transfers.actions.enrolling import take_roll
from muster_web.transfers.held import as_pupil
from muster_web.transfers.models import Pupil
from muster_web.transfers.queries.learners import awaiting
from tests.web.conftest import add_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school(tmp_path, organisations, viewers) -> Viewer:
    """The data manager of a school that has loaded an invented spring census."""
    write_census(tmp_path, CensusSettings(year=2026, schools=1, defects=False))
    path = next(tmp_path.rglob("*.xml"))
    number = path.name[:7]
    one = Organisation.objects.create(
        kind="school",
        name="Sample School",
        la_code=number[:3],
        estab=number[3:],
        authority=organisations["anyshire"],
    )
    today = timezone.localdate()
    round = Round(
        collection="school_census_spring", year=2026, title="School census spring 2026", phase="statutory",
        opens=today - timedelta(days=9), census_day=today - timedelta(days=5), closes=today + timedelta(days=20),
    )  # fmt: skip
    open_round(viewer=viewers["department.collector"], round=round)
    viewer = viewer_for(add_person(one, Role.PREPARER, "preparer@sample.example"), None)
    receive(viewer=viewer, round=round, chunks=[path.read_bytes()], name=path.name)
    assert Return.objects.get(organisation=one, round=round).current
    return viewer


def test_everybody_of_the_census_is_on_the_roll_with_address_and_days(school) -> None:
    done = take_roll(viewer=school)
    rows = list(Pupil.objects.filter(organisation=school.organisation))
    assert done.new == len(rows) > 50 and done.known == 0
    held = [as_pupil(row.pk, row.held) for row in rows if row.left is None]
    assert all(row.upn and row.surname and row.born and row.mark for row in rows)
    assert all(one.get("postcode") for one in held) and all(row.joined for row in rows)
    assert done.left == sum(row.left is not None for row in rows)


def test_taken_again_nobody_is_there_twice_and_contacts_stay(school) -> None:
    first = take_roll(viewer=school)
    one = Pupil.objects.filter(organisation=school.organisation).first()
    one.held["records"] = [{"table": "contacts", "values": {"surname": "Elm"}, "within": {}}]
    one.save()
    again = take_roll(viewer=school)
    assert (again.new, again.known) == (0, first.new)
    one.refresh_from_db()
    assert as_pupil(one.pk, one.held).records[0].values == {"surname": "Elm"}


def test_who_needs_a_learner_number_follows_from_the_roll(school) -> None:
    take_roll(viewer=school)
    found = awaiting(school.organisation, timezone.localdate())
    assert all(not one.pupil.uln and one.pupil.left is None for one in found)


def test_without_a_census_there_is_no_roll_to_take(viewers) -> None:
    with pytest.raises(MusterError, match="no school census"):
        take_roll(viewer=viewers["ashcombe.preparer"])
