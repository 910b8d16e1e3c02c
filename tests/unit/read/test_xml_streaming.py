"""A return read in parts is the return read whole, and no file is read shorter than it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.xml_returns import BODY, contract, details, elements, message, of_code, received, with_members

from muster.model import Collection, Return, UnreadableFile
from muster.read._xml_lines import XmlElement
from muster.read._xml_walk import Walker
from muster.read.xml_reader import read_xml, stream_xml

FEED = "muster.read._xml_feed.PIECE"
PAY = "<PostLevelDetails><Payments><BasePay>1</BasePay></Payments></PostLevelDetails>"
PERSON = (
    details(TeacherNumber="0000001")
    + contract(elements(Post="TCH") + PAY)
    + "<Absences><Absence/></Absences>"
)
LATE = "<SchoolWorkforceModules><AbsencesIncluded>true</AbsencesIncluded></SchoolWorkforceModules>"


def tables(*parts: Return) -> dict[str, tuple[object, ...]]:
    """Everything the parts hold, the return's own row from the last."""
    held = {}
    for name, rows in parts[-1].tables.items():
        of_parts = [part.tables[name] for part in parts] if name != "returns" else [rows]
        keys = {key: [k for part in of_parts for k in part.keys[key]] for key in rows.keys}
        text = {item: [t for part in of_parts for t in part.text[item]] for item in rows.text}
        held[name] = (keys, text, [line for part in of_parts for line in part.lines])
    return held


def test_a_large_file_in_which_equal_texts_are_held_once_reads_as_a_small_one(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = received(tmp_path, with_members(*[PERSON] * 50))
    small = read_xml(collection, file)
    monkeypatch.setattr(FEED, 64)
    monkeypatch.setattr("muster.read.xml_reader._MUCH", 0)
    large = read_xml(collection, file)
    assert tables(large) == tables(small)
    numbers = large.tables["members"].text["teacher_number"]
    assert len(numbers) == 50
    assert len(set(map(id, numbers))) == 1


def test_parts_put_together_are_the_whole(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = BODY.format(members=f"<SchoolWorkforceMember>{PERSON}</SchoolWorkforceMember>\n" * 50)
    source = received(tmp_path, message(people + LATE))
    whole = read_xml(collection, source)
    monkeypatch.setattr(FEED, 500)
    parts = list(stream_xml(collection, source, batch_records=7))
    assert len(parts) > 5
    assert {part.ref for part in parts} == {"919/4001"}
    assert tables(*parts) == tables(whole)
    assert whole.header["absences_included"] == parts[-1].header["absences_included"] == "true"


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 64, 1000])
def test_it_does_not_matter_where_the_pieces_break(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    odd = "x<StaffDetails a='1'>\n <Ethnicity>A&amp;B</Ethnicity><Ethnicity/>y</StaffDetails>z<Unheard>q</Unheard>"
    source = received(tmp_path, with_members(odd, PERSON, odd))
    whole = read_xml(collection, source)
    monkeypatch.setattr(FEED, piece)
    pieces = read_xml(collection, source)
    assert tables(pieces) == tables(whole)
    assert sorted(map(repr, pieces.notices)) == sorted(map(repr, whole.notices))


def test_notices_come_once_and_their_rest_with_the_last_part(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FEED, 300)
    parts = list(stream_xml(collection, received(tmp_path, with_members(*["<U/>"] * 100)), batch_records=10))
    assert sum(len(of_code(part, "read.unknown_element")) for part in parts) == 20
    assert [part for part in parts if of_code(part, "read.more")] == [parts[-1]]


def test_what_was_read_is_not_held(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FEED, 2000)
    held: list[int] = []
    plain = Walker.sweep

    def watched(self: Walker, root: XmlElement, **how: bool) -> bool:
        done = plain(self, root, **how)
        held.append(sum(1 for _ in root.iter()))
        return done

    monkeypatch.setattr(Walker, "sweep", watched)
    list(stream_xml(collection, received(tmp_path, with_members(*[PERSON] * 200)), batch_records=10))
    assert len(held) > 10 and max(held) < 60


def test_a_broken_file_never_ends_well_in_parts(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FEED, 500)
    source = received(tmp_path, with_members(*[PERSON] * 20)[:-30])
    with pytest.raises(UnreadableFile):
        list(stream_xml(collection, source, batch_records=5))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_file_cut_anywhere_is_refused(collection: Collection, tmp_path: Path, encoding: str) -> None:
    raw = with_members(PERSON).encode(encoding)
    end = len(with_members(PERSON).rstrip().encode(encoding))
    for length in range(end):
        with pytest.raises(UnreadableFile):
            read_xml(collection, received(tmp_path, raw[:length]))
    whole = tables(read_xml(collection, received(tmp_path, raw)))
    assert tables(read_xml(collection, received(tmp_path, raw[:end]))) == whole


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.integers(0, 700), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_file_is_read_or_refused(
    collection: Collection, tmp_path: Path, damage: list[tuple[int, int]]
) -> None:
    raw = bytearray(with_members(PERSON).encode())
    for place, byte in damage:
        raw[place % len(raw)] = byte
    try:
        read = read_xml(collection, received(tmp_path, bytes(raw)))
    except UnreadableFile as refused:
        assert str(refused).startswith("return.xml")
    else:
        assert read.ref


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="￾￿"))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=4),
    st.sampled_from(["utf-8", "utf-16", "ascii", "windows-1252"]),
)
def test_any_text_comes_back_as_it_was_written(
    collection: Collection, tmp_path: Path, people: list[tuple[str, str, str]], encoding: str
) -> None:
    names = ("TeacherNumber", "Ethnicity", "Disability")
    members = [details(**dict(zip(names, values, strict=True))) for values in people]
    head = f'<?xml version="1.0" encoding="{encoding}"?>\n'
    raw = (head + with_members(*members)).encode(encoding, "xmlcharrefreplace")
    rows = read_xml(collection, received(tmp_path, raw)).tables["members"].rows()
    read = [(row["teacher_number"], row["ethnicity"], row["disability"]) for row in rows]
    assert read == [tuple(text.strip() or None for text in values) for values in people]
