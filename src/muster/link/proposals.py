"""Proposed matches: a file a person fills in, and what they decided."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from muster.link._decisions import Decisions
from muster.link._people import Account, Candidate
from muster.link._score import Score
from muster.model import MusterError
from muster.model.writing import neutralised, restored, write_whole

_YES = frozenset({"yes", "y", "true", "1", "same"})
_NO = frozenset({"no", "n", "false", "0", "different"})
_SIDE = (
    "source",
    "staff number",
    "family name",
    "given name",
    "birth date",
    "teacher number",
    "NI number",
    "post",
    "hours",
    "key",
)
_HEADINGS = (
    "decision (yes/no)",
    "school",
    "why asked",
    "points",
    "evidence",
    *(f"{column} 1" for column in _SIDE),
    *(f"{column} 2" for column in _SIDE),
)

WHY = {
    "link.unconfirmed_match": "alike, not the same",
    "link.two_equal_candidates": "more than one record fits equally well",
    "link.numbers_disagree": "name and birth date agree, numbers do not",
    "link.names_disagree": "a number and the birth date agree, names do not",
    "link.reference_reused": "one staff number, two people?",
    "link.splink": "likely by the weights of splink",
}


@dataclass(frozen=True)
class Side:
    """One of the two records of a proposal, as a person needs to see it."""

    source: str
    reference: str
    family_name: str
    given_name: str
    birth_date: str
    teacher_number: str
    ni_number: str
    posts: str
    hours: str
    key: str

    def cells(self) -> tuple[str, ...]:
        """The side as cells of the proposals file."""
        return (
            self.source,
            self.reference,
            self.family_name,
            self.given_name,
            self.birth_date,
            self.teacher_number,
            self.ni_number,
            self.posts,
            self.hours,
            self.key,
        )


@dataclass(frozen=True)
class Proposal:
    """Two records that may be one person; ``code`` says why a person is asked."""

    ref: str
    left: Side
    right: Side
    code: str
    points: int
    reasons: tuple[str, ...]


def proposal(left: Candidate, right: Candidate, code: str, weighed: Score) -> Proposal:
    """The proposal that two candidates are one person."""
    first, second = left.accounts[0], right.accounts[0]
    return Proposal(first.school, _side(first), _side(second), code, weighed.points, weighed.reasons)


def _side(account: Account) -> Side:
    def said(item: str) -> str:
        return account.record.text(item) or ""

    return Side(
        source=f"{account.source} {account.supplier}",
        reference=account.reference,
        family_name=said("family_name"),
        given_name=said("given_name"),
        birth_date=said("birth_date"),
        teacher_number=said("teacher_number"),
        ni_number=said("ni_number"),
        posts=", ".join(sorted(account.identity.posts)),
        hours=", ".join(sorted(account.identity.hours)),
        key=account.key,
    )


def write_proposals(proposals: Iterable[Proposal], path: Path) -> None:
    """Write the proposals as a CSV file in which a person fills the first column with yes or no."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADINGS)
    for p in proposals:
        cells = (
            "",
            p.ref,
            WHY[p.code],
            str(p.points),
            "; ".join(p.reasons),
            *p.left.cells(),
            *p.right.cells(),
        )
        writer.writerow([neutralised(cell) for cell in cells])
    write_whole(path, b"\xef\xbb\xbf" + text.getvalue().encode())


def read_decisions(*paths: Path) -> Decisions:
    """Read the proposals files a person has filled in; rows left blank decide nothing, nor does a missing file.

    Raises MusterError for a file that is there and cannot be used.
    """
    return Decisions.of([decided for path in paths if path.exists() for decided in _decided(path)])


def _decided(path: Path) -> list[tuple[str, str, bool]]:
    rows = _rows(path)
    found = []
    for line, row in enumerate(rows, start=2):
        answer = (row.get(_HEADINGS[0]) or "").strip().lower()
        if not answer:
            continue
        if answer not in _YES | _NO:
            raise MusterError(
                f"{path.name} line {line}: the decision is '{answer}'. Write yes, no, or leave it blank."
            )
        keys = [restored((row.get(f"key {side}") or "").strip()) for side in (1, 2)]
        if not all(keys):
            raise MusterError(
                f"{path.name} line {line}: the columns 'key 1' and 'key 2' must be left as they were."
            )
        found.append((keys[0], keys[1], answer in _YES))
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(text_of(path)))
    needed = {_HEADINGS[0], "key 1", "key 2"}
    missing = needed - set(reader.fieldnames or ())
    if missing:
        raise MusterError(
            f"{path.name} has no column {', '.join(sorted(missing))}. Use the proposals file as Muster wrote it."
        )
    return list(reader)


def text_of(path: Path) -> str:
    """The text of a CSV file as a spreadsheet program may have saved it: UTF-8, or the Windows code page."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise MusterError(f"{path.name} cannot be read: {problem.strerror}.") from problem
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("windows-1252", errors="replace")
