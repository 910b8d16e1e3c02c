"""Records of two schools that cannot both be right: found, seen by each as far as they may, settled, in the way."""

from __future__ import annotations

import pytest
from django.urls import reverse

from muster.model import MusterError
from muster.submit.states import NotAllowed, State
from muster_web.audit.models import AuditEvent
from muster_web.returns.actions import comparing, deciding, settling
from muster_web.returns.models import Case, Comparison, Return
from muster_web.returns.permissions import may_do
from muster_web.returns.queries.cases import case_counts, cases_of, evidence_for
from tests.web.files import return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)
OTHER_BIRTHDAY = ("1975-02-03", "1976-02-03")


def compare(viewers, round_) -> Case | None:
    """Have Anyshire's returns compared; the first case."""
    comparing.ask_to_compare(viewer=viewers["anyshire.la_officer"], round=round_)
    return Case.objects.first()


@pytest.fixture
def case(viewers, returns, rounds) -> Case:
    """Ashcombe and Birchfield return one teacher number with two dates of birth; both are submitted."""
    world.send(viewers, returns["ashcombe"], return_of())
    world.send(viewers, returns["birchfield"], return_of(OTHER_BIRTHDAY, estab="2001"), school="birchfield")
    found = compare(viewers, rounds["statutory"])
    assert found is not None
    return found


def approved(viewers, subject: Return) -> Return:
    """A return its authority has approved."""
    return deciding.approve(viewer=viewers["anyshire.la_approver"], subject=subject)


def test_the_same_number_with_other_details_is_one_case_of_both_schools(case, returns) -> None:
    assert Case.objects.count() == 1
    assert {side.subject_id for side in case.sides.all()} == {
        returns["ashcombe"].pk,
        returns["birchfield"].pk,
    }
    assert "same_teacher_number_other_details" in {one["rule"] for one in case.doubts}
    assert returns["ashcombe"].events.filter(name="case_opened").count() == 1


def test_each_party_opens_its_own_record_from_the_case(case, sign_in, returns) -> None:
    page = sign_in("ashcombe.preparer").get(reverse("case", args=[case.pk])).content.decode()
    marks = {
        short: case.sides.get(subject=returns[short]).records[0]["mark"]
        for short in ("ashcombe", "birchfield")
    }
    own = reverse("record", args=[returns["ashcombe"].pk, marks["ashcombe"]])
    assert own in page and reverse("record", args=[returns["birchfield"].pk, marks["birchfield"]]) not in page
    assert sign_in("ashcombe.preparer").get(own).status_code == 200


def test_the_same_person_with_the_same_details_and_small_jobs_is_no_case(viewers, returns, rounds) -> None:
    part_time = ("<HoursPerWeek>32.50</HoursPerWeek>", "<HoursPerWeek>10.00</HoursPerWeek>")
    for short, estab in (("ashcombe", "4001"), ("birchfield", "2001")):
        world.load(viewers[f"{short}.preparer"], returns[short], return_of(part_time, estab=estab))
    assert compare(viewers, rounds["statutory"]) is None
    assert Comparison.objects.get().returns == 2


def test_each_school_sees_its_own_values_and_not_those_of_the_other(case, viewers) -> None:
    seen = {
        who: evidence_for(viewers[who], case)
        for who in ("ashcombe.preparer", "birchfield.preparer", "anyshire.la_officer", "department.collector")
    }
    birth = {
        who: next(row.values for row in evidence.rows if row.title == "Date of birth")
        for who, evidence in seen.items()
    }
    both = ("3 February 1975", "3 February 1976")
    named = {who: [bool(column.record) for column in evidence.columns] for who, evidence in seen.items()}
    assert named["ashcombe.preparer"] == [True, False] and named["anyshire.la_officer"] == [True, True]
    assert birth["ashcombe.preparer"] == (both[0], "something else")
    assert birth["birchfield.preparer"] == ("something else", both[1])
    assert birth["anyshire.la_officer"] == birth["department.collector"] == both


def test_nobody_else_sees_the_case(case, viewers, rounds) -> None:
    for who in ("dunmere.preparer", "otherby.la_officer", "coldbrook.preparer"):
        assert not cases_of(viewers[who], rounds["statutory"]).exists(), who


def test_a_case_stands_in_the_way_of_authorising_until_it_is_settled(case, viewers, returns) -> None:
    subject, department = approved(viewers, returns["ashcombe"]), viewers["department.collector"]
    assert (
        may_do(department, subject, "authorise").reason == "1 case with another school to be settled first."
    )
    settling.propose(
        viewer=viewers["birchfield.preparer"],
        case=case,
        outcome="all_right",
        at_fault=None,
        reason="Two people.",
    )
    assert not may_do(department, subject, "authorise").allowed
    settling.answer(viewer=viewers["ashcombe.preparer"], case=case, agrees=True)
    assert Case.objects.get().state == Case.State.AGREED
    deciding.authorise(viewer=department, subject=subject)
    assert world.now(subject).state == State.AUTHORISED


def test_the_return_that_has_to_be_corrected_waits_and_the_other_does_not(
    case, viewers, returns, rounds
) -> None:
    wrong = returns["birchfield"]
    settling.decide(
        viewer=viewers["anyshire.la_officer"],
        case=case,
        outcome="correct",
        at_fault=wrong,
        reason="Passport seen.",
    )
    department = viewers["department.collector"]
    assert may_do(department, approved(viewers, returns["ashcombe"]), "authorise").allowed
    assert not may_do(department, approved(viewers, wrong), "authorise").allowed
    deciding.send_back(viewer=department, subject=wrong, reason="Correct it.")
    world.load(viewers["birchfield.preparer"], wrong, return_of(estab="2001"))
    compare(viewers, rounds["statutory"])
    left = Case.objects.get(pk=case.pk)
    assert left.state == Case.State.OPEN, "they still add up to two full-time jobs, which is another question"
    assert "Date of birth" not in {row.title for row in evidence_for(department, left).rows if row.differs}


def test_a_case_closes_by_itself_when_the_records_fit_again(case, viewers, returns, rounds) -> None:
    deciding.send_back(
        viewer=viewers["anyshire.la_approver"], subject=returns["birchfield"], reason="Correct."
    )
    another = (("<TeacherNumber>0000001<", "<TeacherNumber>0000002<"), ("AB111111A", "QQ000002A"))
    world.load(
        viewers["birchfield.preparer"],
        returns["birchfield"],
        return_of(OTHER_BIRTHDAY, *another, estab="2001"),
    )
    compare(viewers, rounds["statutory"])
    assert Case.objects.get(pk=case.pk).state == Case.State.GONE
    assert returns["ashcombe"].events.filter(name="case_gone").exists()


def test_comparing_again_changes_nothing(case, viewers, rounds) -> None:
    settling.propose(
        viewer=viewers["ashcombe.preparer"],
        case=case,
        outcome="all_right",
        at_fault=None,
        reason="Two people.",
    )
    compare(viewers, rounds["statutory"])
    again = Case.objects.get()
    assert (again.pk, again.outcome, again.sides.filter(agrees=True).count()) == (case.pk, "all_right", 1)


def test_the_clock_compares_only_where_data_changed(case, viewers, returns) -> None:
    assert comparing.compare_all() == 0
    deciding.send_back(
        viewer=viewers["anyshire.la_approver"], subject=returns["ashcombe"], reason="Look again."
    )
    assert comparing.compare_all() == 0
    world.load(viewers["ashcombe.preparer"], returns["ashcombe"], return_of(OTHER_BIRTHDAY))
    assert comparing.compare_all() == 1


def test_a_proposal_wants_an_outcome_and_a_reason(case, viewers, returns) -> None:
    ours = {"viewer": viewers["ashcombe.preparer"], "case": case}
    for said in (("", "Why"), ("all_right", " "), ("correct", "Why")):
        with pytest.raises(MusterError):
            settling.propose(**ours, outcome=said[0], at_fault=None, reason=said[1])
    assert Case.objects.get().outcome == ""


def test_only_the_parties_settle(case, viewers) -> None:
    said = {"case": case, "outcome": "all_right", "at_fault": None, "reason": "Because."}
    for who in ("ashcombe.head", "anyshire.la_officer", "department.collector"):
        with pytest.raises(NotAllowed):
            settling.propose(viewer=viewers[who], **said)
    for who in ("ashcombe.preparer", "anyshire.auditor", "department.collector", "otherby.la_officer"):
        with pytest.raises(NotAllowed):
            settling.decide(viewer=viewers[who], **said)


def test_after_the_decision_schools_settle_nothing_and_the_authority_may_think_again(
    case, viewers, returns
) -> None:
    said = {"case": case, "outcome": "all_right", "at_fault": None, "reason": "Two people."}
    settling.decide(viewer=viewers["anyshire.la_officer"], **said)
    with pytest.raises(NotAllowed, match="settled: decided by the authority"):
        settling.propose(viewer=viewers["ashcombe.preparer"], **said)
    wrong = {**said, "outcome": "correct", "at_fault": returns["ashcombe"]}
    assert settling.decide(viewer=viewers["anyshire.la_officer"], **wrong).at_fault == returns["ashcombe"]


def test_each_filter_counts_its_list(case, viewers, rounds) -> None:
    viewer, round_ = viewers["anyshire.la_officer"], rounds["statutory"]
    counts = case_counts(viewer, round_)
    assert counts == {name: cases_of(viewer, round_, show=name).count() for name in counts}
    assert counts["open"] == 1


def test_what_was_said_is_audited_without_values(case, viewers) -> None:
    settling.propose(
        viewer=viewers["ashcombe.preparer"],
        case=case,
        outcome="all_right",
        at_fault=None,
        reason="Two people.",
    )
    told = list(AuditEvent.objects.filter(name__startswith="case_").values_list("data", flat=True))
    assert len(told) == 4 and "1975" not in str(told) and "AB111111A" not in str(told)
