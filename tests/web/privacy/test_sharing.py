"""Data leave for somebody else only under an agreement that stands; people are told, and it is noted when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.privacy.actions.sharing import end_agreement, note_agreement, refuse_export_without_agreement
from muster_web.privacy.actions.telling import note_told, publish_notice
from muster_web.privacy.models import Agreement, Notice
from muster_web.privacy.queries.registers import agreements_of, notices_of, processing_as_csv

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(organisations) -> Agreement:
    """An agreement of the academy with the authority, not noted yet."""
    today = timezone.localdate()
    return Agreement(
        giver=organisations["coldbrook"], receiver=organisations["anyshire"], collection="school_workforce",
        title="Help with the census", items="The workforce return", purpose="To check it", starts=today,
        review_by=today + timedelta(days=365),
    )  # fmt: skip


def allowed(viewer, *returns) -> bool:
    """Whether an export goes out."""
    try:
        refuse_export_without_agreement(viewer, returns)
    except NotAllowed:
        return False
    return True


def test_law_needs_no_agreement(viewers, returns) -> None:
    assert allowed(viewers["ashcombe.preparer"], returns["ashcombe"])
    assert allowed(viewers["anyshire.la_officer"], returns["ashcombe"], returns["birchfield"])
    assert allowed(viewers["department.collector"], returns["coldbrook"], returns["dunmere"])


def test_others_need_one_that_stands(viewers, returns, agreement) -> None:
    officer, coldbrook = viewers["anyshire.la_officer"], returns["coldbrook"]
    with pytest.raises(
        NotAllowed, match=r"No information-sharing agreement stands with Coldbrook Academy \(999/4002\)"
    ):
        refuse_export_without_agreement(officer, [returns["ashcombe"], coldbrook])
    note_agreement(viewer=viewers["coldbrook.approver"], agreement=agreement)
    assert allowed(officer, returns["ashcombe"], coldbrook)
    assert not allowed(viewers["otherby.la_officer"], coldbrook)
    end_agreement(viewer=viewers["coldbrook.approver"], agreement=agreement)
    assert not allowed(officer, coldbrook)


@pytest.mark.parametrize(
    "changes",
    [{"review_by": -1, "starts": -400}, {"starts": 1}, {"collection": "children_in_need"}],
    ids=["overdue for review", "not begun", "of another collection"],
)
def test_an_agreement_that_does_not_fit_does_not_help(viewers, returns, agreement, changes) -> None:
    for name, value in changes.items():
        day = timezone.localdate() + timedelta(days=value) if isinstance(value, int) else value
        setattr(agreement, name, day)
    note_agreement(viewer=viewers["coldbrook.approver"], agreement=agreement)
    assert not allowed(viewers["anyshire.la_officer"], returns["coldbrook"])


def test_only_the_givers_approver_keeps_its_register(viewers, agreement, organisations) -> None:
    for stranger in ("anyshire.approver", "coldbrook.preparer"):
        with pytest.raises(NotAllowed, match="Only an approver of the organisation that gives"):
            note_agreement(viewer=viewers[stranger], agreement=agreement)
    note_agreement(viewer=viewers["coldbrook.approver"], agreement=agreement)
    assert (
        agreements_of(organisations["anyshire"]) == agreements_of(organisations["coldbrook"]) == [agreement]
    )
    assert agreements_of(organisations["otherby"]) == []


def test_a_review_before_the_start_is_refused(viewers, agreement) -> None:
    agreement.review_by = agreement.starts - timedelta(days=1)
    with pytest.raises(MusterError, match="The review comes before the start"):
        note_agreement(viewer=viewers["coldbrook.approver"], agreement=agreement)


def test_a_changed_notice_is_a_new_version_and_who_was_told_is_noted(viewers, organisations) -> None:
    approver = viewers["ashcombe.approver"]
    publish_notice(viewer=approver, audience="staff", text="What we hold of you.")
    second = publish_notice(viewer=approver, audience="staff", text="What we hold of you, and why.")
    note_told(viewer=approver, notice=second, group="All staff", on=timezone.localdate(), how="By e-mail")
    found = notices_of(organisations["ashcombe"])
    assert [(one.version, [told.group for told in one.tellings.all()]) for one in found] == [
        (2, ["All staff"]),
        (1, []),
    ]


def test_telling_in_the_future_or_of_anothers_notice_is_refused(viewers) -> None:
    notice = publish_notice(
        viewer=viewers["ashcombe.approver"], audience="staff", text="What we hold of you."
    )
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(MusterError, match="in the future"):
        note_told(
            viewer=viewers["ashcombe.approver"], notice=notice, group="All", on=tomorrow, how="By e-mail"
        )
    with pytest.raises(NotAllowed, match="another organisation's"):
        note_told(
            viewer=viewers["birchfield.approver"],
            notice=notice,
            group="All",
            on=timezone.localdate(),
            how="By e-mail",
        )
    with pytest.raises(NotAllowed, match="Only an approver"):
        publish_notice(viewer=viewers["ashcombe.head"], audience="staff", text="Mine")
    assert Notice.objects.count() == 1


def test_the_record_of_processing_says_how_surely_it_is_known() -> None:
    lines = processing_as_csv().splitlines()
    assert lines[0] == "collection,asked,answer,confidence,source"
    assert sum(line.startswith("School workforce census,") for line in lines) == 13
    assert any(",own-knowledge," in line for line in lines)
