"""A plan is changed on screen piece by piece, nobody writes over what they have not seen, and all of it is kept."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.audit.models import AuditEvent
from muster_web.performance.actions import editing, quarters
from muster_web.performance.models import Line, Piece, PieceChange, Plan
from muster_web.performance.queries.pieces import Spot, spots_for
from muster_web.performance.queries.tree import tree_of

OFFICER, APPROVER = "anyshire.la_officer", "anyshire.la_approver"
NEW = {"ref": "1.1.3", "title": "Ask leavers why", "level": "action", "due": "30 April 2031"}


@pytest.fixture
def piece_of(plan):
    """The piece of the plan with a reference, as it stands now."""
    return lambda ref: Piece.objects.select_related("plan", "parent").get(plan=plan, ref=ref)


def refs(plan: Plan) -> list[str]:
    """The references of a plan in its order, as its tree shows them."""

    def walked(branches) -> list[str]:
        return [ref for one in branches for ref in (one.piece.ref, *walked(one.below))]

    return walked(tree_of(plan).branches)


def sent(piece: Piece, **said: str) -> dict[str, str]:
    """What the page of a piece sends."""
    return {"seen": str(piece.edition), "ref": piece.ref, "title": piece.title, "due": piece.due,
            "evidence": piece.evidence, **said}  # fmt: skip


# -- what is kept ------------------------------------------------------------------------------------------


def test_a_piece_is_added_at_its_place_and_an_open_quarter_asks_for_it(officer, plan, piece_of, quarter):
    spot = Spot(piece_of("1.1"), piece_of("1.1.1"))
    added = editing.add_piece(viewer=officer, piece=Piece(plan=plan, **NEW), spot=spot)
    assert refs(plan) == ["1", "1.1", "1.1.1", "1.1.3", "1.1.2"]
    assert Line.objects.get(quarter=quarter, piece=added).owner == "Head of people"
    with pytest.raises(MusterError, match=r"has a 1\.1\.3 already"):
        editing.add_piece(viewer=officer, piece=Piece(plan=plan, **NEW), spot=spot)
    assert AuditEvent.objects.get(name="piece_added").data["piece"] == added.pk


def test_a_change_is_kept_with_what_stood_before_and_lines_follow_the_office(officer, piece_of, quarter):
    one = piece_of("1.1.1")
    said = {"owner": "Director", "evidence": "Letters"}
    editing.change_piece(viewer=officer, piece=one, seen=1, said=said)
    change = PieceChange.objects.get(piece=one)
    assert (
        change.said == [{"field": "owner", "before": "", "after": "Director"}] and change.by == officer.user
    )
    assert Line.objects.get(quarter=quarter, piece=one).owner == "Director"
    assert AuditEvent.objects.get(name="piece_changed").data["fields"] == ["owner"]
    with pytest.raises(MusterError, match="Nothing is different"):
        editing.change_piece(viewer=officer, piece=one, seen=2, said=said)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"title": " "}, "a reference and a title"),
        ({"ref": "1.1.2"}, r"has a 1\.1\.2 already"),
        ({"owner": "owner@anyshire.example"}, "an office"),
        ({"links": [{"relation": "mentions", "to": "9.9"}]}, "which the plan does not have"),
        ({"links": [{"relation": "depends on", "to": "1.1.2"}]}, "a circle"),
        ({"due": "soon"}, "needs a day"),
    ],
)
def test_what_cannot_be_is_refused_with_why(officer, piece_of, quarter, said, why) -> None:
    with pytest.raises(MusterError, match=why):
        editing.change_piece(viewer=officer, piece=piece_of("1.1.1"), seen=1, said=said)
    assert not PieceChange.objects.exists()


def test_a_piece_is_moved_with_what_is_below_it_and_never_into_itself(officer, plan, piece_of) -> None:
    area = Piece(plan=plan, ref="2", title="Buildings", level="area")
    area = editing.add_piece(viewer=officer, piece=area, spot=Spot(None, piece_of("1")))
    editing.move_piece(viewer=officer, piece=piece_of("1.1"), seen=1, spot=Spot(area))
    assert refs(plan) == ["1", "2", "1.1", "1.1.1", "1.1.2"]
    assert PieceChange.objects.get(what="moved").said[0] == {
        "field": "place", "before": "below 1, first", "after": "below 2, first",
    }  # fmt: skip
    for spot, why in (
        (Spot(piece_of("1.1.1")), "does not stand below it"),
        (Spot(area), "stands there already"),
        (Spot(piece_of("1.1"), piece_of("1.1")), "no longer in the plan"),
    ):
        with pytest.raises(MusterError, match=why):
            editing.move_piece(viewer=officer, piece=piece_of("1.1"), seen=2, spot=spot)
    Piece.objects.filter(ref="1.1.1").update(level="area")  # as an odd file may have it
    with pytest.raises(MusterError, match="below itself"):
        editing.move_piece(viewer=officer, piece=piece_of("1.1"), seen=2, spot=Spot(piece_of("1.1.1")))
    assert not {one.key for one in spots_for(piece_of("1.1"))} & {f"below:{piece_of('1.1.1').pk}"}


def test_closing_takes_what_is_below_along_and_later_quarters_do_not_ask(officer, plan, piece_of, quarter):
    closed = editing.close_piece(viewer=officer, piece=piece_of("1.1"), seen=1, why="Merged with 2.")
    assert [one.ref for one in closed] == ["1.1", "1.1.1", "1.1.2"]
    tree = tree_of(plan)
    assert (tree.count.total, tree.closed) == (0, 2)
    assert quarter.lines.filter(piece__isnull=False).count() == 2
    later = quarters.open_quarter(viewer=officer, plan=plan, part=quarter.part % 4 + 1)
    assert not later.lines.filter(piece__isnull=False).exists()
    with pytest.raises(MusterError, match="open that first"):
        editing.reopen_piece(viewer=officer, piece=piece_of("1.1.1"), seen=2)
    editing.reopen_piece(viewer=officer, piece=piece_of("1.1"), seen=2)
    editing.reopen_piece(viewer=officer, piece=piece_of("1.1.1"), seen=2)
    assert [one.piece.ref for one in later.lines.filter(piece__isnull=False)] == ["1.1.1"]


def test_nobody_but_a_keeper_changes_a_plan(owner, viewers, piece_of) -> None:
    for viewer in (owner, viewers["otherby.la_approver"], viewers["ashcombe.head"]):
        with pytest.raises(NotAllowed, match="Only the officers"):
            editing.change_piece(viewer=viewer, piece=piece_of("1.1"), seen=1, said={"title": "Mine"})


# -- pages -------------------------------------------------------------------------------------------------


@pytest.fixture
def pages(plan, piece_of) -> dict[str, str]:
    """The address of each page about pieces, of the action 1.1.1 where it is of one."""
    of_piece = [plan.pk, piece_of("1.1.1").pk]
    return {
        **{name: reverse(name, args=[plan.pk]) for name in ("new_piece", "plan_changes")},
        **{name: reverse(name, args=of_piece) for name in ("piece", "move_piece", "close_piece")},
    }


def test_who_comes_into_the_pages_of_pieces(client, sign_in, pages) -> None:
    def answers(browser) -> set[int]:
        return {browser.get(url).status_code for url in pages.values()}

    assert answers(client) == {302}
    assert answers(sign_in("ashcombe.head")) == {403}
    assert answers(sign_in("otherby.la_approver")) == {404}
    assert answers(sign_in(OFFICER)) == {200}


def test_two_who_change_one_piece_see_what_the_other_wrote_before_they_go_over_it(
    sign_in, pages, piece_of
) -> None:
    one = piece_of("1.1.1")
    assert sign_in(OFFICER).post(pages["piece"], sent(one, owner="Director")).status_code == 302
    browser = sign_in(APPROVER)
    late = browser.post(pages["piece"], sent(one, evidence="A register"))
    assert late.status_code == 409 and "A register" in late.text
    assert "Owner: nothing became Director" in late.text and "What others wrote" in late.text
    assert piece_of("1.1.1").evidence == "Letters"
    again = sent(one, evidence="A register", seen=str(late.context["seen"]))
    assert browser.post(pages["piece"], again).status_code == 302
    assert piece_of("1.1.1").evidence == "A register"
    for name, said in (("move_piece", {"spot": "below:"}), ("close_piece", {"why": "Done."})):
        answer = browser.post(pages[name], {"seen": "1", **said})
        assert answer.status_code == 409 and "What others wrote" in answer.text


def test_pieces_are_added_moved_closed_and_opened_on_their_pages(sign_in, pages, plan, piece_of) -> None:
    browser = sign_in(OFFICER)
    said = {**NEW, "below": str(piece_of("1.1").pk)}
    assert browser.post(pages["new_piece"], {**said, "title": ""}).status_code == 400
    assert browser.post(pages["new_piece"], {**said, "level": "area"}).status_code == 400
    assert browser.post(pages["new_piece"], said).status_code == 302
    spot = f"after:{piece_of('1.1.3').pk}"
    assert browser.post(pages["move_piece"], {"seen": "1", "spot": "below:7654321"}).status_code == 400
    assert browser.post(pages["move_piece"], {"seen": "1", "spot": spot}).status_code == 302
    assert refs(plan) == ["1", "1.1", "1.1.2", "1.1.3", "1.1.1"]
    assert browser.post(pages["close_piece"], {"seen": "2"}).status_code == 400
    assert browser.post(pages["close_piece"], {"seen": "2", "why": "No longer asked."}).status_code == 302
    assert "No longer asked." in browser.get(reverse("plan", args=[plan.pk])).text
    assert browser.post(pages["close_piece"], {"seen": "3"}).status_code == 302
    told = browser.get(pages["plan_changes"]).text
    assert [word in told for word in ("Added", "Moved", "Closed", "Opened again")] == [True] * 4


def test_a_plan_is_pasted_as_a_spreadsheet_copies_it_and_too_much_is_refused(sign_in, plan) -> None:
    browser, address = sign_in(OFFICER), reverse("plan", args=[plan.pk])
    table = "ref\ttitle\tdue\n2\tBuildings\t\n2.1\tRoofs\t\n2.1.1\tMend them\t30 April 2031\n"
    assert browser.post(address, {"load-text": table}).status_code == 302
    assert refs(plan)[-3:] == ["2", "2.1", "2.1.1"]
    both = {"load-text": table, "load-file": SimpleUploadedFile("plan.csv", b"ref,title\n")}
    for said in ({}, both):
        answer = browser.post(address, said)
        assert answer.status_code == 400 and "one of the two" in answer.text
    answer = browser.post(address, {"load-text": "A line of a plan.\n" * 600_000})
    assert answer.status_code == 413 and "10.8 MB" in answer.text and "at most 2.5 MB" in answer.text
    assert "million" in browser.post(address, {"load-text": "word " * 300_000}).text
