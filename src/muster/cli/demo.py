"""Show the whole of Muster on an invented authority: generate its files, build its returns, say what came out."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from muster.catalogue import load_collection
from muster.catalogue.find import find_year
from muster.checking import check_files
from muster.cli.build import exit_code, show, stage_lines
from muster.cli.console import Console
from muster.cli.demo_preferences import publish_preferences
from muster.cli.demo_quarter import report_on_the_quarter
from muster.collect import gather, read_schools
from muster.model import MusterError
from muster.model.words import count_of
from muster.pipeline import build

_PUPILS = "school_census_spring"
_MARK = ".muster-demo"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("target", type=Path, nargs="?", default=Path("demo"), help="the folder to write")
    parser.add_argument(
        "--year", type=int, default=2025, help="the collection year (2013 or 2025 are complete)"
    )
    parser.add_argument("--seed", type=int, default=1, help="another seed, another authority")


def run(args: argparse.Namespace, console: Console) -> int:
    """Make the folder anew and build in it; findings are expected, so they do not fail the demo."""
    from muster.sample import write_authority

    find_year(load_collection("school_workforce"), args.year)
    _make_anew(args.target)
    authority = args.target / "anyshire"
    console.say(f"An invented authority, Anyshire, and its school workforce census of {args.year}")
    write_authority(
        authority, year=args.year, seed=args.seed, progress=lambda text: console.going(f"  generate  {text}")
    )
    console.detail()
    built = build(authority, args.target / "out", progress=stage_lines(console))
    console.detail()
    show(console, built)
    _census(args, console, authority / "schools.csv")
    console.detail()
    publish_preferences(console, args.target, args.seed)
    report_on_the_quarter(console, args.target, args.year)
    _next_steps(console, args.target)
    console.answer({"folder": str(args.target), "exit": exit_code(built)})
    return 0


def _census(args: argparse.Namespace, console: Console, register: Path) -> None:
    """The spring census of the same schools, after that of their staff: written, then checked together."""
    from muster.sample import CensusSettings, write_census

    settings = CensusSettings(term="spring", year=args.year + 1, seed=args.seed)
    collection = load_collection(_PUPILS)
    if settings.year not in collection.years:
        return
    folder = args.target / "census"
    console.detail()
    console.say(f"The school census of the same schools, spring {settings.year}")
    written = write_census(folder, settings, schools=list(read_schools(register).values()))
    console.going(f"  generate  {count_of(written.rows['pupils'], 'pupil')} at {written.schools} schools")
    files = gather([folder], unpack_to=folder).files
    sources = [file for file in files if file.path.suffix == ".xml"]
    with console.counting("  check", len(sources)) as advance:
        result = check_files(collection, sources, advance=advance).result
    across = {rule.id for rule in collection.rules if rule.scope == "authority"}
    shared = sum(finding.rule_id in across for finding in result.findings)
    console.say(
        f"  {result.to_fix:,} to fix, {result.to_explain:,} to explain; {shared} of these compare schools: "
        "a pupil on roll at two of them, or under two numbers"
    )


def _make_anew(folder: Path) -> None:
    """Empty a folder of an earlier demo; any other folder with something in it is left alone."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARK).exists():
            raise MusterError(f"{folder} is not empty and holds no demo; name another folder")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).touch()


def _next_steps(console: Console, folder: Path) -> None:
    command = sys.argv[0] if Path(sys.argv[0]).name == "muster" else "muster"
    console.detail()
    console.detail("Try next:")
    console.detail(f"  {command} check {folder}/out/returns            the verdict on every written return")
    console.detail(
        f"  {command} build {folder}/anyshire --out {folder}/out   build again: explanations are carried"
    )
    console.detail(f"  {command} census ulns {folder}/census          who will need a ULN, and when")
    console.detail(
        f"  {command} report {folder}/preferences --behind no_offer   who stands behind a published figure"
    )
    console.detail(f"  {command} explain 4100Q                        what a rule says, and since when")
