"""Check official XML returns: one file, several, a folder or a zip; or what a school's system exports as tables.

The first line is the verdict.  Exit code 0: nothing blocks; 1: something to fix or explain; 2: not all
could be checked.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from muster.catalogue import load_collection
from muster.checking import Checked, Expected, check_files, notes_beside
from muster.checking_exports import check_exports
from muster.cli import check_set, exports
from muster.cli.chosen import collection_of_files
from muster.cli.console import Console
from muster.cli.local import read_local
from muster.collect import Inventory, gather, read_schools
from muster.engines import TABLES_ENGINES
from muster.model import CheckResult, Finding, MusterError, Outcome, RuleOutcome, SourceFile
from muster.model.words import count_of
from muster.resolve import Note, compare

_SHOWN = 12
_ALSO = 5
_ASKED = (Outcome.PASSED, Outcome.FAILED)


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("paths", nargs="*", type=Path, help="XML files, folders or zip files")
    parser.add_argument("--collection", help="which collection (default: the one the files are of)")
    parser.add_argument("--year", type=int, help="the collection year, where the files are of several")
    parser.add_argument(
        "--tables", type=Path, metavar="FOLDER", help="check a national set of Parquet tables"
    )
    parser.add_argument("--out", type=Path, help="the folder for the findings of --tables")
    parser.add_argument(
        "--engine", choices=TABLES_ENGINES, default="duckdb", help="what checks --tables (default: duckdb)"
    )
    parser.add_argument(
        "--master", default="", metavar="URL", help="the Spark to use (default: this machine)"
    )
    parser.add_argument(
        "--memory", default="2GB", help="how much memory checking --tables may take (default: 2GB)"
    )
    parser.add_argument("--school", default="", help="the school the file must be of, such as 919/4001")
    parser.add_argument(
        "--schools", type=Path, metavar="CSV", help="the authority's schools.csv, to call schools by name"
    )
    parser.add_argument(
        "--xsd", type=Path, metavar="FILE", help="an official schema to hold the files to first"
    )
    parser.add_argument("--local", type=Path, help="a TOML file of local settings (rules off, dates)")
    parser.add_argument("--workbook", type=Path, help="write the findings as a workbook (.xlsx)")
    parser.add_argument("--csv", type=Path, help="write the findings as CSV")
    parser.add_argument("--parquet", type=Path, help="write the findings as Parquet")
    parser.add_argument("--findings", type=Path, help="write the findings as JSON")
    parser.add_argument(
        "--previous",
        type=Path,
        help="findings JSON of the version before, to compare with; or last year's return",
    )
    parser.add_argument("--notes", action="store_true", help="write a notes file beside each return")
    parser.add_argument(
        "--export-notes", type=Path, metavar="CSV", help="write the queries for others to explain"
    )
    parser.add_argument("--import-notes", type=Path, metavar="CSV", help="take in explanations, then check")
    check_set.arguments(parser)
    exports.arguments(parser)
    parser.add_argument(
        "--by", choices=("record", "person", "rule"), default="record",
        help="show each finding, or how many there are of each person or of each rule",
    )  # fmt: skip
    parser.add_argument("--all", action="store_true", help=f"show every finding, not only the first {_SHOWN}")


def run(args: argparse.Namespace, console: Console) -> int:
    """Check, show and write what was asked for."""
    if args.tables:
        from muster.cli import check_tables

        return check_tables.run(args, console)
    if not args.paths:
        raise MusterError("name the XML files, folders or zip files to check")
    before = None if check_set.is_last_year(args.previous) else _fingerprints(args.previous)
    names = _expected(args).names
    with tempfile.TemporaryDirectory(prefix="muster-") as unpacked:
        inventory = gather(args.paths, unpack_to=Path(unpacked))
        checked = _checked(args, console, inventory, Path(unpacked))
        _write(args, checked, names)
        if console.json:
            console.answer(_as_json(checked, before))
        _show(args, console, checked, before)
        for notice in inventory.notices:
            console.detail(f"Note: {notice.message}")
        for message in checked.refused:
            console.complain(message)
    return exit_code(checked)


def _checked(args: argparse.Namespace, console: Console, inventory: Inventory, unpacked: Path) -> Checked:
    named = load_collection(args.collection) if args.collection else None
    if exports.are_exports(inventory.files) and not (named and named.header == "in settings"):
        return _checked_export(args, console, inventory.files)
    sources = [] if named and named.header == "in settings" else _xml_files(args.paths, inventory)
    collection = collection_of_files(args.collection, sources)
    local = read_local(args.local, collection)
    if collection.header == "in settings":
        return check_set.run_check(args, collection, local=local, console=console, unpack_to=unpacked)
    _refuse_notes_in_zips(args, sources, unpacked)
    if args.import_notes:
        _take_in(args.import_notes, sources)
    with console.counting("Checking", len(sources)) as advance:
        return check_files(collection, sources, expected=_expected(args), local=local, advance=advance)


def _checked_export(args: argparse.Namespace, console: Console, files: Sequence[SourceFile]) -> Checked:
    if args.notes or args.import_notes:
        raise MusterError(
            "explanations are kept beside an official file; write it with 'muster convert' and check that"
        )
    collection, returns = exports.read_returns(args, console, files)
    local = read_local(args.local, collection)
    return check_exports(collection, returns, names=_expected(args).names, local=local)


def exit_code(checked: Checked) -> int:
    """2 where a file was refused or a rule broke, 1 where findings block, 0 where nothing does."""
    if checked.refused or any(o.outcome is Outcome.BROKE for o in checked.result.outcomes):
        return 2
    return 1 if checked.result.to_fix or checked.result.to_explain else 0


def _expected(args: argparse.Namespace) -> Expected:
    schools = read_schools(args.schools) if args.schools else {}
    names = {ref: school.name for ref, school in schools.items()}
    return Expected(args.year, exports.school_named(args.school), args.xsd, names)


def _fingerprints(previous: Path | None) -> list[str] | None:
    """What the version before found; read first, so that a wrong name is told before anything is checked."""
    if previous is None:
        return None
    from muster.report.findings import fingerprints_in  # the reports take a while to import

    return fingerprints_in(previous)


def _xml_files(paths: list[Path], inventory: Inventory) -> list[SourceFile]:
    given = {path.resolve() for path in paths}
    chosen = [
        file for file in inventory.files if file.path.suffix.lower() == ".xml" or file.path.resolve() in given
    ]
    if not chosen:
        raise MusterError(f"no XML file in {', '.join(path.name for path in paths)}")
    return chosen


def _refuse_notes_in_zips(args: argparse.Namespace, sources: list[SourceFile], unpacked: Path) -> None:
    zipped = next((source.name for source in sources if source.path.is_relative_to(unpacked)), "")
    if zipped and (args.notes or args.import_notes):
        raise MusterError(
            f"{zipped} lies in a zip file, where no notes can be kept beside it. Unpack the zip and check the folder."
        )


def _take_in(path: Path, sources: list[SourceFile]) -> None:
    """Put each explanation beside the return it is about; no school's file names another school's people."""
    from muster.read.xml_reader import peek_header
    from muster.resolve import import_notes, keep_notes

    imported = import_notes(path)
    for source in sources:
        ref = peek_header(source).ref
        keep_notes(notes_beside(source), {k: note for k, note in imported.items() if note.ref in ("", ref)})


def _write(args: argparse.Namespace, checked: Checked, names: Mapping[str, str]) -> None:
    from muster.resolve import export_notes, read_notes, write_notes

    if args.csv or args.findings or args.parquet or args.workbook:
        _write_findings(args, checked, names)
    notes: dict[str, Note] = {}
    for ref, source in checked.files.items():
        own = [f for f in checked.result.findings if f.ref == ref]
        notes |= (kept := read_notes(notes_beside(source)))
        if args.notes and ref in checked.result.refs:
            write_notes(notes_beside(source), own, kept)
    if args.export_notes:
        export_notes(args.export_notes, checked.result.findings, notes)


def _write_findings(args: argparse.Namespace, checked: Checked, names: Mapping[str, str]) -> None:
    from muster.report.findings import write_csv, write_json, write_parquet, write_workbook

    writers = ((args.csv, write_csv), (args.findings, write_json), (args.parquet, write_parquet))
    for path, writer in writers:
        if path:
            writer(checked.result, path)
    if args.workbook:
        write_workbook(checked.result, args.workbook, names=names, causes=checked.causes)


def _as_json(checked: Checked, before: list[str] | None) -> dict[str, object]:
    from muster.report.findings import findings_json

    answer = {**findings_json(checked.result), "refused": list(checked.refused)}
    if before is not None:
        answer["changes"] = compare(before, checked.result.findings).as_json()
    return answer


def _show(args: argparse.Namespace, console: Console, checked: Checked, before: list[str] | None) -> None:
    result = checked.result
    if not result.refs:
        return
    console.say(first_line(checked))
    if before is not None:
        console.say(f"Against the version before: {compare(before, result.findings)}")
    console.detail()
    if args.by != "record":
        _show_heaps(console, args.by, result.findings)
    for ref in result.refs if args.by == "record" else ():
        source = checked.files.get(ref)
        own = [f for f in result.findings if f.ref == ref]
        show_return(console, ref, own, everything=args.all, file=source.name if source else "")
    _show_causes(console, checked)
    _show_rules(console, result)


def first_line(checked: Checked) -> str:
    """The verdict with where and of which year."""
    result, text = checked.result, checked.result.verdict
    where = result.refs[0] if len(result.refs) == 1 else count_of(len(result.refs), "return")
    explained = f", {result.explained:,} explained" if result.explained else ""
    refused = f", {count_of(len(checked.refused), 'file')} refused" if checked.refused else ""
    return f"{text[:1].upper()}{text[1:]}{explained}{refused}: {where}, {result.year}"


def show_return(console: Console, ref: str, findings: list[Finding], *, everything: bool, file: str) -> None:
    """The findings of one return, the first few or all."""
    if not findings:
        return
    console.detail(f"{ref}")
    people = [f for f in findings if f.person]
    as_a_whole = [f for f in findings if not f.person]
    room = max(_SHOWN // 2, _SHOWN - len(people))
    shown = findings if everything else [*as_a_whole[:room], *people][:_SHOWN]
    for finding in sorted(shown, key=lambda f: bool(f.person)):
        _show_finding(console, finding, file)
    if len(shown) < len(findings):
        console.detail(f"  and {count_of(len(findings) - len(shown), 'more finding')}; --all shows them")
    console.detail()


def _show_finding(console: Console, finding: Finding, file: str) -> None:
    about = f"{finding.code}{_provisional(finding)}  {finding.record}{_place(finding, file)}"
    console.detail(f"  {_mark(finding)} {about}")
    console.detail(f"      {finding.message} {finding.fix}".rstrip())
    if finding.also:
        console.detail(f"      See also {_some(finding.also)}")
    if finding.explanation:
        console.detail(f"      Explained: {finding.explanation}")


def _show_heaps(console: Console, by: str, findings: Sequence[Finding]) -> None:
    """A line for each person, or for each rule with an example."""
    from muster.report.views import by_person, by_rule

    if by == "person":
        rows = [(h.ref, h.name, h.to_fix, h.to_explain, ", ".join(h.rules)) for h in by_person(findings)]
        console.table(("Return", "Person", "To fix", "To explain", "Rules"), rows)
    else:
        told = [(h.name, len(h.findings), h.people, h.findings[0].message) for h in by_rule(findings)]
        console.table(("Rule", "Findings", "People", "For example"), told)


def _mark(finding: Finding) -> str:
    return "fix    " if finding.severity == "error" else "explain" if finding.blocks else "said   "


def _provisional(finding: Finding) -> str:
    return " (provisional)" if finding.provisional else ""


def _place(finding: Finding, file: str) -> str:
    """The line of a finding, after its file where the return came in several."""
    where = finding.file if finding.file != file else ""
    line = f"line {finding.line}" if finding.line else ""
    return "".join(f", {part}" for part in (where, line) if part)


def _some(also: tuple[str, ...]) -> str:
    more = f" and {len(also) - _ALSO} more" if len(also) > _ALSO else ""
    return "; ".join(also[:_ALSO]) + more


def _show_causes(console: Console, checked: Checked) -> None:
    conversions = [cause for cause in checked.causes if cause.kind == "conversion"]
    for cause in conversions[:5]:
        console.detail(f"Likely one cause: {cause.code}, {cause}")


def _show_rules(console: Console, result: CheckResult) -> None:
    show_outcomes(console, result.outcomes, result.year)


def show_outcomes(console: Console, outcomes: Sequence[RuleOutcome], year: int) -> None:
    """How many rules passed, failed, did not run (and why) or broke."""
    counts = Counter(outcome.outcome for outcome in outcomes)
    console.detail(", ".join(f"{counts[outcome]:,} {outcome}" for outcome in Outcome) + f" ({year} rules)")
    reasons = Counter(o.reason for o in outcomes if o.outcome is Outcome.NOT_RUN)
    for reason, rules in reasons.most_common():
        console.detail(f"Not run: {count_of(rules, 'rule')}, because {reason}")
    for outcome in outcomes:
        if outcome.outcome is Outcome.BROKE:
            console.complain(f"rule {outcome.code} broke: {outcome.reason}")
