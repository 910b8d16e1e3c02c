"""Check identifiers of pupils, staff and schools in bulk, give out UPNs, and list temporary ones by age.

Exit code 0: all are right; 1: some are wrong, or temporary UPNs wait; 2: could not run.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from muster.cli.chosen import action_parser
from muster.cli.console import Console
from muster.identifiers import (
    CHECKS,
    TITLES,
    Issue,
    Line,
    ageing,
    check_table,
    issue,
    kind_called,
    kind_of_column,
    verdicts_as_csv,
)
from muster.model import MusterError, SourceFile, UnreadableFile
from muster.model.words import count_of
from muster.model.writing import write_whole

_SHOWN = 12
_FIRST_MONTH = 9


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes: one of the actions, each with its own."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    one = action_parser(actions, "check", "judge every identifier of a table, with the exact reason")
    _table(one)
    one.add_argument("--kind", choices=tuple(CHECKS), help="what the table holds, where no heading says so")
    one.add_argument("--out", type=Path, metavar="CSV", help="write a verdict for each identifier to a file")
    one = action_parser(actions, "upn", "give out UPNs of a school and year; no serial is given out twice")
    one.add_argument("school", metavar="SCHOOL", help="the number of the school, such as 999/4001")
    one.add_argument(
        "--year", type=int, default=date.today().year, help="the year of allocation (default: this one)"
    )
    one.add_argument("--count", type=int, default=1, help="how many (default: 1)")
    one.add_argument("--temporary", action="store_true", help="temporary ones, which end in a letter")
    one.add_argument("--state", type=Path, required=True, metavar="FILE", help="keeps the serials given out")
    one.add_argument(
        "--taken", type=Path, metavar="CSV", help="a table of UPNs given out before, to pass over"
    )
    one = action_parser(actions, "temporary", "list the temporary UPNs of a table by age")
    _table(one)
    one.add_argument(
        "--school-year", type=int, help="the year in which the school year started (default: this one)"
    )


def _table(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a table: CSV, XLSX or ODS")


def run(args: argparse.Namespace, console: Console) -> int:
    """Run the action that was asked for."""
    return {"check": _check, "upn": _upn, "temporary": _temporary}[args.action](args, console)


def _check(args: argparse.Namespace, console: Console) -> int:
    headings, rows = _read(args.file)
    kind = kind_called(args.kind) if args.kind else None
    lines = list(check_table(headings, rows, kind=kind))
    wrong = [line for line in lines if not line.verdict.right]
    if args.out:
        write_whole(args.out, verdicts_as_csv(lines).encode())
    console.answer({
        "checked": len(lines), "right": len(lines) - len(wrong), "wrong": len(wrong),
        "verdicts": [{"row": n, "column": name, **said._asdict(), "right": said.right} for n, name, said in lines],
    })  # fmt: skip
    _show(console, lines, wrong)
    return 1 if wrong else 0


def _show(console: Console, lines: Sequence[Line], wrong: Sequence[Line]) -> None:
    console.say(f"{count_of(len(wrong), 'identifier')} wrong of {len(lines):,} checked")
    if console.quiet or console.json:
        return
    kinds = Counter((line.column, line.verdict.kind, line.verdict.right) for line in lines)
    told = sorted({(column, kind) for column, kind, _ in kinds})
    rows = [(c, TITLES[k], kinds[c, k, True], kinds[c, k, False]) for c, k in told]
    console.table(("Column", "Holds", "Right", "Wrong"), rows)
    for line in wrong[:_SHOWN]:
        hint = f" ({line.verdict.remark})" if line.verdict.remark else ""
        console.say(
            f"  Row {line.row}, {line.column}: '{line.verdict.given[:40]}': {line.verdict.reason}{hint}"
        )
    if len(wrong) > _SHOWN:
        console.say(f"  and {len(wrong) - _SHOWN:,} more; --out CSV writes them all")


def _upn(args: argparse.Namespace, console: Console) -> int:
    who = Issue(args.school.replace("/", ""), args.year, args.temporary)
    taken = set(_upns(args.taken)) if args.taken else set()
    numbers = issue(args.state, who, args.count, taken=taken)
    for number in numbers:
        console.say(number)
    console.answer({"school": who.school, "year": who.year, "temporary": who.temporary, "upns": numbers})
    return 0


def _temporary(args: argparse.Namespace, console: Console) -> int:
    today = date.today()
    school_year = args.school_year or today.year - (today.month < _FIRST_MONTH)
    found = ageing(_upns(args.file), school_year)
    waiting = sum(len(one.upns) for one in found)
    console.say(f"{count_of(waiting, 'temporary UPN')} to be replaced by permanent ones")
    if found and not console.quiet:
        rows = [(str(one.year), count_of(max(one.age, 0), "year"), len(one.upns)) for one in found]
        console.table(("Given out in", "Age", "UPNs"), rows)
        for upn in [upn for one in found for upn in one.upns][:_SHOWN]:
            console.detail(f"  {upn}")
    console.answer({"waiting": waiting, "by_year": [one._asdict() for one in found]})
    return 1 if waiting else 0


def _upns(path: Path) -> Iterator[str]:
    headings, rows = _read(path)
    places = [place for place, heading in enumerate(headings) if kind_of_column(heading) == "upn"]
    if not places:
        raise MusterError(f"{path.name} has no column of UPNs; name one upn")
    for _, cells in rows:
        yield from (cells[place] for place in places if place < len(cells) and cells[place])


def _read(path: Path) -> tuple[Sequence[str], Iterator[tuple[int, Sequence[str]]]]:
    """The headings of a table and its rows with their numbers."""
    from muster.read.sheets import read_sheets  # giving out UPNs must not wait for it

    if not path.is_file():
        raise UnreadableFile(f"There is no file {path}.")
    sheet = read_sheets(SourceFile(path, path.name, "", path.stat().st_size))[0]
    return sheet.headings, ((row.number, row.cells) for row in sheet.rows)
