"""Look once, decide many: the same words of several schools are accepted or questioned together, each recorded."""

from __future__ import annotations

import pytest
from django.urls import reverse

from muster.submit.states import NotAllowed
from muster_web.returns.actions.judging import accept_notes, question_notes
from muster_web.returns.models import Finding, Note
from muster_web.returns.permissions import visible_returns
from muster_web.returns.queries.explanations import FILTERS, counts_of_rule, notes_of_rule, same_words
from tests.web.files import return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION = "Please say who counted them, and when."


@pytest.fixture
def rule(viewers, returns) -> str:
    """A rule that both of Anyshire's schools explained in the same words; Otherby's school did too."""
    for short, estab, lea in (
        ("ashcombe", "4001", "999"),
        ("birchfield", "2001", "999"),
        ("dunmere", "4003", "998"),
    ):
        world.load(viewers[f"{short}.preparer"], returns[short], return_of(estab=estab, lea=lea))
        world.explain_all(viewers[f"{short}.preparer"], returns[short])
    return Note.objects.order_by("pk").values_list("rule", flat=True)[0]


@pytest.fixture
def group(rule, rounds) -> str:
    """The address of the group of those words."""
    first = Note.objects.filter(rule=rule).order_by("pk").values_list("pk", flat=True)[0]
    return reverse("same_explanation", args=[rounds["statutory"].pk, rule, first])


def notes(viewers, rounds, rule):
    """The explanations of the rule that Anyshire's officer sees."""
    seen = visible_returns(viewers["anyshire.la_officer"]).filter(round=rounds["statutory"])
    return notes_of_rule(seen, rule)


def test_the_same_words_are_one_line_and_others_schools_are_not_in_it(viewers, rounds, rule) -> None:
    groups = same_words(notes(viewers, rounds, rule))
    assert [(one.text, one.returns) for one in groups] == [(world.REASON, 2)]


def test_each_filter_counts_its_list(viewers, rounds, rule) -> None:
    accept_notes(viewer=viewers["anyshire.la_officer"], notes=notes(viewers, rounds, rule)[:1])
    seen = visible_returns(viewers["anyshire.la_officer"]).filter(round=rounds["statutory"])
    counts = counts_of_rule(seen, rule)
    assert counts == {name: notes_of_rule(seen, rule, show=name).count() for name in FILTERS}
    assert counts["taken"] == 1 and sum(counts.values()) == notes_of_rule(seen, rule).count()


def test_accepting_writes_a_record_in_each_return(sign_in, rounds, group, rule, returns) -> None:
    client = sign_in("anyshire.la_officer")
    mine = Note.objects.filter(rule=rule).exclude(subject=returns["dunmere"])
    client.post(group, {"decision": "accept", "note": [one.pk for one in mine]})
    assert set(mine.values_list("accepted", flat=True)) == {True}
    for short in ("ashcombe", "birchfield"):
        assert returns[short].events.filter(name="explanations_accepted").count() == 1
    assert not Note.objects.filter(subject=returns["dunmere"], accepted=True).exists()


def test_a_question_reaches_each_school_and_the_explanation_no_longer_counts(
    viewers, rounds, rule, returns
) -> None:
    before = world.now(returns["ashcombe"])
    asked = notes(viewers, rounds, rule)
    judged = question_notes(viewer=viewers["anyshire.la_officer"], notes=asked, question=QUESTION)
    ashcombe = world.now(returns["ashcombe"])
    assert [one.text for one in ashcombe.messages.all()] == [QUESTION]
    assert ashcombe.to_explain > before.to_explain and judged >= 2
    world.explain_all(viewers["ashcombe.preparer"], ashcombe, "Counted by the office on 6 November, twice.")
    assert world.now(ashcombe).to_explain == before.to_explain


def test_a_questioned_explanation_does_not_count_in_the_next_file_either(
    viewers, rounds, rule, returns
) -> None:
    asked = notes(viewers, rounds, rule)
    question_notes(viewer=viewers["anyshire.la_officer"], notes=asked, question=QUESTION)
    open_before = world.now(returns["ashcombe"]).to_explain
    content = return_of() + b"\n"
    world.load(viewers["ashcombe.preparer"], returns["ashcombe"], content)
    now = world.now(returns["ashcombe"])
    assert now.current.number == 2 and now.to_explain == open_before
    assert Finding.objects.filter(version=now.current, rule=rule, explained=True).count() == 0


@pytest.mark.parametrize("who", ["ashcombe.preparer", "otherby.la_officer", "anyshire.auditor"])
def test_nobody_judges_returns_they_do_not_check(viewers, rule, returns, who) -> None:
    theirs = Note.objects.filter(subject=returns["ashcombe"])
    with pytest.raises(NotAllowed):
        accept_notes(viewer=viewers[who], notes=theirs)
    assert not theirs.exclude(accepted=None).exists()


def test_the_pages_are_closed_to_strangers_and_schools(client, sign_in, group, rounds, rule) -> None:
    pages = (group, reverse("explanations", args=[rounds["statutory"].pk, rule]))
    assert {client.get(url).status_code for url in pages} == {302}
    assert {sign_in("ashcombe.preparer").get(url).status_code for url in pages} == {403}


def test_another_authority_finds_no_such_group(sign_in, group) -> None:
    assert sign_in("otherby.la_officer").get(group).status_code == 404


def test_the_list_leads_to_the_group_and_the_group_wants_a_decision(sign_in, group, rounds, rule) -> None:
    client = sign_in("anyshire.la_officer")
    listed = client.get(reverse("explanations", args=[rounds["statutory"].pk, rule])).content.decode()
    assert world.REASON in listed and group in listed
    missing = [{}, {"decision": "accept"}, {"decision": "question", "note": Note.objects.first().pk}]
    said = [client.post(group, one) for one in missing]
    assert {one.status_code for one in said} == {400}
    assert "Choose at least one explanation." in said[1].content.decode()
    assert "Write what you want to know" in said[2].content.decode()
