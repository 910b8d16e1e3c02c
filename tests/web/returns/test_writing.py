"""People are written to when something new waits for them at a return: once, and nothing of what it says."""

from __future__ import annotations

import pytest
from django.urls import reverse

from muster_web.returns.actions import comparing, deciding, settling
from muster_web.returns.actions.explaining import note_thread_read, say
from muster_web.returns.actions.judging import question_notes
from muster_web.returns.models import Case
from tests.web.files import return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "Ada Allright is paid 80,000 pounds."
OFFICER, PREPARER = "la_officer@anyshire.example", "preparer@ashcombe.example"


def told(mailbox) -> list[str]:
    """Who was written to."""
    return sorted(address for one in mailbox for address in one.to)


def test_the_officer_is_written_to_of_a_school_s_message_with_the_way_to_it_and_no_more(
    viewers, returns, mailoutbox
) -> None:
    say(viewer=viewers["ashcombe.preparer"], subject=returns["ashcombe"], text=SECRET)
    [letter] = mailoutbox
    assert letter.to == [OFFICER] and reverse("thread", args=[returns["ashcombe"].pk]) in letter.body
    assert "Ashcombe School" in letter.subject and "Ada" not in letter.body and "80,000" not in letter.body


def test_nobody_is_written_to_again_until_they_have_read_what_there_is(viewers, returns, mailoutbox) -> None:
    school, subject = viewers["ashcombe.preparer"], returns["ashcombe"]
    for _ in range(3):
        say(viewer=school, subject=subject, text="One more thing.")
    assert told(mailoutbox) == [OFFICER]
    note_thread_read(viewer=viewers["anyshire.la_officer"], subject=subject)
    say(viewer=school, subject=subject, text="And another.")
    assert told(mailoutbox) == [OFFICER, OFFICER]


def test_the_department_s_message_reaches_school_and_authority(viewers, returns, mailoutbox) -> None:
    say(viewer=viewers["department.collector"], subject=returns["ashcombe"], text="Please look.")
    assert told(mailoutbox) == [OFFICER, PREPARER]


def test_the_message_of_an_academy_is_not_written_of_to_an_authority_it_does_not_answer_to(
    viewers, returns, mailoutbox
) -> None:
    say(viewer=viewers["coldbrook.preparer"], subject=returns["coldbrook"], text="Please look.")
    assert told(mailoutbox) == []


def test_a_school_is_written_to_when_its_explanations_are_questioned(viewers, returns, mailoutbox) -> None:
    subject = world.send(viewers, returns["ashcombe"], return_of())
    question_notes(viewer=viewers["anyshire.la_officer"], notes=subject.notes.all(), question="Why so many?")
    assert told(mailoutbox) == [PREPARER] and "Why so many" not in mailoutbox[0].body


def test_a_school_is_written_to_when_its_return_comes_back(viewers, returns, mailoutbox) -> None:
    subject = world.send(viewers, returns["ashcombe"], return_of())
    deciding.send_back(viewer=viewers["anyshire.la_approver"], subject=subject, reason=SECRET)
    assert told(mailoutbox) == [PREPARER] and "Ada" not in mailoutbox[0].body


def test_both_schools_are_written_to_of_a_case_once_a_day(viewers, returns, rounds, mailoutbox) -> None:
    world.send(viewers, returns["ashcombe"], return_of())
    other = return_of(("1975-02-03", "1976-02-03"), estab="2001")
    world.send(viewers, returns["birchfield"], other, school="birchfield")
    comparing.ask_to_compare(viewer=viewers["anyshire.la_officer"], round=rounds["statutory"])
    assert told(mailoutbox) == [PREPARER, "preparer@birchfield.example"]
    assert "Allright" not in "".join(one.body for one in mailoutbox)
    settling.propose(
        viewer=viewers["ashcombe.preparer"], case=Case.objects.get(), outcome=Case.Outcome.ALL_RIGHT,
        at_fault=None, reason="Two people.",
    )  # fmt: skip
    assert len(mailoutbox) == 2
