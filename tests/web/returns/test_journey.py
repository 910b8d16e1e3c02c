"""A return from its first file to the department's yes: nothing is lost on the way, and every count agrees."""

from __future__ import annotations

import pytest

from muster.model import MusterError
from muster.submit.states import NotAllowed, State, state_after
from muster_web.audit.verify import verify
from muster_web.returns.actions import deciding
from muster_web.returns.actions.checking import inspect
from muster_web.returns.actions.editing import change_value
from muster_web.returns.actions.explaining import explain
from muster_web.returns.models import Edit, Finding, Return, Version
from muster_web.returns.queries.findings import filter_counts, groups_of
from tests.web.files import WRONG, return_of, zipped
from tests.web.returns import world
from tests.web.returns.world import explain_all

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school(viewers):
    """The data manager of Ashcombe."""
    return viewers["ashcombe.preparer"]


@pytest.fixture
def load(school, returns):
    """Load a file into the round as the data manager of Ashcombe or another; answers the upload."""

    def loaded(content: bytes, viewer=school, name: str = "swc.xml"):
        return world.load(viewer, returns["ashcombe"], content, name)

    return loaded


@pytest.fixture
def ashcombe(returns):
    """Reads the return of Ashcombe as it stands now."""
    return lambda: world.now(returns["ashcombe"])


def counts(subject: Return) -> tuple[int, int, int]:
    """To fix, to explain, explained."""
    return subject.to_fix, subject.to_explain, subject.explained


def test_a_file_is_checked_and_its_counts_agree_everywhere(load, ashcombe) -> None:
    load(return_of(WRONG))
    subject = ashcombe()
    assert subject.state == State.LOADED and counts(subject) == (1, 2, 0)
    assert filter_counts(subject) == {"all": 3, "fix": 1, "explain": 2, "explained": 0}
    for by in ("rule", "person", "cause"):
        assert sum(group.findings for group in groups_of(subject, by=by)) == 3


def test_an_explanation_is_there_after_the_corrected_file(load, ashcombe, school) -> None:
    load(return_of(WRONG))
    explain_all(school, ashcombe())
    load(return_of())
    subject = ashcombe()
    assert counts(subject) == (0, 0, 2)
    assert (subject.current.fixed, subject.current.still, subject.current.new) == (1, 2, 0)
    assert Version.objects.filter(subject=subject).count() == 2


def test_an_error_cannot_be_explained_away(load, ashcombe, school) -> None:
    load(return_of(WRONG))
    error = Finding.objects.get(subject=ashcombe(), severity="error")
    with pytest.raises(NotAllowed, match="put right"):
        explain(viewer=school, subject=ashcombe(), fingerprints=[error.fingerprint], text="It is fine.")


def test_a_change_on_screen_mends_the_return_and_waits_to_be_put_right(load, ashcombe, school) -> None:
    load(return_of(WRONG))
    error = Finding.objects.get(subject=ashcombe(), severity="error")
    edit = change_value(
        viewer=school, subject=ashcombe(), identity=error.record_mark, item="ethnicity", value="WBRI"
    )
    subject = ashcombe()
    assert counts(subject) == (0, 2, 0) and subject.state == State.AMENDED_BY_SOURCE
    load(return_of())
    edit.refresh_from_db()
    assert edit.state == Edit.State.PUT_RIGHT


def test_a_change_the_next_file_does_not_hold_is_kept_over_it(load, ashcombe, school) -> None:
    load(return_of(WRONG))
    error = Finding.objects.get(subject=ashcombe(), severity="error")
    change_value(
        viewer=school, subject=ashcombe(), identity=error.record_mark, item="ethnicity", value="WBRI"
    )
    load(return_of(WRONG, ("<SLT>true</SLT>", "<SLT>false</SLT>")))
    assert ashcombe().to_fix == 0
    assert ashcombe().edits.get().state == Edit.State.OPEN


def test_a_change_below_a_record_renamed_since_is_still_laid_over_it(load, ashcombe, school) -> None:
    misnamed = (
        "<PersonFamilyName>Allright</PersonFamilyName>",
        "<PersonFamilyName>Alright</PersonFamilyName>",
    )
    unpaid = ("<BasePay>80000.00</BasePay>", "<BasePay>8.00</BasePay>")
    load(return_of(misnamed, unpaid))
    person, pay = the_pay(ashcombe())
    change_value(viewer=school, subject=ashcombe(), identity=person, item="family_name", value="Allright")
    change_value(viewer=school, subject=ashcombe(), identity=pay, item="base_pay", value="80000.00")
    load(return_of(unpaid))
    states = dict(ashcombe().edits.values_list("item", "state"))
    assert states == {"family_name": Edit.State.PUT_RIGHT, "base_pay": Edit.State.OPEN}
    assert shown(ashcombe(), "base_pay") == "80000.00"
    load(return_of(unpaid, ("<SLT>true</SLT>", "<SLT>false</SLT>")))
    assert shown(ashcombe(), "base_pay") == "80000.00"


def the_pay(subject: Return) -> tuple[str, str]:
    """The names of the one person of a return and of the record with the base pay."""
    records = inspect(subject.current).records
    person = records.tree(records.people()[0].identity)
    pay = next(r for r in person.walk() if any(f.asked.name == "base_pay" for f in r.fields))
    return person.identity, pay.identity


def shown(subject: Return, item: str) -> str | None:
    """The value of an item as it stands on the pages."""
    records = inspect(subject.current).records
    found = records.tree(records.people()[0].identity).walk()
    return next(f.value for r in found for f in r.fields if f.asked.name == item)


def test_a_file_of_another_school_is_refused_with_both_numbers(load, ashcombe) -> None:
    upload = load(return_of(estab="2001"))
    assert "999/2001" in upload.refused[0]["reason"] and "999/4001" in upload.refused[0]["reason"]
    assert ashcombe().state == State.EXPECTED


def test_a_file_that_breaks_off_changes_nothing(load, ashcombe) -> None:
    load(return_of())
    load(return_of()[:-40])
    subject = ashcombe()
    assert subject.state == State.LOADED and subject.current.number == 1
    assert subject.versions.get(number=2).outcome == Version.Outcome.REFUSED


def test_the_same_bytes_again_are_recognised(load) -> None:
    load(return_of())
    assert "nothing has changed" in load(return_of()).refused[0]["reason"]


def test_a_zip_of_the_authority_loads_each_school_and_refuses_the_rest(load, viewers, ashcombe) -> None:
    archive = zipped(
        a__xml=return_of(), b__xml=return_of(estab="2001"), c__xml=return_of(estab="4003", lea="998")
    )
    upload = load(archive, viewer=viewers["anyshire.la_officer"], name="all.zip")
    upload.refresh_from_db()
    assert ashcombe().state == State.LOADED
    assert [one["file"] for one in upload.refused] == ["all.zip/c.xml"]


def test_submitting_waits_for_every_condition_and_gives_a_receipt(load, ashcombe, school, viewers) -> None:
    load(return_of())
    with pytest.raises(NotAllowed, match="2 queries need an explanation"):
        deciding.submit(viewer=school, subject=ashcombe())
    explain_all(school, ashcombe())
    with pytest.raises(NotAllowed, match="head has not signed"):
        deciding.submit(viewer=school, subject=ashcombe())
    deciding.sign(viewer=viewers["ashcombe.head"], subject=ashcombe(), revision=ashcombe().revision)
    receipt = deciding.submit(viewer=school, subject=ashcombe())
    assert receipt.sha256 == ashcombe().current.sha256 and deciding.is_genuine(receipt)
    receipt.counts["records"] = 99
    assert not deciding.is_genuine(receipt)


def test_a_signature_does_not_outlive_a_change(load, ashcombe, school, viewers) -> None:
    load(return_of(WRONG))
    revision = ashcombe().revision
    error = Finding.objects.get(subject=ashcombe(), severity="error")
    change_value(
        viewer=school, subject=ashcombe(), identity=error.record_mark, item="ethnicity", value="WBRI"
    )
    with pytest.raises(NotAllowed, match="has changed since"):
        deciding.sign(viewer=viewers["ashcombe.head"], subject=ashcombe(), revision=revision)


@pytest.fixture
def submitted(returns, viewers):
    """Ashcombe's return, submitted; reads it as it stands now."""
    world.send(viewers, returns["ashcombe"], return_of())
    return lambda: world.now(returns["ashcombe"])


def test_the_authority_approves_and_the_department_authorises(submitted, viewers) -> None:
    deciding.approve(viewer=viewers["anyshire.la_approver"], subject=submitted())
    deciding.authorise(viewer=viewers["department.collector"], subject=submitted())
    subject = submitted()
    assert subject.state == State.AUTHORISED and subject.official == subject.current
    assert state_after(subject.events.values_list("name", flat=True)) == subject.state
    assert verify().fault == ""


def test_of_two_who_approve_at_once_one_wins_and_the_other_is_told(submitted, viewers) -> None:
    seen_by_both = submitted()
    deciding.approve(viewer=viewers["anyshire.la_approver"], subject=seen_by_both)
    with pytest.raises(NotAllowed, match="'approved'"):
        deciding.approve(viewer=viewers["anyshire.la_approver"], subject=seen_by_both)


def test_a_return_is_sent_back_only_with_a_reason(submitted, viewers) -> None:
    with pytest.raises(NotAllowed, match="Say what"):
        deciding.send_back(viewer=viewers["anyshire.la_approver"], subject=submitted(), reason=" ")
    deciding.send_back(viewer=viewers["anyshire.la_approver"], subject=submitted(), reason="Look at the pay.")
    assert submitted().state == State.RETURNED_BY_AGENT


@pytest.mark.parametrize("who", ["otherby.la_approver", "birchfield.preparer", "ashcombe.auditor"])
def test_nobody_else_can_do_anything_with_it(submitted, viewers, who: str) -> None:
    with pytest.raises(NotAllowed):
        deciding.approve(viewer=viewers[who], subject=submitted())
    with pytest.raises(MusterError):
        change_value(
            viewer=viewers[who], subject=submitted(), identity="x", item="sex", value="F", reason="r"
        )
