"""The eight stages in order: from an authority's folder of exports and extracts to checked official returns.

This is the file to read first.  Each stage is a folder of this package with a README; a stage knows the model,
the catalogue and the engines, and none of the other stages.

    collect   what arrived: files, checksums, safely unpacked
    read      each file by its mapping into records, every value with its place
    link      MIS, payroll and last year's return into one record, each item keyed once
    validate  the rules of the collection over every return
    resolve   explanations carried, causes grouped, changes since the build before
    submit    which returns are ready, and what stands in the way of the others
    exchange  one official file for each school, and the authority's own
    report    findings, coverage and a summary for each head
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from muster.building import Output, Sources, read_sources, sent
from muster.catalogue import load_collection, with_local_dates
from muster.collect import Inventory, gather, load_authority
from muster.exchange import write_xml
from muster.link import Linked, link, propose_with_splink, read_decisions
from muster.model import Collection, MusterError, Notice
from muster.model.authority import Authority
from muster.model.local import NOTHING_LOCAL, Local
from muster.report import write_file_notes
from muster.reporting import Reporter
from muster.resolve import Resolution, resolve
from muster.submit import Readiness, readiness
from muster.validate import check

STAGES = ("collect", "read", "link", "validate", "resolve", "submit", "exchange", "report")

CONFIRMED = "confirmed_matches.csv"

Progress = Callable[[str, str], None]


@dataclass(frozen=True)
class Built:
    """What a build made: the linked returns, what checking found, what is ready, and where it all is.

    ``notices`` is what was odd about the files; ``refused`` says which could not be read, and why.
    """

    authority: Authority
    linked: Linked
    resolution: Resolution
    ready: tuple[Readiness, ...]
    output: Output
    notices: tuple[Notice, ...]
    refused: tuple[str, ...]


def build(
    folder: Path,
    out: Path,
    *,
    local: Local = NOTHING_LOCAL,
    weigh_all: bool = False,
    progress: Progress = lambda _stage, _text: None,
    written_at: datetime | None = None,
) -> Built:
    """Build every return of an authority from its folder.  Raises MusterError.

    A second build into the same folder carries the explanations given to the first.  ``weigh_all`` also asks
    splink, where it is installed, for likely matches over the whole authority.
    """
    output = Output(out)
    with tempfile.TemporaryDirectory(prefix="muster-") as unpacked:
        authority = load_authority(folder)
        collection = with_local_dates(load_collection(authority.collection), authority.year, local.constants)
        inventory = sent(gather([folder], unpack_to=Path(unpacked)), folder, out)
        progress("collect", f"{len(inventory.files):,} files")
        sources = read_sources(collection, authority, inventory)
        progress(
            "read", f"{len(sources.extracts):,} extracts, {len(sources.last_year):,} returns of last year"
        )
    linked = _link(collection, authority, sources, written_at or datetime.now(UTC))
    if weigh_all:
        linked = _with_weighed_proposals(authority, sources, linked)
    _refuse_nothing(authority, sources, linked)
    progress("link", f"{len(linked.returns):,} returns, {linked.total.people:,} people")
    returns = list(linked.returns.values())
    result = check(collection, authority.year, returns, local=local)
    progress("validate", f"{len(result.outcomes):,} rules, {len(result.findings):,} findings")
    notes = output.read_notes(collection, linked)
    resolution = resolve(result, returns, notes, output.findings_before())
    progress("resolve", f"{resolution.result.explained:,} explained before and carried")
    ready = readiness(resolution.result)
    progress("submit", f"{sum(one.may_submit for one in ready):,} of {len(ready):,} returns ready")
    for one in returns:
        write_xml(collection, one, output.xml(collection, one))
    progress("exchange", f"{len(returns):,} official files")
    notices = (*inventory.notices, *sources.notices, *linked.notices)
    Reporter(collection, authority, linked, resolution, output).write(notes, sources.last_year)
    write_file_notes(notices, sources.refused, output.folder / "file_notes.csv")
    progress("report", "findings, coverage and a summary for each school")
    return Built(authority, linked, resolution, ready, output, notices, sources.refused)


def _refuse_nothing(authority: Authority, sources: Sources, linked: Linked) -> None:
    """Nobody read is a fault of the files, not a clean build; last year alone makes no return of this year."""
    if sources.extracts and linked.returns:
        return
    about_files = [f"{notice.message} {notice.fix}".strip() for notice in sources.notices]
    why = " ".join([*sources.refused, *about_files][:3]) or "muster.toml names no [[source]]."
    raise MusterError(
        f"no staff export and no payroll extract in {authority.folder} gave any staff, so there is nothing to "
        f"build. {why}"
    )


def _without(inventory: Inventory, out: Path) -> Inventory:
    """The files that arrived without those of an earlier build, which may lie in the same folder."""
    mine = out.resolve()
    return inventory._replace(files=tuple(f for f in inventory.files if mine not in f.path.resolve().parents))


def _with_weighed_proposals(authority: Authority, sources: Sources, linked: Linked) -> Linked:
    """Add splink's proposals for people whom no exact pass matched; each still waits for a yes."""
    decisions = read_decisions(authority.folder / CONFIRMED)
    more = propose_with_splink(authority, sources.extracts, confirmed=decisions)
    known = {frozenset((one.left.key, one.right.key)) for one in linked.proposals}
    new = [one for one in more if frozenset((one.left.key, one.right.key)) not in known]
    return replace(linked, proposals=(*linked.proposals, *new))


def _link(collection: Collection, authority: Authority, sources: Sources, written_at: datetime) -> Linked:
    return link(
        collection,
        authority,
        sources.extracts,
        last_year=sources.last_year,
        confirmed=read_decisions(authority.folder / CONFIRMED),
        written_at=written_at,
    )
