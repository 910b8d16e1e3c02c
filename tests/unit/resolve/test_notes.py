"""Explanations stay with their findings, whatever is written in them and however often files are checked again."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.small_census import checked, school

from muster.model import CheckResult, Finding, MusterError
from muster.resolve import Note, apply_notes, export_notes, import_notes, keep_notes, read_notes, write_notes

PAID = {
    "members": [{"name": "Ann"}, {"name": "Bob", "born": "2013-12-01"}],
    "posts": [
        {"member_id": 1, "title": "Head", "pay": "1500"},
        {"member_id": 2, "title": "Cook", "pay": "1200"},
    ],
}
anything = st.text(st.characters(blacklist_categories=["Cs"]), max_size=40)
words = anything.map(str.strip).filter(bool)
ONE_FOLDER = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def result() -> CheckResult:
    """Two queries about pay and one error."""
    return checked(school(records=PAID))


def queries(result: CheckResult) -> list[Finding]:
    return [finding for finding in result.findings if finding.severity == "query"]


def test_there_are_no_notes_where_there_is_no_file(tmp_path: Path) -> None:
    assert read_notes(tmp_path / "4001.notes.toml") == {}


def test_the_file_has_room_for_an_explanation_of_every_query_and_of_no_error(
    tmp_path: Path, result: CheckResult
) -> None:
    write_notes(tmp_path / "n.toml", result.findings, {})
    text = (tmp_path / "n.toml").read_text(encoding="utf-8")
    assert text.count("[[note]]") == 2
    assert text.count('explanation = ""') == 2
    assert "Pay 1500 is above 1000.0." in text
    assert read_notes(tmp_path / "n.toml") == {}


def test_an_explanation_written_into_the_file_is_carried_to_the_next_version(tmp_path: Path) -> None:
    path = tmp_path / "n.toml"
    write_notes(path, checked(school(records=PAID)).findings, {})
    path.write_text(path.read_text("utf-8").replace('explanation = ""', 'explanation = "Agreed"', 1), "utf-8")
    corrected = PAID | {"members": [{"name": "Ann"}, {"name": "Bob", "born": "1980-12-01"}]}
    after = apply_notes(checked(school(records=corrected)), read_notes(path))
    assert [f.explanation for f in after.findings] == ["Agreed", ""]
    assert (after.to_fix, after.to_explain, after.explained) == (0, 1, 1)


def test_an_error_cannot_be_explained_away(result: CheckResult) -> None:
    notes = {f.fingerprint: Note(f.fingerprint, "It is fine") for f in result.findings}
    explained = apply_notes(result, notes)
    assert (explained.to_fix, explained.to_explain, explained.explained) == (1, 0, 2)


def test_the_note_of_a_finding_that_is_gone_is_kept_and_comes_back_with_it(
    tmp_path: Path, result: CheckResult
) -> None:
    path, first = tmp_path / "n.toml", queries(result)[0]
    notes = {first.fingerprint: Note(first.fingerprint, "Agreed", by="the head", rule=first.code)}
    write_notes(path, [], notes)
    assert "[[past_note]]" in path.read_text("utf-8")
    kept = read_notes(path)
    assert kept[first.fingerprint].text == "Agreed"
    write_notes(path, result.findings, kept)
    back = read_notes(path)[first.fingerprint]
    assert (back.text, back.by, back.carried) == ("Agreed", "the head", True)


def test_no_file_is_left_where_there_is_nothing_to_explain(tmp_path: Path, result: CheckResult) -> None:
    path = tmp_path / "n.toml"
    write_notes(path, result.findings, {})
    write_notes(path, [], {})
    assert not path.exists()


@ONE_FOLDER
@given(text=words, by=anything, message=anything)
def test_whatever_is_written_is_read_again(tmp_path: Path, text: str, by: str, message: str) -> None:
    note = Note("0123456789abcdef", text, by, "1200Q", "999/4001", "Ann: Head", message)
    write_notes(tmp_path / "n.toml", [], {note.fingerprint: note})
    assert read_notes(tmp_path / "n.toml") == {note.fingerprint: note}


@cache
def two_queries() -> list[Finding]:
    """The queries of one school, checked once for all examples."""
    return queries(checked(school(records=PAID)))


@ONE_FOLDER
@given(text=words, by=words)
def test_whatever_is_exported_is_imported_again(tmp_path: Path, text: str, by: str) -> None:
    found = two_queries()
    note = Note(found[0].fingerprint, text, by)
    assert export_notes(tmp_path / "n.csv", found, {note.fingerprint: note}) == 2
    back = import_notes(tmp_path / "n.csv")
    assert set(back) == {note.fingerprint}
    assert (back[note.fingerprint].text, back[note.fingerprint].by) == (text, by)


@ONE_FOLDER
@given(text=words)
def test_no_exported_cell_is_a_formula(tmp_path: Path, text: str) -> None:
    found = two_queries()
    export_notes(tmp_path / "n.csv", found, {found[0].fingerprint: Note(found[0].fingerprint, text, text)})
    with (tmp_path / "n.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r\n")]


def test_an_export_that_lost_a_column_is_refused(tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text("rule,explanation\n1200Q,yes\n", encoding="utf-8")
    with pytest.raises(MusterError, match=r"n\.csv has no column fingerprint; export it again"):
        import_notes(tmp_path / "n.csv")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00x", b"fingerprint;explanation\n1;2\n"])
def test_a_file_that_is_no_export_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "n.csv").write_bytes(content)
    with pytest.raises(MusterError, match=r"n\.csv"):
        import_notes(tmp_path / "n.csv")


def test_an_export_saved_with_short_rows_or_another_encoding_is_read_or_refused(tmp_path: Path) -> None:
    (tmp_path / "short.csv").write_text(
        "fingerprint,rule,explanation\nabc\nabd,1200Q,yes\n", encoding="utf-8"
    )
    assert set(import_notes(tmp_path / "short.csv")) == {"abd"}
    (tmp_path / "latin.csv").write_bytes("fingerprint,explanation\nabc,Zoë\n".encode("latin-1"))
    with pytest.raises(MusterError, match=r"latin\.csv"):
        import_notes(tmp_path / "latin.csv")


@pytest.mark.parametrize(
    "content", ["[[note]\n", '[[note]]\nexplanation = "yes"\n', 'note = "yes"\n', "note = [1]\n"]
)
def test_a_notes_file_that_cannot_be_read_is_refused_with_its_name(tmp_path: Path, content: str) -> None:
    (tmp_path / "n.toml").write_text(content, encoding="utf-8")
    with pytest.raises(MusterError, match=r"n\.toml"):
        read_notes(tmp_path / "n.toml")


def test_imported_notes_join_those_that_wait_and_replace_older_ones(tmp_path: Path) -> None:
    path = tmp_path / "n.toml"
    keep_notes(path, {"a": Note("a", "first"), "b": Note("b", "second")})
    keep_notes(path, {"b": Note("b", "newer"), "c": Note("c", "third")})
    keep_notes(path, {})
    assert {k: n.text for k, n in read_notes(path).items()} == {"a": "first", "b": "newer", "c": "third"}
