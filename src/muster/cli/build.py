"""Build one checked official return for each school from an authority's exports and payroll extracts.

The folder holds muster.toml, schools.csv, the files of each supplier and last year's returns.  Exit code 0:
every return is ready; 1: something to fix or explain; 2: the build could not run.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from muster.catalogue import load_collection
from muster.cli.console import Console
from muster.cli.local import read_local
from muster.collect import load_authority
from muster.model.local import NOTHING_LOCAL, Local
from muster.model.words import count_of
from muster.pipeline import STAGES, Built, Progress, build
from muster.report import findings_json


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("folder", type=Path, help="the authority's folder, with muster.toml")
    parser.add_argument(
        "--out", type=Path, help="the folder to write (default: 'out' in the authority's folder)"
    )
    parser.add_argument("--splink", action="store_true", help="also propose matches by splink (an extra)")
    parser.add_argument("--local", type=Path, help="a TOML file of local settings (rules off, dates)")


def run(args: argparse.Namespace, console: Console) -> int:
    """Build, show and end with the exit code of what was found."""
    built = build(
        args.folder,
        args.out or args.folder / "out",
        local=_local(args),
        progress=stage_lines(console),
    )
    show(console, built)
    console.answer(as_json(built))
    return exit_code(built)


def _local(args: argparse.Namespace) -> Local:
    if args.local is None:
        return NOTHING_LOCAL
    return read_local(args.local, load_collection(load_authority(args.folder).collection))


def exit_code(built: Built) -> int:
    """0 where every return is ready, 1 where something is to fix or explain, 2 where a file was not read."""
    if built.refused:
        return 2
    return 0 if all(one.may_submit for one in built.ready) else 1


def stage_lines(console: Console) -> Progress:
    """A line for each finished stage, numbered in the order of the pipeline."""

    def say(stage: str, text: str) -> None:
        console.going(f"  {STAGES.index(stage) + 1} of {len(STAGES)}  {stage:<9} {text}")

    return say


def show(console: Console, built: Built) -> None:
    """The verdict first, then coverage, what waits for a person, and where everything is."""
    result, total = built.resolution.result, built.linked.total
    explained = f", {result.explained:,} explained" if result.explained else ""
    refused = f", {count_of(len(built.refused), 'file')} refused" if built.refused else ""
    ready = sum(one.may_submit for one in built.ready)
    text = result.verdict
    returns = f"{count_of(len(built.ready), 'return')}, {ready:,} ready to submit"
    console.say(f"{text[:1].upper()}{text[1:]}{explained}{refused}: {returns}")
    for message in built.refused:
        console.complain(message)
    if built.resolution.changes:
        console.detail(f"Against the build before: {built.resolution.changes}")
    console.detail()
    _show_coverage(console, built)
    _show_waiting(console, built)
    console.detail()
    console.detail(
        f"{count_of(total.people, 'person', 'people')} returned. Written to {built.output.folder}:"
    )
    for name, what in _FILES:
        console.detail(f"  {name:<16} {what}")


_FILES = (
    ("returns/", "the official XML of each school and of the authority, with notes to explain queries"),
    ("summaries/", "a summary of each school for the head, as a page and as a PDF to sign"),
    ("findings.xlsx", "every finding: what, where, the value, what to do (also .csv and .json)"),
    ("coverage.html", "how much came by itself and what is still to key (also .xlsx)"),
    ("indicators.html", "figures of each school and of the authority against last year (also .csv)"),
    ("to_key.csv", "each missing item once: fill it in, put it into keyed/, build again"),
    ("proposals.csv", "matches to confirm: decide yes or no, save as confirmed_matches.csv"),
    ("conflicts.csv", "where sources disagree: both values, and which was taken"),
    ("left_out.csv", "records not returned, each with the reason"),
    ("file_notes.csv", "what was odd about the files that came"),
)


def _show_coverage(console: Console, built: Built) -> None:
    whole = built.linked.total.whole
    rows = [
        ("supplied by MIS and payroll", whole.automatic),
        ("worked out from other values", whole.derived),
        ("carried from last year", whole.carried),
        ("keyed", whole.keyed),
        ("still to key", whole.to_key),
        ("waiting for a match to be confirmed", whole.waiting),
        ("keyed twice", built.linked.total.keyed_twice),
    ]
    console.detail(f"Of {whole.wanted:,} values wanted:")
    for what, count in rows:
        share = f"{whole.percentage(count):5.1f}%" if what != "keyed twice" else ""
        console.detail(f"  {count:>9,}  {share:>6}  {what}")


def _show_waiting(console: Console, built: Built) -> None:
    linked = built.linked
    console.detail(
        f"{count_of(len(linked.proposals), 'match', 'matches')} to confirm, "
        f"{count_of(len(linked.conflicts), 'conflict')} between sources, "
        f"{count_of(len(linked.left_out), 'record')} left out with a reason, "
        f"{count_of(built.resolution.result.to_ask, 'question')} to the sources"
    )
    for cause in [c for c in built.resolution.causes if c.kind == "conversion"][:5]:
        console.detail(f"Likely one cause: {cause.code}, {cause}")
    if built.notices:
        console.detail(f"{count_of(len(built.notices), 'note')} on the files: file_notes.csv")


def as_json(built: Built) -> dict[str, object]:
    """The whole answer for machines."""
    whole = built.linked.total.whole
    changes = built.resolution.changes
    return {
        **findings_json(built.resolution.result),
        **({"changes": changes.as_json()} if changes else {}),
        "folder": str(built.output.folder),
        "refused": list(built.refused),
        "people": built.linked.total.people,
        "coverage": {
            "wanted": whole.wanted, "automatic": whole.automatic, "derived": whole.derived,
            "carried": whole.carried, "keyed": whole.keyed, "to_key": whole.to_key,
            "waiting": whole.waiting, "conflicting": whole.conflicting,
            "keyed_twice": built.linked.total.keyed_twice,
        },
        "ready": [{"return": r.ref, "may_submit": r.may_submit, "reasons": list(r.reasons)} for r in built.ready],
    }  # fmt: skip
