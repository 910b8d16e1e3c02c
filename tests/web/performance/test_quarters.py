"""A quarter from its opening to its report: who may write what, what stands in the way, and what stays as it was."""

from __future__ import annotations

import json

import pytest

from muster.model import MusterError
from muster.performance.quarterly import as_docx, as_pdf, changes_between
from muster.submit.states import NotAllowed
from muster_web.audit.models import AuditEvent
from muster_web.performance.actions import publishing, quarters
from muster_web.performance.actions.computing import ask_for_figures
from muster_web.performance.models import Amount, Issue, Line, Narrative, Quarter
from muster_web.performance.queries.checking import must_go, problems_of_quarter
from muster_web.performance.queries.issues import document_of, draft_of, issues_shown
from muster_web.performance.queries.lines import lines_shown
from muster_web.performance.queries.snapshotting import snapshot_data, state_of


def signed(viewers, quarter: Quarter) -> Quarter:
    """The quarter, signed as it stands."""
    quarter = Quarter.objects.select_related("plan__authority").get(pk=quarter.pk)
    state = state_of(snapshot_data(quarter))
    approver = viewers["anyshire.la_approver"]
    return quarters.sign(viewer=approver, quarter=quarter, office="Head of performance", state=state)


def published(viewers, officer, quarter: Quarter) -> Quarter:
    """The quarter, signed and published, whatever its text says confirmed."""
    now = signed(viewers, quarter)
    told = [str(one) for one in problems_of_quarter(now, snapshot_data(now)) if not must_go(one)]
    return publishing.publish(viewer=officer, quarter=now, confirmed=told)


def test_opening_makes_a_line_of_everything_the_plan_reports_on_and_writes_to_owners(
    quarter, mailoutbox
) -> None:
    [letter] = [one for one in mailoutbox if one.to == ["owner@anyshire.example"]]
    assert "School workforce" in letter.subject and f"/plans/quarters/{quarter.pk}/lines/" in letter.body
    about = ("indicator", "piece", "treatment")
    found = [quarter.lines.filter(**{f"{name}__isnull": False}).count() for name in about]
    treatments = 2 if quarter.part in quarters.WITH_TREATMENTS else 0
    assert found == [3, 2, treatments]


def test_risks_and_equality_actions_are_asked_in_quarters_two_and_four(officer, plan) -> None:
    for part, expected in ((1, 0), (2, 2), (3, 0), (4, 2)):
        made = quarters.open_quarter(viewer=officer, plan=plan, part=part)
        assert made.lines.filter(treatment__isnull=False).count() == expected
    with pytest.raises(MusterError, match="opened already"):
        quarters.open_quarter(viewer=officer, plan=plan, part=1)


def test_an_owner_writes_the_lines_of_their_office_and_no_others(owner, line_of, officer) -> None:
    line = line_of("LI 15")
    quarters.write_line(viewer=owner, line=line, seen=0, said={"comment": "All are qualified."})
    Line.objects.filter(pk=line.pk).update(owner="Head of buildings")
    with pytest.raises(NotAllowed, match="Only the owner"):
        quarters.write_line(viewer=owner, line=line, seen=1, said={"comment": "Mine too."})
    assert (
        quarters.write_line(viewer=officer, line=line, seen=1, said={"comment": "Kept."}).comment == "Kept."
    )
    assert AuditEvent.objects.filter(name="line_written").count() == 2


def test_a_light_against_the_rule_needs_a_reason_and_shows_both(owner, line_of, quarter) -> None:
    line = line_of("1.1.1")
    with pytest.raises(MusterError, match="needs a reason"):
        quarters.write_line(viewer=owner, line=line, seen=line.edition, said={"set_light": "green"})
    said = {"set_light": "amber", "set_reason": "Letters go out this week.", "comment": "Late."}
    quarters.write_line(viewer=owner, line=line, seen=line.edition, said=said)
    [shown] = lines_shown(quarter, Line.objects.filter(pk=line.pk))
    assert shown.lit and (shown.lit.light.value, shown.lit.ruled) == ("amber", "red")


def test_red_without_commentary_and_an_unsigned_statement_stand_in_the_way(officer, quarter) -> None:
    about = {one.about for one in problems_of_quarter(quarter, snapshot_data(quarter)) if must_go(one)}
    assert {"no commentary", "not signed", "missing entry", "no quality record"} <= about
    with pytest.raises(NotAllowed, match="before it is published"):
        publishing.publish(viewer=officer, quarter=quarter)


def test_only_an_approver_signs_and_only_what_was_shown(officer, viewers, written, owner, line_of) -> None:
    state = state_of(snapshot_data(written))
    with pytest.raises(NotAllowed, match="approver"):
        quarters.sign(viewer=officer, quarter=written, office="Officer", state=state)
    line = line_of("LI 15")
    quarters.write_line(viewer=owner, line=line, seen=line.edition, said={"comment": "Something else."})
    with pytest.raises(NotAllowed, match="since this was shown"):
        quarters.sign(viewer=viewers["anyshire.la_approver"], quarter=written, office="Head", state=state)


def test_what_is_written_after_the_signature_makes_it_void(viewers, written, owner, line_of) -> None:
    now = signed(viewers, written)
    line = line_of("LI 15")
    quarters.write_line(viewer=owner, line=line, seen=line.edition, said={"comment": "Changed."})
    about = [one.about for one in problems_of_quarter(now, snapshot_data(now))]
    assert "not signed" in about


def test_a_defect_of_the_text_is_confirmed_or_stands_in_the_way(viewers, officer, written) -> None:
    for number in (1, 2):
        text = "The consultation on the places of the area ended, and the answers were laid before the board."
        narrative = Narrative(quarter=written, kind="development", title=f"Places {number}", text=text)
        quarters.narrate(viewer=officer, narrative=narrative)
    now = signed(viewers, written)
    found = problems_of_quarter(now, snapshot_data(now))
    assert [one.about for one in found] == ["repeated paragraph", "not ended"]
    for left in ((), [str(found[0])], [str(found[1])]):
        with pytest.raises(NotAllowed, match="before it is published"):
            publishing.publish(viewer=officer, quarter=now, confirmed=left)
    done = publishing.publish(viewer=officer, quarter=now, confirmed=map(str, found))
    assert done.issues.get().confirmed == list(map(str, found))


def test_a_published_report_is_made_from_its_snapshot_alone_byte_for_byte(viewers, officer, written) -> None:
    done = published(viewers, officer, written)
    before = [make(document_of(done.issues.get())) for make in (as_docx, as_pdf)]
    Line.objects.update(comment="Something quite different.")
    Amount.objects.update(text="1")
    now = Issue.objects.get(quarter=done)
    assert [make(document_of(now)) for make in (as_docx, as_pdf)] == before
    assert json.loads(now.snapshot)["indicators"][0]["computed"]["stored"]["data"]


def test_nothing_of_a_published_quarter_changes(viewers, officer, owner, written, line_of) -> None:
    done = published(viewers, officer, written)
    with pytest.raises(NotAllowed, match="published"):
        line = line_of("LI 15")
        quarters.write_line(viewer=owner, line=line, seen=line.edition, said={"comment": "Later."})
    with pytest.raises(MusterError, match="published"):
        ask_for_figures(viewer=officer, quarter=done)
    with pytest.raises(NotAllowed, match="published"):
        publishing.publish(viewer=officer, quarter=done)
    values = Amount.objects.filter(kind="actual", period=done.label).values_list("indicator__ref", "text")
    assert dict(values) == {"LI 4": "100.0", "LI 15": "n/a"}, "two teachers are too few to be told of"


def test_a_snapshot_that_was_tampered_with_is_not_shown_as_the_report(viewers, officer, written) -> None:
    issue = published(viewers, officer, written).issues.get()
    issue.snapshot = issue.snapshot.replace("As planned.", "Better than planned.")
    with pytest.raises(MusterError, match="not the one that was published"):
        document_of(issue)


# -- another issue -----------------------------------------------------------------------------------------


@pytest.fixture
def corrected(viewers, officer, owner, written, line_of) -> Quarter:
    """The quarter published, read by its auditor, and published again with another comment."""
    done = published(viewers, officer, written)
    publishing.note_reader(viewer=viewers["anyshire.auditor"], issue=done.issues.get())
    publishing.correct(viewer=officer, quarter=done, reason="A comment was that of another line.")
    line = line_of("LI 4")
    quarters.write_line(
        viewer=owner, line=line, seen=line.edition, said={"comment": "Both schools were on time."}
    )
    return published(viewers, officer, done)


def test_a_correction_is_another_issue_and_the_first_stays_as_it_was(corrected) -> None:
    second, first = corrected.issues.all()
    assert (second.number, second.reason) == (2, "A comment was that of another line.")
    assert as_pdf(document_of(first)) == as_pdf(document_of(Issue.objects.get(pk=first.pk)))
    assert "Issue" not in dict(document_of(first).facts)
    assert "A comment was that of another line." in dict(document_of(second).facts)["Issue"]
    shown = issues_shown(corrected)
    assert [len(one.changes) for one in shown] == [1, 0]
    [change] = shown[0].changes
    assert change.what.startswith("LI 4 ") and change.what.endswith(", Commentary")
    assert change.before.startswith("As planned.") and change.after.startswith("Both schools were on time.")


def test_whoever_read_an_issue_is_told_of_the_next_and_others_read_the_last_meanwhile(
    corrected, people, mailoutbox
) -> None:
    letters = [one for one in mailoutbox if "has been corrected" in one.subject]
    assert {one.to[0] for one in letters} == {people["anyshire.auditor"].email, "owner@anyshire.example"}
    assert all(f"/plans/quarters/{corrected.pk}/issues/" in one.body for one in letters)
    assert not any("another line" in one.body for one in letters)
    assert AuditEvent.objects.filter(name="quarter_published").last().data["issue"] == 2


def test_a_correction_needs_a_reason_a_signature_and_a_difference(viewers, officer, owner, written) -> None:
    with pytest.raises(NotAllowed, match="nothing published"):
        publishing.correct(viewer=officer, quarter=written, reason="Too early.")
    done = published(viewers, officer, written)
    with pytest.raises(MusterError, match="Say why"):
        publishing.correct(viewer=officer, quarter=done, reason=" ")
    with pytest.raises(NotAllowed, match="Only the officers"):
        publishing.correct(viewer=owner, quarter=done, reason="Mine.")
    now = publishing.correct(viewer=officer, quarter=done, reason="To look again.")
    about = [one.about for one in problems_of_quarter(now, snapshot_data(now)) if must_go(one)]
    assert about == ["not signed"]
    with pytest.raises(NotAllowed, match="Nothing of the report differs from issue 1"):
        published(viewers, officer, now)
    left = publishing.leave_as_published(viewer=officer, quarter=now)
    assert left.published == left.issues.get().at and left.correcting == ""
    with pytest.raises(NotAllowed, match="not being corrected"):
        publishing.leave_as_published(viewer=officer, quarter=left)


def test_a_text_put_in_and_a_milestone_that_turns_red_are_seen_as_differences(
    viewers, officer, written
) -> None:
    done = published(viewers, officer, written)
    before = document_of(done.issues.get())
    done = publishing.correct(viewer=officer, quarter=done, reason="The visits were left out.")
    text = Narrative(quarter=done, kind="development", title="Visits", text="Every school was visited.")
    quarters.narrate(viewer=officer, narrative=text)
    Line.objects.filter(quarter=done, piece__ref="1.1.1").update(done_on=None)
    told = {(one.section, one.before, one.after) for one in changes_between(before, draft_of(done))}
    assert ("Key developments: Visits", "", "Every school was visited.") in told
    assert any(one[0].startswith("At a glance") and one[1] == "" for one in told)
