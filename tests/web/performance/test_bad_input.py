"""Plans with things in them that cannot be: each is named with its line and column, and the rest is loaded."""

from __future__ import annotations

import pytest
from django.urls import reverse

from muster.model import MusterError
from muster.performance import Remark
from muster_web.performance.actions.planning import import_file
from muster_web.performance.models import Line, Piece, Plan
from muster_web.performance.queries.way_up import objectives_of, owner_of

TREE = """ref,title,owner,due,depends on
7,Places,Director,,
7.1,Plan places,{long},,
7.1.1,Count places,,,7.1.2
7.1.2,Agree places,,soon,7.1.1
7.1.x,No number,,,
"""
INDICATORS = """Ref,Definition,Actual 25/26,Target 26/27,Target
LI 30,Increase schools that are full (%),120,50,60
LI 31,Reduce empty places,9,8,7
LI 30,Increase schools that are full (%),40,50,60
"""


@pytest.fixture
def loaded(officer, plan):
    """Load a file into the plan; answers the remarks as kind, line and column."""

    def load(name: str, text: str) -> list[tuple[str, int, str]]:
        remarks: list[Remark] = import_file(viewer=officer, plan=plan, chunks=[text.encode()], name=name)
        return [(one.about, one.place.line, one.place.column) for one in remarks]

    return load


def test_a_circle_a_long_text_and_a_row_without_a_place_are_named_and_the_rest_is_loaded(
    loaded, plan
) -> None:
    found = loaded("places.csv", TREE.format(long="x" * 500))
    assert {
        ("circular link", 5, "depends on"), ("too long", 3, "owner"), ("no day", 5, "due"), ("bad row", 6, "ref"),
    } <= set(found)  # fmt: skip
    pieces = {one.ref: one for one in plan.pieces.filter(ref__startswith="7")}
    assert set(pieces) == {"7", "7.1", "7.1.1", "7.1.2"} and pieces["7.1"].owner == "x" * 120
    links = [link["to"] for ref in ("7.1.1", "7.1.2") for link in pieces[ref].links]
    assert links == ["7.1.2"], "one link of the circle is kept, the one that closes it is not"


def test_percentages_over_100_targets_without_a_year_and_indicators_twice_are_named(loaded, plan) -> None:
    found = loaded("more.csv", INDICATORS)
    assert {
        ("percentage over 100", 2, "Actual 25/26"), ("target without year", 1, "Target"), ("indicator twice", 4, "ref"),
    } <= set(found)  # fmt: skip
    kept = {one.ref: sorted(one.amounts.values_list("text", flat=True)) for one in plan.indicators.all()}
    assert kept["LI 30"] == ["50"] and kept["LI 31"] == ["8", "9"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("cell.csv", 'ref,title\n1,"{}"\n'.format("y" * 10_000_000), "line 2: a cell of over 1,000,000 characters"),
        ("lines.csv", "ref,title\n" + "1,Area\n" * 50_001, "goes on after line 50,000"),
        ("tags.txt", "<p" + "a<b " * 500_000, "holds no plan"),
    ],
)  # fmt: skip
def test_a_huge_text_in_a_file_is_answered_in_words(officer, plan, name, text, said) -> None:
    before = Plan.objects.get(pk=plan.pk).remarks
    with pytest.raises(MusterError, match=said):
        import_file(viewer=officer, plan=plan, chunks=[text.encode()], name=name)
    assert Plan.objects.get(pk=plan.pk).remarks == before


def test_ten_megabytes_pasted_into_a_line_are_refused_and_nothing_is_kept(sign_in, quarter, line_of) -> None:
    line = line_of("LI 15")
    said = {f"line{line.pk}-comment": "x" * (10 << 20), "line": line.pk}
    answer = sign_in("anyshire.plan_owner").post(reverse("my_lines", args=[quarter.pk]), said)
    assert answer.status_code in (400, 413) and Line.objects.get(pk=line.pk).comment == ""


def test_a_circle_that_got_in_all_the_same_is_told_and_waited_for_by_nobody() -> None:
    one, two = (
        Piece(pk=1, ref="1", parent_id=2, level="task"),
        Piece(pk=2, ref="2", parent_id=1, level="task"),
    )
    for read in (lambda: owner_of(one, {1: one, 2: two}), lambda: objectives_of([one, two])):
        with pytest.raises(MusterError, match="round in a circle at 1"):
            read()
