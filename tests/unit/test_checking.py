"""Checking many returns: in batches, on every core or one by one, the answer is the same.

The universe: six small returns of 2025 (999/4000 to 999/4005).  In each Ann Smith has no ethnicity; in two of them
the same NI number belongs to people born on different days, which only a rule across returns can see.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.xml_returns import contract, details, elements, with_members

from muster import checking
from muster.checking import Checked, Expected, check_files, notes_beside, tables_read
from muster.engines import start_engine
from muster.model import Collection, MusterError, Outcome, SourceFile
from muster.resolve import Note, keep_notes


def of_school(estab: int) -> str:
    """The return of a school."""
    born = "1980-01-02" if estab % 2 else "1981-03-04"
    ni = "AB111111A" if estab in (4001, 4004) else f"AB{str(estab % 10 + 2) * 6}A"
    ann = details(PersonFamilyName="Smith", NINumber=ni, Sex="F", PersonBirthDate=born)
    text = with_members(ann + contract(elements(ContractType="PRM", Post="TAS")), year="2025")
    return text.replace("<LEA>919<", "<LEA>999<").replace(">4001<", f">{estab}<")


@pytest.fixture
def sources(tmp_path: Path) -> list[SourceFile]:
    """The six files."""
    found = []
    for estab in range(4000, 4006):
        path = tmp_path / f"{estab}.xml"
        path.write_text(of_school(estab), encoding="utf-8")
        found.append(SourceFile(path, path.name, "", path.stat().st_size))
    return found


def in_batches(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    """Check so many files at a time, on every core."""
    monkeypatch.setattr(checking, "_IN_THIS_PROCESS", 0)
    monkeypatch.setattr(checking, "_BATCH_BYTES", count * 1_000)


def alike(one: Checked, other: Checked) -> None:
    """Two checks gave one answer."""
    assert one.result.findings == other.result.findings
    assert [o._replace(reason="") for o in one.result.outcomes] == [
        o._replace(reason="") for o in other.result.outcomes
    ]
    assert (one.result.refs, one.refused) == (other.result.refs, other.refused)
    assert set(one.causes) == set(other.causes)


def test_batches_on_every_core_answer_as_one_process_does(
    collection: Collection, sources: list[SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    together = check_files(collection, sources)
    assert "same_ni_number_other_details" in {f.rule_id for f in together.result.findings}
    in_batches(monkeypatch, 2)
    assert len(list(checking._batches(sources))) > 1
    alike(check_files(collection, sources), together)


def test_a_refused_file_does_not_stop_the_others(
    collection: Collection, sources: list[SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sources[2].path.read_text(encoding="utf-8")
    sources[2].path.write_text(whole[:-40], encoding="utf-8")
    sources[4].path.write_bytes(b"")
    serial = check_files(collection, sources)
    assert len(serial.result.refs) == 4 and len(serial.refused) == 2
    assert any(text.startswith("4002.xml, line ") for text in serial.refused)
    in_batches(monkeypatch, 1)
    parallel = check_files(collection, sources)
    assert parallel.result.refs == serial.result.refs and set(parallel.refused) == set(serial.refused)


def test_a_finding_across_returns_carries_the_explanation_beside_its_own_return(
    collection: Collection, sources: list[SourceFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    local = checking.Local(downgraded={"same_ni_number_other_details": "asked the office"})
    found = [
        f for f in check_files(collection, sources, local=local).result.findings if f.scope == "authority"
    ]
    first = next(f for f in found if f.ref == "999/4001")
    keep_notes(notes_beside(sources[1]), {first.fingerprint: Note(first.fingerprint, "Two people")})
    for batches in (False, True):
        if batches:
            in_batches(monkeypatch, 2)
        again = check_files(collection, sources, local=local).result.findings
        explained = [f.fingerprint for f in again if f.explanation]
        assert explained == [first.fingerprint]


def test_the_same_school_twice_is_refused_by_both_files(
    collection: Collection, sources: list[SourceFile]
) -> None:
    text = sources[0].path.read_text(encoding="utf-8")
    sources[1].path.write_text(text, encoding="utf-8")
    with pytest.raises(MusterError, match=r"4000.xml and 4001.xml are both the return of 999/4000"):
        check_files(collection, sources)


def test_only_returns_of_the_expected_school_are_checked(
    collection: Collection, sources: list[SourceFile]
) -> None:
    expected = Expected(school="999/4003", names={"999/4003": "Abbey School"})
    checked = check_files(collection, sources, expected=expected)
    assert checked.result.refs == ("999/4003",) and len(checked.refused) == 5
    assert checked.refused[0].startswith(
        "4000.xml is the return of 999/4000, not of 999/4003 (Abbey School)."
    )


def test_what_compares_returns_is_not_run_on_one_alone(
    collection: Collection, sources: list[SourceFile]
) -> None:
    outcomes = {o.rule_id: o for o in check_files(collection, sources[:1]).result.outcomes}
    across = outcomes["same_ni_number_other_details"]
    assert across.outcome is Outcome.NOT_RUN and "there is only one" in across.reason


def test_the_tables_a_rule_reads_are_found_through_derived_tables(collection: Collection) -> None:
    engine = start_engine("sqlite", collection, 2025)
    found = tables_read(engine, ["more_than_full_time_across_schools_by_ni_number"])
    engine.close()
    assert {"returns", "members", "contracts", "hours"} <= found
    assert not found & {"absences", "qualifications", "vacancies"}
