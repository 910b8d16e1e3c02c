"""``muster ctf check``: transfer files of any versions against their rules."""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from muster.checking import Checked, Expected, check_files
from muster.cli import check
from muster.cli.console import Console
from muster.collect import gather
from muster.model import MusterError, SourceFile, UnreadableFile
from muster.model.words import count_of
from muster.read import peek_header
from muster.report.findings import findings_json
from muster.transferring.files import read_transfer, transfer_collection
from muster.transferring.names import Party

_CLOCKS_APART = timedelta(days=1)


def run(args: argparse.Namespace, console: Console) -> int:
    """Check the files version by version; the worst exit code of all is that of the run."""
    with tempfile.TemporaryDirectory(prefix="muster-") as unpacked:
        files = gather(args.paths, unpack_to=Path(unpacked)).files
        xml = [file for file in files if file.path.suffix.lower() == ".xml"]
        if not xml:
            raise MusterError(f"no XML file in {', '.join(path.name for path in args.paths)}")
        _refuse_same_names(xml)
        accepted, refused = _at_the_door(xml, _party(args.school))
        checked = [_checked(year, accepted) for year in sorted(set(accepted.values()))]
    refused += [message for one in checked for message in one.refused]
    console.answer(_as_json(checked, refused))
    _show(console, checked, everything=args.all)
    for message in refused:
        console.complain(message)
    return max([2 if refused else 0, *map(check.exit_code, checked)])


def _refuse_same_names(files: Sequence[SourceFile]) -> None:
    twice = [name for name, count in Counter(Path(file.name).name for file in files).items() if count > 1]
    if twice:
        raise MusterError(
            f"two files are named {twice[0]}. The number at the end tells the files between two schools apart: "
            "name the second with the next number, or take away the one that came twice."
        )


def _party(school: str) -> Party | None:
    found = re.fullmatch(r"(\d{3})/?(\d{4}|LLLL)", school)
    if school and not found:
        raise MusterError(f"'{school}' is not the number of a school; write it as 999/4001")
    return Party("".join(found.groups())) if found else None


def _at_the_door(
    files: Sequence[SourceFile], wanted: Party | None
) -> tuple[dict[SourceFile, int], list[str]]:
    """The files that can be checked with the year of their version, and why the others cannot."""
    accepted: dict[SourceFile, int] = {}
    refused = []
    for file in files:
        try:
            _refuse_other_kinds(file)
            transfer = read_transfer(file)
            _refuse_other_schools(file, transfer.destination, wanted)
            _refuse_the_future(file, transfer.document.header.get("written_at") or "")
            accepted[file] = transfer.document.year
        except UnreadableFile as error:
            refused.append(str(error))
    return accepted, refused


def _refuse_other_kinds(file: SourceFile) -> None:
    root = peek_header(file).root
    if root not in transfer_collection().message.names:
        raise UnreadableFile(f"{file.name} is no transfer file: its outermost element is <{root[:60]}>.")


def _refuse_other_schools(file: SourceFile, destination: Party | None, wanted: Party | None) -> None:
    if wanted and destination != wanted:
        goes = f"for {destination}" if destination else "for no school that can be"
        raise UnreadableFile(
            f"{file.name} is {goes}, not for {wanted}. Nothing of it was checked; send it where it belongs."
        )


def _refuse_the_future(file: SourceFile, written_at: str) -> None:
    try:
        written = datetime.fromisoformat(written_at[:19])
    except ValueError:
        return  # a rule says so
    if written > datetime.now() + _CLOCKS_APART:
        raise UnreadableFile(f"{file.name} says that it was written on {written_at}, which is in the future.")


def _checked(year: int, accepted: dict[SourceFile, int]) -> Checked:
    sources = [file for file, its in accepted.items() if its == year]
    return check_files(transfer_collection(), sources, expected=Expected(year))


def _as_json(checked: Sequence[Checked], refused: Sequence[str]) -> dict[str, Any]:
    return {"versions": [findings_json(one.result) for one in checked], "refused": list(refused)}


def _show(console: Console, checked: Sequence[Checked], *, everything: bool) -> None:
    for one in checked:
        version = transfer_collection().version_of_year(one.result.year, None)
        console.say(f"{check.first_line(one)} (version {version})")
        for ref in one.result.refs:
            own = [finding for finding in one.result.findings if finding.ref == ref]
            check.show_return(console, ref, own, everything=everything, file=ref)
        check.show_outcomes(console, one.result.outcomes, one.result.year)
    if not checked:
        console.say(f"{count_of(0, 'file')} checked")
