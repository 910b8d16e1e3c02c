"""``muster performance report``: the quarterly report of a snapshot: web page, Word file, tagged PDF and CSV."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from muster.cli.console import Console
from muster.cli.performance.remarks import remark_json, show_remarks
from muster.model.words import count_of
from muster.model.writing import write_whole
from muster.performance import Remark
from muster.performance.quarterly import (
    Snapshot,
    as_csv,
    as_docx,
    as_html,
    as_pdf,
    compose,
    for_publication,
    problems_of,
    read_snapshot,
)
from muster.performance.quarterly.reading import snapshot_bytes

_WRITERS = {"report.html": as_html, "report.docx": as_docx, "report.pdf": as_pdf, "report.csv": as_csv}


def run(args: argparse.Namespace, console: Console) -> int:
    """Write the report where nothing stands in its way, or as a draft; exit code 1 where something does."""
    found = read_snapshot(args.snapshot)
    problems = [*found.remarks, *problems_of(found.snapshot)]
    folder = args.out or args.snapshot.with_suffix("")
    written: Sequence[Path] = ()
    if args.draft or not problems:
        written = write_report(
            found.snapshot, args.snapshot, folder, draft=bool(problems), restricted=args.restricted
        )
    _show(args, console, problems, written)
    console.answer(
        {"problems": [remark_json(one) for one in problems], "written": [str(path) for path in written]}
    )
    return 1 if problems else 0


def write_report(
    snapshot: Snapshot, source: Path, folder: Path, *, draft: bool = False, restricted: bool = False
) -> list[Path]:
    """Write a snapshot in every form, and the file it came from as JSON beside them; the paths written."""
    shown = snapshot if restricted else for_publication(snapshot)
    document = compose(shown, draft=draft, restricted=restricted)
    written = [_written(folder / name, make(document)) for name, make in _WRITERS.items()]
    return [*written, _written(folder / "snapshot.json", snapshot_bytes(source))]


def _written(path: Path, content: bytes) -> Path:
    write_whole(path, content)
    return path


def _show(
    args: argparse.Namespace, console: Console, problems: Sequence[Remark], written: Sequence[Path]
) -> None:
    verdict = f"{count_of(len(problems), 'problem')}: {args.snapshot.name}"
    console.say(
        verdict if written else f"{verdict}; nothing was written (--draft writes it marked as a draft)"
    )
    show_remarks(console, problems)
    for path in written:
        console.detail(f"Wrote {path}")
