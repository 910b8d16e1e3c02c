"""The pages over many returns: counts equal lists, decisions are previewed, other authorities' schools are absent."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from muster.submit.states import State
from muster_web.returns.permissions import visible_returns
from muster_web.returns.queries.board import WORK, counts_of, in_work, returns_of
from tests.web.files import WRONG, return_of, zipped
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)
BOARDS = ("board", "board_rules", "send_many")


@pytest.fixture
def board(rounds):
    """The address of a page over the returns of the statutory round."""
    return lambda name: reverse(name, args=[rounds["statutory"].pk])


@pytest.fixture
def sent(returns, viewers):
    """Ashcombe's return, submitted."""
    return world.send(viewers, returns["ashcombe"], return_of())


def test_nobody_comes_in_without_signing_in(client, board) -> None:
    assert {client.get(board(name)).status_code for name in BOARDS} == {302}


@pytest.mark.parametrize("name", ["board_rules", "send_many"])
def test_a_school_does_not_look_over_others(sign_in, board, name, returns) -> None:
    assert sign_in("ashcombe.preparer").get(board(name)).status_code == 403


def test_an_officer_sees_the_schools_of_the_authority_and_no_others(sign_in, board, returns) -> None:
    page = sign_in("anyshire.la_officer").get(board("board")).content.decode()
    assert "Ashcombe" in page and "Birchfield" in page
    assert "Dunmere" not in page and "Coldbrook" not in page


def test_each_count_is_the_length_of_its_list(viewers, rounds, sent) -> None:
    viewer, round_ = viewers["anyshire.la_officer"], rounds["statutory"]
    everything = visible_returns(viewer).filter(round=round_)
    counts = counts_of(everything)
    assert {name: in_work(everything, name).count() for name in WORK} == counts
    assert sum(counts.values()) == everything.count() == 2
    assert counts["to_approve"] == returns_of(viewer, round_, work="to_approve").count() == 1


def test_every_state_is_in_exactly_one_kind_of_work() -> None:
    places = [state for _, states in WORK.values() for state in states]
    assert sorted(places) == sorted(State)


def test_a_search_finds_by_name_and_number(viewers, rounds) -> None:
    viewer, round_ = viewers["department.collector"], rounds["statutory"]
    found = {
        text: [one.organisation.name for one in returns_of(viewer, round_, search=text)]
        for text in ("birch", "998/4003", "nowhere")
    }
    assert found == {"birch": ["Birchfield Primary School"], "998/4003": ["Dunmere School"], "nowhere": []}


def test_a_zip_loads_the_schools_and_says_what_it_refused(sign_in, board, returns) -> None:
    client = sign_in("anyshire.la_officer")
    archive = zipped(a__xml=return_of(WRONG), c__xml=return_of(estab="4003", lea="998"))
    client.post(board("send_many"), {"file": SimpleUploadedFile("all.zip", archive)})
    page = client.get(board("send_many")).content.decode()
    assert "1 file taken, 1 file refused" in page and "998/4003" in page
    assert client.post(board("send_many"), {}).status_code == 400


def test_a_batch_is_previewed_and_then_done(sign_in, board, sent, returns) -> None:
    client = sign_in("anyshire.la_approver", proved=True)
    chosen = {"return": [sent.pk, returns["birchfield"].pk, returns["dunmere"].pk]}
    preview = client.post(board("batch"), chosen).content.decode()
    assert "1 ready, 2 chosen" in preview and "Dunmere" not in preview
    assert world.now(sent).state == State.SUBMITTED
    client.post(board("batch"), {**chosen, "confirmed": "yes"})
    assert world.now(sent).state == State.APPROVED
    assert world.now(returns["dunmere"]).state == State.EXPECTED


@pytest.mark.parametrize("who", ["ashcombe.preparer", "anyshire.la_officer", "anyshire.auditor"])
def test_only_approvers_decide_on_many(sign_in, board, who, sent) -> None:
    assert sign_in(who).post(board("batch"), {"return": [sent.pk]}).status_code == 403


def test_who_approves_proves_who_they_are_first(sign_in, sent) -> None:
    answer = sign_in("anyshire.la_approver").post(reverse("approve", args=[sent.pk]))
    assert answer.status_code == 302 and "reauthenticate" in answer["Location"]
    assert world.now(sent).state == State.SUBMITTED


def test_a_return_goes_up_step_by_step(sign_in, sent) -> None:
    collector = sign_in("department.collector", proved=True)
    early = collector.post(reverse("authorise", args=[sent.pk]))
    assert early.status_code == 403 and "has not approved it" in early.content.decode()
    sign_in("anyshire.la_approver", proved=True).post(reverse("approve", args=[sent.pk]))
    sign_in("department.collector", proved=True).post(reverse("authorise", args=[sent.pk]))
    assert world.now(sent).state == State.AUTHORISED


def test_sending_back_wants_a_reason_that_the_school_reads(sign_in, sent) -> None:
    client, url = sign_in("anyshire.la_approver"), reverse("send_back", args=[sent.pk])
    assert "Say what the school has to do" in client.post(url, {"reason": ""}).content.decode()
    client.post(url, {"reason": "Look at the hours again."})
    page = sign_in("ashcombe.preparer").get(reverse("return_page", args=[sent.pk])).content.decode()
    assert "Look at the hours again." in page and "Returned by the authority" in page


def test_another_authority_finds_nothing_to_decide_on(sign_in, sent) -> None:
    client = sign_in("otherby.la_approver", proved=True)
    for name in ("approve", "send_back"):
        assert client.post(reverse(name, args=[sent.pk]), {"reason": "x"}).status_code == 404
