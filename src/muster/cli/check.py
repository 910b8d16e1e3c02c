"""Check official XML returns: one file, several, a folder or a zip.

The first line is the verdict.  Exit code 0: nothing blocks; 1: something to fix or explain; 2: not all
could be checked.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from muster.catalogue import load_collection
from muster.checking import Checked, Expected, check_files, notes_beside
from muster.cli import check_set
from muster.cli.chosen import collection_of_files
from muster.cli.console import Console
from muster.cli.local import read_local
from muster.collect import gather
from muster.model import CheckResult, Finding, MusterError, Outcome, SourceFile
from muster.model.words import count_of
from muster.resolve import Note

_SHOWN = 12
_ASKED = (Outcome.PASSED, Outcome.FAILED)


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("paths", nargs="+", type=Path, help="XML files, folders or zip files")
    parser.add_argument("--collection", help="which collection (default: the one the files are of)")
    parser.add_argument("--year", type=int, help="the collection year, where the files are of several")
    parser.add_argument("--school", default="", help="the school the file must be of, such as 919/4001")
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
    parser.add_argument("--all", action="store_true", help=f"show every finding, not only {_SHOWN} a return")


def run(args: argparse.Namespace, console: Console) -> int:
    """Check, show and write what was asked for."""
    with tempfile.TemporaryDirectory(prefix="muster-") as unpacked:
        checked = _checked(args, console, Path(unpacked))
        _write(args, checked)
        _show(args, console, checked)
    return exit_code(checked)


def _checked(args: argparse.Namespace, console: Console, unpack_to: Path) -> Checked:
    local = read_local(args.local)
    named = load_collection(args.collection) if args.collection else None
    sources = [] if named and named.header == "in settings" else _xml_files(args.paths, unpack_to, console)
    collection = named or collection_of_files(None, sources)
    if collection.header == "in settings":
        return check_set.run_check(args, collection, local=local, console=console, unpack_to=unpack_to)
    if args.import_notes:
        _take_in(args.import_notes, sources)
    expected = Expected(args.year, args.school, args.xsd)
    with console.counting("Checking", len(sources)) as advance:
        return check_files(collection, sources, expected=expected, local=local, advance=advance)


def exit_code(checked: Checked) -> int:
    """2 where a file was refused or a rule broke, 1 where findings block, 0 where nothing does."""
    if checked.refused or any(o.outcome is Outcome.BROKE for o in checked.result.outcomes):
        return 2
    return 1 if checked.result.to_fix or checked.result.to_explain else 0


def _xml_files(paths: list[Path], unpack_to: Path, console: Console) -> list[SourceFile]:
    inventory = gather(paths, unpack_to=unpack_to)
    for notice in inventory.notices:
        console.detail(f"Note: {notice.message}")
    given = {path.resolve() for path in paths}
    chosen = [
        file for file in inventory.files if file.path.suffix.lower() == ".xml" or file.path.resolve() in given
    ]
    if not chosen:
        raise MusterError(f"no XML file in {', '.join(path.name for path in paths)}")
    return chosen


def _take_in(path: Path, sources: list[SourceFile]) -> None:
    from muster.resolve import import_notes, keep_notes

    imported = import_notes(path)
    for source in sources:
        keep_notes(notes_beside(source), imported)


def _write(args: argparse.Namespace, checked: Checked) -> None:
    from muster.report.findings import write_csv, write_json, write_parquet, write_workbook
    from muster.resolve import export_notes, read_notes, write_notes

    writers = ((args.workbook, write_workbook), (args.csv, write_csv), (args.findings, write_json))
    for path, writer in (*writers, (args.parquet, write_parquet)):
        if path:
            writer(checked.result, path)
    notes: dict[str, Note] = {}
    for ref, source in checked.files.items():
        own = [f for f in checked.result.findings if f.ref == ref]
        notes |= (kept := read_notes(notes_beside(source)))
        if args.notes:
            write_notes(notes_beside(source), own, kept)
    if args.export_notes:
        export_notes(args.export_notes, checked.result.findings, notes)


def _show(args: argparse.Namespace, console: Console, checked: Checked) -> None:
    from muster.report.findings import findings_json, verdict

    result = checked.result
    console.answer({**findings_json(result), "refused": list(checked.refused)})
    for message in checked.refused:
        console.complain(message)
    if not result.refs:
        return
    console.say(_first_line(verdict(result), result))
    _show_changes(args, console, result)
    console.detail()
    for ref in result.refs:
        _show_return(console, ref, [f for f in result.findings if f.ref == ref], everything=args.all)
    _show_causes(console, checked)
    _show_rules(console, result)


def _first_line(verdict: str, result: CheckResult) -> str:
    where = result.refs[0] if len(result.refs) == 1 else count_of(len(result.refs), "return")
    explained = f", {result.explained:,} explained" if result.explained else ""
    return f"{verdict[:1].upper()}{verdict[1:]}{explained}: {where}, {result.year}"


def _show_changes(args: argparse.Namespace, console: Console, result: CheckResult) -> None:
    if not args.previous or check_set.is_last_year(args.previous):
        return
    from muster.report.findings import fingerprints_in
    from muster.resolve import compare

    console.say(f"Against the version before: {compare(fingerprints_in(args.previous), result.findings)}")


def _show_return(console: Console, ref: str, findings: list[Finding], *, everything: bool) -> None:
    if not findings:
        return
    console.detail(f"{ref}")
    shown = findings if everything else findings[:_SHOWN]
    for finding in shown:
        console.detail(
            f"  {_mark(finding)} {finding.code}{_provisional(finding)}  {finding.record}{_line(finding)}"
        )
        console.detail(f"      {finding.message} {finding.fix}".rstrip())
        if finding.explanation:
            console.detail(f"      Explained: {finding.explanation}")
    if len(shown) < len(findings):
        console.detail(f"  and {count_of(len(findings) - len(shown), 'more finding')}; --all shows them")
    console.detail()


def _mark(finding: Finding) -> str:
    return "fix    " if finding.severity == "error" else "explain" if finding.blocks else "said   "


def _provisional(finding: Finding) -> str:
    return " (provisional)" if finding.provisional else ""


def _line(finding: Finding) -> str:
    return f", line {finding.line}" if finding.line else ""


def _show_causes(console: Console, checked: Checked) -> None:
    conversions = [cause for cause in checked.causes if cause.kind == "conversion"]
    for cause in conversions[:5]:
        console.detail(f"Likely one cause: {cause.code}, {cause}")


def _show_rules(console: Console, result: CheckResult) -> None:
    counts = Counter(outcome.outcome for outcome in result.outcomes)
    console.detail(
        ", ".join(f"{counts[outcome]:,} {outcome}" for outcome in Outcome) + f" ({result.year} rules)"
    )
    reasons = Counter(o.reason for o in result.outcomes if o.outcome is Outcome.NOT_RUN)
    for reason, rules in reasons.most_common():
        console.detail(f"Not run: {count_of(rules, 'rule')}, because {reason}")
    in_part = Counter(o.reason for o in result.outcomes if o.reason and o.outcome in _ASKED)
    for reason, rules in in_part.most_common():
        console.detail(f"Run in part: {count_of(rules, 'rule')}, {reason}")
    for outcome in result.outcomes:
        if outcome.outcome is Outcome.BROKE:
            console.complain(f"rule {outcome.code} broke: {outcome.reason}")
