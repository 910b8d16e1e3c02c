"""What must hold of any matching, whoever the people are."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.link_sources import candidate, identity

from muster.link import Decisions
from muster.link import _match as matching
from muster.link._match import match
from muster.link._people import Candidate
from muster.link._score import score

NOBODY = Decisions()
PLACEHOLDER_TN = ("", "0000000", "9999999", "1111111", "1234567", "N/K", "NONE", "0")
PLACEHOLDER_NI = ("", "N/K", "TN123456A", "ZZ123456A", "QQ000000A", "QQ123456A", "none")
PLACEHOLDER_BIRTH = ("", "1900-01-01", "1899-12-30", "1901-01-01", "N/K")
FAMILIES = ("Ash", "Ashe", "Birch", "Cedar", "Elm", "Elm-Ash", "Oak", "Rowan", "N/K")
GIVEN = ("Ann", "Anne", "Beth", "Elizabeth", "Liz", "Joan", "John", "Jon", "J")


def people(size: int = 6) -> st.SearchStrategy[list[Candidate]]:
    """A few people drawn from so few values that many are alike."""
    one = st.fixed_dictionaries(
        {
            "tn": st.sampled_from((*PLACEHOLDER_TN[:3], "0000012", "0000021", "0000034")),
            "ni": st.sampled_from((*PLACEHOLDER_NI[:3], "QQ123450A", "QQ123405A")),
            "born": st.sampled_from((*PLACEHOLDER_BIRTH[:2], "1980-02-03", "1980-03-02", "1971-11-30")),
            "family": st.sampled_from(FAMILIES),
            "given": st.sampled_from(GIVEN),
        }
    )
    return st.lists(one, max_size=size).map(lambda drawn: [candidate(**texts) for texts in drawn])


@given(people(), people())
def test_matching_is_the_same_from_either_side(left: list[Candidate], right: list[Candidate]) -> None:
    there, back = match(left, right, NOBODY), match(right, left, NOBODY)
    assert there.pairs == {(i, j): how for (j, i), how in back.pairs.items()}
    assert {(d.left, d.right, d.code) for d in there.doubts} == {
        (d.right, d.left, d.code) for d in back.doubts
    }


@given(people(), people(), st.randoms(use_true_random=False))
def test_matching_does_not_depend_on_the_order(
    left: list[Candidate], right: list[Candidate], shuffler: random.Random
) -> None:
    mixed_left, mixed_right = shuffler.sample(left, len(left)), shuffler.sample(right, len(right))
    first, second = match(left, right, NOBODY), match(mixed_left, mixed_right, NOBODY)
    assert {(id(left[i]), id(right[j])) for i, j in first.pairs} == {
        (id(mixed_left[i]), id(mixed_right[j])) for i, j in second.pairs
    }


@given(people(), people())
def test_nobody_is_matched_twice_nor_matched_and_proposed(
    left: list[Candidate], right: list[Candidate]
) -> None:
    found = match(left, right, NOBODY)
    lefts, rights = [i for i, _ in found.pairs], [j for _, j in found.pairs]
    assert len(set(lefts)) == len(lefts)
    assert len(set(rights)) == len(rights)
    assert not any(doubt.left in lefts or doubt.right in rights for doubt in found.doubts)


@given(
    st.sampled_from(PLACEHOLDER_TN), st.sampled_from(PLACEHOLDER_NI), st.sampled_from(PLACEHOLDER_BIRTH),
    st.sampled_from(FAMILIES), st.sampled_from(GIVEN),
)  # fmt: skip
def test_placeholders_match_nobody_and_are_not_even_proposed(
    tn: str, ni: str, born: str, family: str, given: str
) -> None:
    mis = candidate(tn=tn, ni=ni, born=born, family=family, given=given)
    payroll = candidate("payroll", tn=tn, ni=ni, born=born, family=family, given=given)
    found = match([mis], [payroll], NOBODY)
    assert (found.pairs, found.doubts) == ({}, [])


@given(people(2), people(2))
def test_a_pair_is_matched_only_on_a_birth_date_both_have(
    left: list[Candidate], right: list[Candidate]
) -> None:
    for i, j in match(left, right, NOBODY).pairs:
        assert left[i].identity.birth_dates & right[j].identity.birth_dates


@given(people(2), people(2))
def test_the_score_is_the_same_either_way_round(left: list[Candidate], right: list[Candidate]) -> None:
    for a in left:
        for b in right:
            assert score(a.identity, b.identity) == score(b.identity, a.identity)


@pytest.mark.parametrize(
    ("a", "b", "points"),
    [
        ({"family": "Ash", "given": "Ann"}, {"family": "Ash", "given": "Ann"}, 7),
        ({"family": "Ash", "given": "Ann", "born": "1980-02-03"}, {"family": "Elm", "given": "Ann"}, 1),
        ({"family": "Ashgrove", "given": "Ann"}, {"family": "Ashgrove-Elm", "given": "A"}, 4),
        ({"ni": "QQ123450A"}, {"ni": "QQ123405B"}, 5),
        ({"ni": "QQ123450A"}, {"ni": "QQ654321A"}, -4),
        ({"born": "1980-02-03"}, {"born": "1980-03-02"}, 3),
        ({"born": "1980-02-03"}, {"born": "1979-12-31"}, -5),
    ],
)
def test_evidence_is_weighed(a: dict[str, str], b: dict[str, str], points: int) -> None:
    assert score(identity(**a), identity(**b)).points == points


def _staff(count: int, shift: int) -> list[Candidate]:
    """People of a large employer; with a shift, half are the same and half have everything mistyped."""
    drawn = random.Random(7)
    names = ["".join(drawn.choices("abcdefghilmnorstu", k=7)).title() for _ in range(600)]
    found = []
    for number in range(count):
        family, given_name = drawn.choice(names), drawn.choice(names)
        day = drawn.randrange(15_000)
        wrong = shift if number % 2 else 0
        born = f"{1950 + day // 365}-{1 + (day // 31) % 12:02d}-{1 + (day + wrong) % 28:02d}"
        ni = f"QQ{number * 7 % 1_000_000:06d}A"
        found.append(candidate(ni=ni, born=born, family=family, given=given_name + ("e" if wrong else "")))
    return found


def _comparisons(count: int, monkeypatch: pytest.MonkeyPatch) -> int:
    calls = [0]

    def counted(a: object, b: object) -> object:
        calls[0] += 1
        return score(a, b)  # type: ignore[arg-type]

    monkeypatch.setattr(matching, "score", counted)
    found = match(_staff(count, 0), _staff(count, 1), NOBODY)
    assert len(found.pairs) >= count // 2
    assert len({doubt.left for doubt in found.doubts}) >= count * 2 // 5
    return calls[0]


def test_comparisons_grow_with_the_people_and_not_with_their_square(monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = _comparisons(1_000, monkeypatch), _comparisons(5_000, monkeypatch)
    assert large < 12 * small
    assert large < 5_000 * 5_000 / 100


@given(people(1))
def test_one_row_or_none_is_no_surprise(few: list[Candidate]) -> None:
    assert match([], few, NOBODY).pairs == {}
    assert match(few, [], NOBODY).pairs == {}
    assert set(match(few, few, NOBODY).pairs) <= {(0, 0)}
