"""A desk inspects one return after another: as received, corrected on screen, explained, and refused in plain words."""

from __future__ import annotations

import csv
import hashlib
import io
import threading
import zipfile
from pathlib import Path

import pytest
from tests.children_files import child, episode, file_of
from tests.inspected import YEAR, edit_of, of_item, school
from tests.looked_after_files import EPISODES, HEADER, ONE_EPISODE, table
from tests.xml_returns import received

from muster.checking import check_files
from muster.collect import take_in
from muster.inspecting import (
    Desk,
    Inspected,
    Received,
    Rulings,
    corrected_set,
    corrected_xml,
    desk_for,
    differences_between,
    summary_of,
    tables_zip,
    workbook_of_findings,
)
from muster.model import Collection, MusterError, Outcome, Provenance, SourceFile, UnreadableFile
from muster.model.local import Local
from muster.read import read_xml
from muster.report import finding_json, findings_json
from muster.resolve import Note, put_right


@pytest.fixture
def desk() -> Desk:
    return Desk("school_workforce", YEAR)


def test_a_desk_finds_what_the_command_finds_with_the_same_fingerprints(
    desk: Desk, collection: Collection, tmp_path: Path
) -> None:
    source = school(tmp_path)
    checked, inspected = check_files(collection, [source]), desk.inspect(source)
    assert inspected.result.findings == checked.result.findings
    assert inspected.causes == checked.causes and inspected.ref == "919/4001"
    whole = findings_json(checked.result)["findings"]
    assert [finding_json(finding) for finding in inspected.result.findings] == whole != []


def test_an_edit_puts_a_finding_right_and_leaves_the_file_as_it_came(desk: Desk, tmp_path: Path) -> None:
    source = school(tmp_path)
    before = hashlib.sha256(source.path.read_bytes()).digest()
    first = desk.inspect(source)
    (wrong,) = of_item(first, "sex")
    again = desk.inspect(source, edits=[edit_of(first, wrong, "sex", "F")])
    assert not of_item(again, "sex") and again.finding(wrong) is None
    assert again.readiness.to_fix == first.readiness.to_fix - 1
    assert again.received.tables["members"].text["sex"] == ["X", "M"]
    assert again.corrected.tables["members"].text["sex"] == ["F", "M"]
    assert hashlib.sha256(source.path.read_bytes()).digest() == before


def test_an_edit_is_ticked_off_when_the_next_file_holds_it(desk: Desk, tmp_path: Path) -> None:
    first = desk.inspect(school(tmp_path))
    edits = (edit_of(first, of_item(first, "sex")[0], "sex", "F"),)
    for sex, state in (("X", "still old"), ("F", "put right"), ("M", "something else")):
        new = desk.inspect(school(tmp_path, sex=sex, name=f"{sex}.xml"), edits=edits)
        assert [found.state for found in put_right(desk.collection, edits, new.received)] == [state]
        assert (new.edited.applied, new.edited.overtaken) == ((edits, ()) if sex == "X" else ((), edits))


def test_an_explanation_stays_with_its_query(desk: Desk, tmp_path: Path) -> None:
    first = desk.inspect(school(tmp_path))
    query = next(f for f in first.result.findings if f.severity == "query")
    notes = {query.fingerprint: Note(query.fingerprint, "Asked; it is so.")}
    again = desk.inspect(school(tmp_path, sex="F", name="next.xml"), notes=notes)
    assert again.finding(query.fingerprint).explanation == "Asked; it is so."  # type: ignore[union-attr]
    assert again.readiness.explained == 1


def test_what_the_department_rules_is_told_with_its_reason(desk: Desk, tmp_path: Path) -> None:
    source = school(tmp_path)
    first = desk.inspect(source)
    sex = first.finding(of_item(first, "sex")[0])
    assert sex is not None and sex.severity == "error"
    ruled = desk.inspect(source, rulings=Rulings(suspended={sex.rule_id: "The codes are under review."}))
    outcomes = {o.rule_id: o for o in ruled.result.outcomes}
    assert outcomes[sex.rule_id].outcome is Outcome.NOT_RUN
    assert outcomes[sex.rule_id].reason == "suspended by the department: The codes are under review."
    softer = desk.inspect(source, rulings=Rulings(downgraded={sex.code: "The codes are under review."}))
    query = softer.finding(sex.fingerprint)
    assert query is not None and query.severity == "query"
    assert desk.inspect(source).result == first.result


def test_a_return_of_another_school_is_refused_with_both_names(desk: Desk, tmp_path: Path) -> None:
    names = {"919/4001": "Abbey School", "919/4002": "Bridge School"}
    with pytest.raises(UnreadableFile) as refused:
        desk.inspect(school(tmp_path), school="919/4002", names=names)
    assert "is the return of 919/4001 (Abbey School), not of 919/4002 (Bridge School)" in str(refused.value)
    assert desk.inspect(school(tmp_path), school="919/4001").ref == "919/4001"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7", "it is a PDF document"),
        (b"<Message><Header>", "the file stops before its end"),
        (b"<html></html>", "a web page"),
    ],
)
def test_what_is_no_return_is_refused_in_plain_words(
    desk: Desk, tmp_path: Path, content: bytes, said: str
) -> None:
    with pytest.raises(UnreadableFile, match=said):
        desk.inspect(received(tmp_path, content))


def test_a_return_of_another_year_and_two_files_at_once_are_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"return\.xml is a return of 2013; this check is for 2025"):
        desk.inspect(school(tmp_path, year="2013"))
    both = Received((school(tmp_path), school(tmp_path, name="again.xml")))
    with pytest.raises(UnreadableFile, match="is one XML file, and here are 2; send them one by one"):
        desk.inspect(both)


def test_a_collection_or_year_that_is_not_known_has_no_desk() -> None:
    with pytest.raises(MusterError, match="there is no collection 'school_work'; did you mean"):
        Desk("school_work", YEAR)
    with pytest.raises(MusterError, match=r"is known for .*, not for 1999"):
        Desk("school_workforce", 1999)


def test_a_desk_that_was_closed_starts_again(desk: Desk, tmp_path: Path) -> None:
    first = desk.inspect(school(tmp_path))
    desk.close()
    assert desk.inspect(school(tmp_path)).result == first.result


def test_a_place_keeps_its_own_settings(tmp_path: Path) -> None:
    desk = Desk("school_workforce", YEAR, local=Local(suspended={"4220": "ours"}))
    outcomes = {o.code: o for o in desk.inspect(school(tmp_path)).result.outcomes}
    assert outcomes["4220"].reason == "suspended here: ours"


def test_a_small_return_and_a_large_one_run_on_the_engine_that_suits_them(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = desk.inspect(school(tmp_path))
    assert set(desk._engines) == {"sqlite"}
    monkeypatch.setattr("muster.inspecting.desk.engine_for", lambda rows: "duckdb" if rows else "sqlite")
    large = desk.inspect(school(tmp_path))
    assert set(desk._engines) == {"sqlite", "duckdb"} and large.result == small.result


def test_a_thread_keeps_its_desks_warm_and_shares_none() -> None:
    mine, others = desk_for("school_workforce", YEAR), []
    assert desk_for("school_workforce", YEAR) is mine
    other = threading.Thread(target=lambda: others.append(desk_for("school_workforce", YEAR)))
    other.start()
    other.join()
    assert others and others[0] is not mine


def test_only_the_desks_last_used_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("muster.inspecting.desk._DESKS_KEPT", 2)
    first, second = desk_for("school_workforce", 2023), desk_for("school_workforce", 2024)
    assert desk_for("school_workforce", 2023) is first
    desk_for("school_workforce", 2025)
    assert desk_for("school_workforce", 2023) is first
    assert desk_for("school_workforce", 2024) is not second


# -- what can be taken away ------------------------------------------------------------------------------


@pytest.fixture
def corrected(desk: Desk, tmp_path: Path) -> Inspected:
    """The school with Ann's sex put right on screen."""
    first = desk.inspect(school(tmp_path))
    return desk.inspect(school(tmp_path), edits=[edit_of(first, of_item(first, "sex")[0], "sex", "F")])


def test_the_corrected_xml_holds_the_edits_and_reads_as_the_corrected_return(
    corrected: Inspected, tmp_path: Path
) -> None:
    again = read_xml(corrected.collection, received(tmp_path, corrected_xml(corrected), "corrected.xml"))
    assert again.tables["members"].text["sex"] == ["F", "M"]
    assert {n: t.text for n, t in again.tables.items()} == {
        n: t.text for n, t in corrected.corrected.tables.items()
    }


def test_tables_and_findings_can_be_taken_away(corrected: Inspected) -> None:
    with zipfile.ZipFile(io.BytesIO(tables_zip(corrected))) as packed:
        text = packed.read("members.csv").decode("utf-8-sig")
    assert [row["sex"] for row in csv.DictReader(io.StringIO(text))] == ["F", "M"]
    with zipfile.ZipFile(io.BytesIO(workbook_of_findings(corrected))) as book:
        assert "xl/workbook.xml" in book.namelist()
    assert tables_zip(corrected) == tables_zip(corrected)
    assert workbook_of_findings(corrected) == workbook_of_findings(corrected)


def test_the_summary_counts_the_corrected_return(corrected: Inspected) -> None:
    summary = summary_of(corrected, school_name="Abbey School")
    assert summary.title.endswith("summary for Abbey School")
    assert ("2", "staff records") in [(figure.number, figure.label) for figure in summary.figures]


def test_two_versions_are_compared_record_by_record(desk: Desk, corrected: Inspected, tmp_path: Path) -> None:
    (found,) = differences_between(desk.inspect(school(tmp_path)), corrected)
    assert (found.kind, found.record) == ("changed", "Ann Smith, born 2 January 1980")
    assert [(c.item, c.was, c.now) for c in found.changes] == [("sex", "X", "F")]


# -- the other collections -------------------------------------------------------------------------------


def looked_after(folder: Path) -> tuple[SourceFile, ...]:
    """A set of two tables, kept under names that say nothing, as uploads are."""
    given = (
        table(folder, "1f", HEADER, "C1,3,05/06/2012,WBRI,A1,0,"),
        table(folder, "2f", EPISODES, ONE_EPISODE),
    )
    names = ("header.csv", "episodes.csv")
    return tuple(
        take_in(file.path, name, unpack_to=folder / "unpacked").files[0]
        for file, name in zip(given, names, strict=True)
    )


def test_a_set_of_tables_is_inspected_edited_and_shown_like_any_return(tmp_path: Path) -> None:
    desk, files = Desk("looked_after", YEAR), Received(looked_after(tmp_path))
    first = desk.inspect(files, school="999")
    wrong = next(f for f in first.result.findings if f.table == "header" and set(f.values) == {"sex"})
    line = next(one for one in first.records.people() if one.to_fix)
    assert line.label == "child C1"
    again = desk.inspect(files, school="999", edits=[edit_of(first, wrong.fingerprint, "sex", "1")])
    assert again.finding(wrong.fingerprint) is None and again.edited.applied
    assert first.received.tables["header"].text["sex"] == ["3"]
    with pytest.raises(MusterError, match=r"does not write it\. Take its set of tables instead"):
        corrected_xml(again)
    path = tmp_path / "corrected"
    path.write_bytes(corrected_set(again))
    taken = take_in(path, "corrected.zip", unpack_to=tmp_path / "more")
    assert {file.name for file in taken.files} == {"corrected.zip/header.csv", "corrected.zip/episodes.csv"}
    sent = desk.inspect(Received(taken.files), school="999")
    assert {f.fingerprint for f in sent.result.findings} == {f.fingerprint for f in again.result.findings}
    for name in ("header", "episodes"):
        assert sent.received.tables[name].text == again.corrected.tables[name].text


def test_a_return_sent_as_xml_has_no_set_of_tables(corrected: Inspected) -> None:
    with pytest.raises(MusterError, match="is sent as XML and not as a set of tables"):
        corrected_set(corrected)


def test_a_child_is_edited_like_anyone(tmp_path: Path) -> None:
    desk = Desk("children_in_need", 2026)
    source = received(tmp_path, file_of(child(episode(CINreferralDate="2027-01-01"))))
    first = desk.inspect(source, school="999")
    wrong = next(f for f in first.result.findings if "referral_date" in f.values and f.severity == "error")
    edits = [edit_of(first, wrong.fingerprint, "referral_date", "2025-05-06")]
    again = desk.inspect(source, school="999", edits=edits)
    assert again.finding(wrong.fingerprint) is None
    assert b"<CINreferralDate>2025-05-06</CINreferralDate>" in corrected_xml(again)
    assert again.records.people()[0].identity == first.records.people()[0].identity
    with pytest.raises(UnreadableFile, match="is the return of 999, not of 998"):
        desk.inspect(source, school="998")


def test_a_return_built_here_keeps_the_source_of_each_value(desk: Desk, tmp_path: Path) -> None:
    built = read_xml(desk.collection, school(tmp_path))
    built.provenance["members", 1, "sex"] = Provenance("mis", "staff.csv", 2, "Gender", "sims 1")
    first = desk.inspect_built(built)
    (wrong,) = of_item(first, "sex")
    person = first.records.tree(first.records.people()[0].identity)
    assert person is not None
    sex = next(f for f in person.fields if f.asked.name == "sex")
    assert sex.came == "mis: staff.csv, Gender, row 2"
    again = desk.inspect_built(built, edits=[edit_of(first, wrong, "sex", "F")])
    assert again.finding(wrong) is None and built.tables["members"].text["sex"] == ["X", "M"]


def test_last_years_return_can_stand_beside_a_set(tmp_path: Path) -> None:
    desk, files = Desk("looked_after", YEAR), looked_after(tmp_path)
    reasons = [
        {o.reason for o in desk.inspect(one, school="999").result.outcomes}
        for one in (Received(files), Received(files, previous=files))
    ]
    assert "no previous return" in reasons[0] and "no previous return" not in reasons[1]


def test_a_collection_without_a_summary_says_so(tmp_path: Path) -> None:
    inspected = Desk("looked_after", YEAR).inspect(Received(looked_after(tmp_path)), school="999")
    with pytest.raises(MusterError, match="has no school summary"):
        summary_of(inspected)
