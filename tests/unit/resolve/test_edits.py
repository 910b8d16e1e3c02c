"""Corrections on screen: laid over a return, found again in its next version, ticked off when put right."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.small_census import CENSUS, Records, checked, findings_of, school

from muster.model import MusterError, Notice, Return
from muster.resolve import ON_SCREEN, Edit, Identities, apply_edits, causes, net_edits, put_right

ANN, BEN = {"name": "Ann", "born": "1980-01-02"}, {"name": "Ben", "born": "2013-12-01"}
POSTS = [
    {"member_id": 1, "title": "Cook", "start": "2010-01-01", "pay": "900"},
    {"member_id": 2, "title": "Cook", "start": "2010-01-01", "pay": "1200"},
]


def two_people(**changes: str | None) -> Return:
    """Ann and Ben, each a cook; what is named is changed on Ben or his post."""
    ben = {**BEN, **{k: v for k, v in changes.items() if k in BEN}}
    post = {**POSTS[1], **{k: v for k, v in changes.items() if k in POSTS[1]}}
    return school(records={"members": [ANN, ben], "posts": [POSTS[0], post]})


def reordered() -> Return:
    """The next export of the same two people, the other way round and with other keys."""
    posts = [{**POSTS[1], "member_id": 1}, {**POSTS[0], "member_id": 2}]
    return school(records={"members": [BEN, ANN], "posts": posts})


def edit(one: Return, table: str, row: int, **item: str | None) -> Edit:
    """One value corrected on the record in a row."""
    ((name, value),) = item.items()
    was = one.tables[table].text[name][row]
    return Edit(table, Identities(CENSUS, one).of(table)[row], name, value, was)


def states(edits: list[Edit], new: Return) -> list[str]:
    return [found.state for found in put_right(CENSUS, edits, new)]


def test_a_record_keeps_its_name_when_the_file_is_exported_anew() -> None:
    before, after = Identities(CENSUS, two_people()), Identities(CENSUS, reordered())
    for table in ("members", "posts"):
        assert list(before.of(table)) == list(after.of(table))[::-1]
    assert before.find(after.of("posts")[0]) == ("posts", 1)
    assert before.find("0123456789abcdef") is None


def test_records_alike_are_told_apart_by_their_number() -> None:
    twins = school(records={"members": [ANN, ANN], "gaps": [{"title": None}, {"title": None}]})
    for table in ("members", "gaps"):
        first, second = Identities(CENSUS, twins).of(table)
        assert second == f"{first}.2"


def test_a_name_says_nothing_of_a_person_and_fits_into_an_address() -> None:
    assert all(len(name) == 16 and name.isalnum() for name in Identities(CENSUS, two_people()).of("members"))


def test_a_return_sent_under_another_number_keeps_the_names_of_its_records() -> None:
    other = two_people()
    other.tables["returns"].text["estab"] = ["4002"]
    assert Identities(CENSUS, other).of("members") == Identities(CENSUS, two_people()).of("members")


def test_an_edit_makes_a_corrected_copy_and_leaves_what_was_read() -> None:
    one = two_people()
    one.notices.append(Notice("read.x", "error", "twice", table="members", key=2, item="born"))
    done = apply_edits(CENSUS, one, [edit(one, "members", 1, born="1981-02-03")])
    assert done.one.tables["members"].text["born"] == ["1980-01-02", "1981-02-03"]
    assert one.tables["members"].text["born"] == ["1980-01-02", "2013-12-01"]
    assert one.tables["members"].text["name"] is done.one.tables["members"].text["name"]
    assert not one.provenance and list(done.one.provenance) == [("members", 2, "born")]
    assert done.one.provenance["members", 2, "born"].source == ON_SCREEN
    assert len(one.notices) == 1 and not done.one.notices
    assert findings_of(checked(one), "1100") and not findings_of(checked(done.one), "1100")


def test_edits_follow_one_another_on_the_record_as_it_was_received() -> None:
    one = two_people()
    first = edit(one, "members", 1, name="Benn")
    more = [replace(first, value="Benny", was="Benn"), edit(one, "posts", 1, pay="800")]
    done = apply_edits(CENSUS, one, [first, *more])
    assert done.one.tables["members"].text["name"] == ["Ann", "Benny"]
    assert done.one.tables["posts"].text["pay"] == ["900", "800"]
    assert len(done.applied) == 3


def test_an_edit_taken_back_leaves_no_trace() -> None:
    one = two_people()
    there = edit(one, "members", 1, name="Benn")
    back = replace(there, value=there.was, was=there.value)
    assert apply_edits(CENSUS, one, [there, back]).one.provenance == {}
    assert net_edits([there, back]) == ()


def test_an_edit_finds_its_record_in_the_next_version() -> None:
    one = two_people()
    edits = [edit(one, "members", 1, born="1981-02-03"), edit(one, "posts", 1, pay="800")]
    done = apply_edits(CENSUS, reordered(), edits)
    assert done.one.tables["members"].text["born"] == ["1981-02-03", "1980-01-02"]
    assert done.one.tables["posts"].text["pay"] == ["800", "900"]


def test_an_edit_whose_record_left_is_lost_and_said_so() -> None:
    one = two_people()
    edits = [edit(one, "members", 1, born="1981-02-03"), edit(one, "members", 0, born="1980-01-03")]
    done = apply_edits(CENSUS, school(records={"members": [ANN]}), edits)
    assert (done.lost, done.applied) == ((edits[0],), (edits[1],))
    assert states(edits, school(records={"members": [ANN]})) == ["record gone", "still old"]


def test_a_value_the_file_has_changed_since_is_not_overwritten() -> None:
    one = two_people()
    edits = [edit(one, "posts", 1, pay="800")]
    new = two_people(pay="850")
    done = apply_edits(CENSUS, new, edits)
    assert done.overtaken == tuple(edits) and done.one.tables["posts"].text["pay"] == ["900", "850"]
    (found,) = put_right(CENSUS, edits, new)
    assert (found.state, found.now) == ("something else", "850")


@pytest.mark.parametrize(
    ("pay", "state"), [("1200", "still old"), ("800", "put right"), (None, "something else")]
)
def test_a_correction_is_ticked_off_when_the_file_holds_it(pay: str | None, state: str) -> None:
    edits = [edit(two_people(), "posts", 1, pay="800")]
    assert states(edits, two_people(pay=pay)) == [state]


def test_a_naming_item_put_right_is_ticked_off_and_the_records_below_are_still_found() -> None:
    one = two_people()
    edits = [
        edit(one, "members", 1, name="Benn"),
        edit(one, "members", 1, born="1981-02-03"),
        edit(one, "posts", 1, start="2011-01-01"),
        edit(one, "posts", 1, pay="800"),
    ]
    assert states(edits, two_people(name="Benn")) == ["put right", "still old", "still old", "still old"]
    right = two_people(name="Benn", born="1981-02-03", start="2011-01-01")
    assert states(edits, right) == ["put right", "put right", "put right", "still old"]
    done = apply_edits(CENSUS, right, edits)
    assert done.one.tables["posts"].text["pay"] == ["900", "800"] and not done.lost


def test_one_of_two_alike_is_ticked_off_and_the_other_is_not() -> None:
    twins = school(records={"members": [ANN, ANN]})
    edits = [edit(twins, "members", 1, name="Anna")]
    assert states(edits, school(records={"members": [ANN, {**ANN, "name": "Anna"}]})) == ["put right"]
    assert states(edits, twins) == ["still old"]


def test_records_whose_names_moved_on_to_one_another_are_told_apart() -> None:
    """Ann was Bea and Bea was Cat: the Bea of the new file is the Ann of the old one."""
    one = school(records={"members": [{"name": "Ann"}, {"name": "Bea"}]})
    edits = [edit(one, "members", 0, name="Bea"), edit(one, "members", 1, name="Cat")]
    right = school(records={"members": [{"name": "Bea"}, {"name": "Cat"}]})
    assert states(edits, right) == ["put right", "put right"]
    assert apply_edits(CENSUS, right, edits).one.tables["members"].text["name"] == ["Bea", "Cat"]
    assert states(edits, one) == ["still old", "still old"]


def test_a_name_corrected_twice_is_followed_to_the_last() -> None:
    one = two_people()
    first = edit(one, "members", 1, name="Benn")
    edits = [first, replace(first, value="Benny", was="Benn"), edit(one, "posts", 1, pay="800")]
    assert apply_edits(CENSUS, two_people(name="Benny"), edits).one.tables["posts"].text["pay"] == [
        "900",
        "800",
    ]


def test_an_edit_kept_alone_goes_on_under_the_name_its_record_has_in_the_new_file() -> None:
    """Ben is Benn in the new file, so the correction of his name is done with; that of his pay is not."""
    one, new = two_people(), two_people(name="Benn")
    name, pay = edit(one, "members", 1, name="Benn"), edit(one, "posts", 1, pay="800")
    done, kept = put_right(CENSUS, [name, pay], new)
    assert (done.is_done, kept.state) == (True, "still old")
    assert apply_edits(CENSUS, new, [pay]).lost == (pay,)
    carried = replace(pay, identity=kept.identity)
    assert apply_edits(CENSUS, new, [carried]).one.tables["posts"].text["pay"] == ["900", "800"]
    assert [gone.identity for gone in put_right(CENSUS, [pay], school())] == [""]


def test_only_what_stands_of_several_corrections_is_followed() -> None:
    first = edit(two_people(), "posts", 1, pay="800")
    second = replace(first, value="700", was="800")
    assert net_edits([first, second]) == (replace(second, was="1200"),)
    assert states([first, second], two_people(pay="700")) == ["put right"]


def test_an_item_that_is_not_asked_cannot_be_corrected() -> None:
    one = two_people()
    for table, item in (("members", "shoe_size"), ("pets", "name")):
        with pytest.raises(MusterError, match=f"'{table}.{item}' is no item of the small census"):
            apply_edits(CENSUS, one, [Edit(table, "x", item, "1", None)])


def test_what_no_file_can_hold_cannot_be_typed_in() -> None:
    one = two_people()
    for typed in ("An\x00n", "An\nn", "\ud800"):
        with pytest.raises(MusterError, match="Name holds a character that no file can hold"):
            apply_edits(CENSUS, one, [edit(one, "members", 0, name=typed)])


def test_empty_text_is_no_value() -> None:
    cleared = edit(two_people(), "posts", 1, pay="")
    assert cleared.value is None and states([cleared], two_people(pay=None)) == ["put right"]
    assert replace(cleared, value="1", was="").was is None


def test_one_edit_makes_no_single_mistakes_a_fault_of_the_export() -> None:
    births = ["2013-12-01"] * 6 + ["1980-01-01"] * 14
    one = school(records={"members": [{"name": f"P{n}", "born": born} for n, born in enumerate(births)]})
    done = apply_edits(CENSUS, one, [edit(one, "members", 19, name="Pat")])
    (cause,) = [found for found in causes(checked(done.one).findings, [done.one]) if found.rule_id == "1100"]
    assert (cause.kind, cause.findings, cause.values) == ("entry", 6, 20)


@given(st.lists(st.sampled_from(["Ann", "Ben", "Cat"]), min_size=1, max_size=6), st.data())
def test_every_edit_of_a_version_finds_its_record_in_that_version(
    names: list[str], data: st.DataObject
) -> None:
    one = school(records={"members": [{"name": name} for name in names]})
    row = data.draw(st.integers(0, len(names) - 1))
    made = edit(one, "members", row, name=data.draw(st.sampled_from(["Ann", "Dan", None])))
    done = apply_edits(CENSUS, one, [made])
    assert done.applied == (made,)
    assert done.one.tables["members"].text["name"][row] == made.value


def moved_in_a_ring(moves: dict[str, str]) -> bool:
    """Whether some names were only exchanged, which leaves no trace."""
    for name in moves:
        at = moves[name]
        while at in moves and at != name:
            at = moves[at]
        if at == name:
            return True
    return False


@given(
    st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=5, unique=True),
    st.dictionaries(st.sampled_from("ABCDEF"), st.sampled_from("ABCDEFGH"), max_size=5),
    st.randoms(use_true_random=False),
)
def test_what_was_corrected_and_then_exported_is_ticked_off(
    names: list[str], wanted: dict[str, str], order: Random
) -> None:
    moves = {name: new for name, new in wanted.items() if name in names and new != name}
    after = [(moves.get(name, name), "2" if name in moves else "1") for name in names]
    assume(len(dict(after)) == len(names) and not moved_in_a_ring(moves))
    one = school(records=cooks([(name, "1") for name in names]))
    edits = [edit(one, "members", names.index(name), name=new) for name, new in moves.items()]
    edits += [edit(one, "posts", names.index(name), pay="2") for name in moves]
    order.shuffle(after)
    assert set(states(edits, school(records=cooks(after)))) <= {"put right"}
    assert set(states(edits, one)) <= {"still old"}


def cooks(people: list[tuple[str, str]]) -> Records:
    """People by name, each a cook with some pay."""
    return {
        "members": [{"name": name} for name, _ in people],
        "posts": [{"member_id": n, "title": "Cook", "pay": pay} for n, (_, pay) in enumerate(people, 1)],
    }
