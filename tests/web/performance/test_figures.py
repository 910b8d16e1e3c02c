"""Figures of a quarter: computed from what was sent, kept with their data, query and program, and computed again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.performance.actions import computing
from muster_web.performance.actions.publishing import publish
from muster_web.performance.models import Figure, Quarter
from muster_web.performance.queries.parts import records_of
from muster_web.performance.queries.return_history import due_in_year
from muster_web.returns.actions import deciding
from muster_web.returns.models import Event, Return, Round, Version
from tests.web.returns import world

QUALIFIED, ON_TIME = "school_workforce.teachers_qualified", "service.returns_on_time"


def figure(quarter: Quarter, name: str) -> Figure:
    """The figure of a name that was computed last."""
    return Figure.objects.filter(quarter=quarter, name=name).latest("pk")


def again(officer, quarter: Quarter) -> Quarter:
    """The quarter after its figures were computed anew."""
    computing.ask_for_figures(viewer=officer, quarter=quarter)
    return Quarter.objects.select_related("plan__authority").get(pk=quarter.pk)


def test_a_figure_keeps_the_data_the_query_and_the_program_it_came_from(quarter, returns) -> None:
    one = figure(quarter, QUALIFIED)
    assert (one.value, one.numerator, one.denominator) == ("100.0", "2", "2")
    held = Version.objects.get(subject=returns["ashcombe"])
    [part] = [part for part in one.parts if part["ref"] == "999/4001"]
    assert (part["version"], part["number"], part["sha256"]) == (str(held.pk), 1, held.sha256)
    assert "SELECT" in one.made_by["query"]["numerator"] and one.made_by["muster"]
    assert computing.differences(one) == []


def test_a_draft_that_was_not_sent_is_in_no_figure(officer, quarter, returns, viewers) -> None:
    subject = world.now(returns["birchfield"])
    deciding.send_back(viewer=viewers["anyshire.la_approver"], subject=subject, reason="Look at the hours.")
    one = figure(again(officer, quarter), QUALIFIED)
    assert (one.numerator, one.coverage) == ("1", "1 of 2 returns sent, of School workforce census 2025")


def test_the_authorised_version_stays_in_figures_while_a_return_is_reopened(
    officer, quarter, returns, viewers
) -> None:
    subject, collector = world.now(returns["ashcombe"]), viewers["department.collector"]
    deciding.approve(viewer=viewers["anyshire.la_approver"], subject=subject)
    deciding.authorise(viewer=collector, subject=subject)
    until = timezone.localdate() + timedelta(days=3)
    deciding.reopen(viewer=collector, subject=world.now(subject), reason="A wrong day.", until=until)
    assert figure(again(officer, quarter), QUALIFIED).numerator == "2"


def test_recomputing_says_what_differs_and_why(quarter) -> None:
    one = figure(quarter, QUALIFIED)
    one.numerator, one.made_by = "1", {**one.made_by, "muster": "0.0.1", "query": {"sha256": "another"}}
    told = computing.differences(one)
    assert told[0] == "it was 1/2 and is 2/2"
    assert "its query is another one" in told and any("was Muster 0.0.1" in each for each in told)


def test_a_figure_whose_data_are_gone_cannot_be_computed_again(quarter) -> None:
    Version.objects.update(stored="")
    with pytest.raises(MusterError, match="retention"):
        computing.differences(figure(quarter, QUALIFIED))


def test_a_file_that_cannot_be_read_is_named_and_the_quarter_stays(officer, quarter) -> None:
    Version.objects.filter(subject__organisation__estab="4001").update(sha256="0" * 64)
    assert "swc.xml" in again(officer, quarter).figures_fault


def test_nothing_is_published_while_figures_are_computed_and_a_lost_worker_is_not_waited_for(
    officer, quarter
) -> None:
    Quarter.objects.update(figures_ended=None, figures_asked=timezone.now())
    with pytest.raises(NotAllowed, match="being computed"):
        publish(viewer=officer, quarter=quarter)
    Quarter.objects.update(figures_asked=timezone.now() - timedelta(minutes=16))
    with pytest.raises(NotAllowed, match="before it is published"):
        publish(viewer=officer, quarter=quarter)


def test_the_records_behind_a_figure_are_those_of_the_very_version(quarter) -> None:
    one = figure(quarter, QUALIFIED)
    [found] = records_of(one, one.parts[0])
    assert found.line and found.identity
    history = figure(quarter, ON_TIME)
    with pytest.raises(MusterError, match="counts returns"):
        records_of(history, history.parts[0])


# -- the history of returns --------------------------------------------------------------------------------


def test_returns_on_time_are_those_sent_by_the_closing_day(officer, quarter, rounds) -> None:
    assert figure(quarter, ON_TIME).value == "100.0"
    Event.objects.filter(subject__organisation__estab="2001").update(at=F("at") - timedelta(days=3))
    Round.objects.filter(pk=rounds["statutory"].pk).update(closes=timezone.localdate() - timedelta(days=2))
    one = figure(again(officer, quarter), ON_TIME)
    assert (one.numerator, one.denominator, one.value) == ("1", "2", "50.0")
    assert [part["value"] for part in one.parts] == ["yes", "no"]


def test_a_return_that_was_taken_back_was_not_sent(quarter, returns, viewers) -> None:
    deciding.withdraw(viewer=viewers["ashcombe.preparer"], subject=world.now(returns["ashcombe"]))
    due = due_in_year(quarter.plan.authority, quarter.period, as_of=timezone.now())
    assert [one.subject.organisation.estab for one in due] == ["2001"]


def test_what_is_not_due_yet_counts_once_it_is_sent_and_practice_never(quarter) -> None:
    before = timezone.now() - timedelta(days=1)
    assert due_in_year(quarter.plan.authority, quarter.period, as_of=before) == []
    assert Return.objects.filter(round__phase="practice").exists()
    due = due_in_year(quarter.plan.authority, quarter.period, as_of=timezone.now())
    assert {one.subject.round.phase for one in due} == {"statutory"}


def test_a_history_figure_is_held_to_the_history_up_to_its_moment(quarter, returns, viewers) -> None:
    one = figure(quarter, ON_TIME)
    deciding.withdraw(viewer=viewers["ashcombe.preparer"], subject=world.now(returns["ashcombe"]))
    assert computing.differences(one) == []
