"""``muster performance draft``: the defects of a report before it is published."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from muster.cli.console import Console
from muster.cli.performance.remarks import remark_json, show_remarks
from muster.model import MusterError
from muster.model.words import count_of, date_in_words
from muster.model.writing import write_whole
from muster.performance.defects import defects_of, faulty_draft
from muster.performance.draft import read_draft
from muster.performance.texts import read_lines


def run(args: argparse.Namespace, console: Console) -> int:
    """Look for defects; exit code 1 where there are any."""
    if args.example:
        return _write_example(args.file, console)
    draft = read_draft(read_lines(args.file), args.file.name, day=_day(args.day))
    if not any(line.plain for line in draft.lines):
        raise MusterError(f"{args.file.name} holds no text to look at")
    defects = defects_of(draft)
    spoken = (
        f"read as of {date_in_words(draft.day)}"
        if draft.day
        else "it names no day, so times were not checked"
    )
    console.say(f"{args.file.name}: {count_of(len(defects), 'defect')}; {spoken}")
    show_remarks(console, defects)
    console.answer(
        {"file": args.file.name, "day": draft.day, "defects": [remark_json(one) for one in defects]}
    )
    return 1 if defects else 0


def _write_example(path: Path, console: Console) -> int:
    if path.exists():
        raise MusterError(f"{path} is there already; name a new file for the example")
    write_whole(path, faulty_draft().encode("utf-8"))
    console.say(f"Wrote {path}, a draft with defects; look it over with: muster performance draft {path}")
    console.answer({"written": str(path)})
    return 0


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise MusterError(f"--day {text} is not a day; write it as 2009-03-31") from None
