"""Everything a build leaves for people to read, written into its output folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from muster.building import Output
from muster.catalogue import load_collection
from muster.link import Linked, write_conflicts, write_left_out, write_proposals, write_to_key
from muster.model import Collection, Return
from muster.model.authority import Authority
from muster.report import (
    indicator_results,
    school_summary,
    write_coverage_html,
    write_coverage_workbook,
    write_csv,
    write_indicators_csv,
    write_indicators_html,
    write_json,
    write_summary_html,
    write_summary_pdf,
    write_workbook,
)
from muster.resolve import Note, Resolution, write_notes
from muster.workers import in_parallel


@dataclass(frozen=True)
class Reporter:
    """Writes what one build leaves for people to read, from what its stages made."""

    collection: Collection
    authority: Authority
    linked: Linked
    resolution: Resolution
    output: Output

    @property
    def names(self) -> dict[str, str]:
        """The name of each school by its number."""
        return {ref: school.name for ref, school in self.authority.schools.items()}

    def write(self, notes: Mapping[str, Note], last_year: Mapping[str, Return]) -> None:
        """Write everything: findings, what is to key or decide, notes, indicators, and a summary for each head."""
        self._write_findings()
        self._write_linking()
        self._write_notes(notes)
        self._write_indicators(last_year)
        self._write_summaries(last_year)

    def _write_findings(self) -> None:
        folder, result = self.output.folder, self.resolution.result
        write_workbook(result, folder / "findings.xlsx", names=self.names, causes=self.resolution.causes)
        write_csv(result, folder / "findings.csv")
        write_json(result, folder / "findings.json")

    def _write_linking(self) -> None:
        folder, linked = self.output.folder, self.linked
        write_coverage_workbook(linked.coverage, linked.total, folder / "coverage.xlsx")
        write_coverage_html(linked.coverage, linked.total, folder / "coverage.html")
        write_to_key(linked.to_key, folder / "to_key.csv")
        write_proposals(linked.proposals, folder / "proposals.csv")
        write_conflicts(linked.conflicts, folder / "conflicts.csv")
        write_left_out(linked.left_out, folder / "left_out.csv")

    def _write_notes(self, notes: Mapping[str, Note]) -> None:
        for one in self.linked.returns.values():
            own = [f for f in self.resolution.result.findings if f.ref == one.ref]
            here = {f.fingerprint for f in own}
            kept = {key: note for key, note in notes.items() if note.ref == one.ref or key in here}
            write_notes(self.output.notes(self.collection, one), own, kept)

    def _write_indicators(self, last_year: Mapping[str, Return]) -> None:
        results = indicator_results(
            self.collection, self.authority.year, self.linked.returns, last_year=last_year, names=self.names
        )
        write_indicators_csv(results, self.output.folder / "indicators.csv")
        write_indicators_html(results, self.output.folder / "indicators.html", authority=self.authority.name)

    def _write_summaries(self, last_year: Mapping[str, Return]) -> None:
        """One page and one PDF for each return, made on every core."""
        names = self.names
        work = [
            (self.collection.name, _bare(one), _bare_if(last_year.get(ref)), names.get(ref, ""), self.output)
            for ref, one in self.linked.returns.items()
        ]
        for _ in in_parallel(_write_summary, work, at_a_time=4):
            pass


def _bare(one: Return) -> Return:
    """The return without what a summary does not need, so that less travels between processes."""
    return Return(one.collection, one.year, one.tables)


def _bare_if(one: Return | None) -> Return | None:
    return _bare(one) if one else None


def _write_summary(work: tuple[str, Return, Return | None, str, Output]) -> None:
    name, one, previous, school, output = work
    summary = school_summary(load_collection(name), one, previous=previous, school_name=school)
    stem = output.summaries / one.ref.replace("/", "")
    write_summary_html(summary, stem.with_suffix(".html"))
    write_summary_pdf(summary, stem.with_suffix(".pdf"))
