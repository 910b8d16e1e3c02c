"""Everything a build leaves for people to read, written into its output folder."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from muster.building import Output
from muster.catalogue import load_collection
from muster.link import Linked, write_conflicts, write_left_out, write_proposals, write_to_key
from muster.model import Collection, Return
from muster.model.authority import Authority
from muster.report import (
    school_summary,
    write_coverage_html,
    write_coverage_workbook,
    write_csv,
    write_json,
    write_summary_html,
    write_summary_pdf,
    write_workbook,
)
from muster.resolve import Note, Resolution, write_notes


def write_reports(
    collection: Collection,
    authority: Authority,
    linked: Linked,
    resolution: Resolution,
    output: Output,
    notes: Mapping[str, Note],
    last_year: Mapping[str, Return],
) -> None:
    """Write findings, notes, coverage, what is to key or decide, and the summaries."""
    names = {ref: school.name for ref, school in authority.schools.items()}
    result = resolution.result
    write_workbook(result, output.folder / "findings.xlsx", names=names)
    write_csv(result, output.folder / "findings.csv")
    write_json(result, output.folder / "findings.json")
    write_coverage_workbook(linked.coverage, linked.total, output.folder / "coverage.xlsx")
    write_coverage_html(linked.coverage, linked.total, output.folder / "coverage.html")
    write_to_key(linked.to_key, output.folder / "to_key.csv")
    write_proposals(linked.proposals, output.folder / "proposals.csv")
    write_conflicts(linked.conflicts, output.folder / "conflicts.csv")
    write_left_out(linked.left_out, output.folder / "left_out.csv")
    for one in linked.returns.values():
        own = [f for f in result.findings if f.ref == one.ref]
        here = {f.fingerprint for f in own}
        kept = {k: n for k, n in notes.items() if n.ref == one.ref or k in here}
        write_notes(output.notes(collection, one), own, kept)
    _write_summaries(collection, names, linked, output, last_year)


def _write_summaries(
    collection: Collection,
    names: Mapping[str, str],
    linked: Linked,
    output: Output,
    last_year: Mapping[str, Return],
) -> None:
    """One page and one PDF for each return, made on every core."""
    work = [
        (collection.name, _bare(one), _bare(last_year.get(ref)), names.get(ref, ""), output)
        for ref, one in linked.returns.items()
    ]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for _ in pool.map(_write_summary, work, chunksize=4):
            pass


def _bare(one: Return | None) -> Return | None:
    """The return without what a summary does not need, so that less travels between processes."""
    return Return(one.collection, one.year, one.tables) if one else None


def _write_summary(work: tuple[str, Return, Return | None, str, Output]) -> None:
    name, one, previous, school, output = work
    summary = school_summary(load_collection(name), one, previous=previous, school_name=school)
    stem = output.summaries / one.ref.replace("/", "")
    write_summary_html(summary, stem.with_suffix(".html"))
    write_summary_pdf(summary, stem.with_suffix(".pdf"))
