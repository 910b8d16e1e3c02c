"""Explanations: kept in a file beside the return, carried to its next version by fingerprint.

An explanation belongs to one finding.  When a corrected file is checked, a query that is still there, on
the same record with the same values, still carries what was said of it.  Nothing written is ever dropped:
explanations of findings that went away stay in the file as past notes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import tomli

from muster.model import CheckResult, Finding, MusterError
from muster.model.writing import neutralised, restored, write_whole

_CSV = ("fingerprint", "rule", "return", "record", "message", "explanation", "by", "carried")


class Note(NamedTuple):
    """What somebody said of one finding; ``carried`` where it was said of an earlier version."""

    fingerprint: str
    text: str
    by: str = ""
    rule: str = ""
    ref: str = ""
    record: str = ""
    message: str = ""
    carried: bool = False


Notes = Mapping[str, Note]


def read_notes(path: Path) -> dict[str, Note]:
    """The notes of a file by fingerprint; none where there is no file.  Raises MusterError."""
    if not path.exists():
        return {}
    try:
        data = tomli.loads(path.read_text(encoding="utf-8"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MusterError(f"{path.name} cannot be read: {error}. Correct it or put the copy back.") from None
    notes = [data.get(kind, []) for kind in ("note", "past_note")]
    if not all(isinstance(part, list) and all(isinstance(one, dict) for one in part) for part in notes):
        raise MusterError(
            f"{path.name} cannot be read: each note starts with a line [[note]]. Put the copy back."
        )
    found = [_note(path, one) for part in notes for one in part]
    return {note.fingerprint: note for note in found if note.text}


def _note(path: Path, data: Mapping[str, object]) -> Note:
    if not data.get("fingerprint"):
        raise MusterError(f"{path.name}: a note has no fingerprint, so its finding is not known")
    texts = {key: str(data.get(key, "")) for key in ("fingerprint", "by", "rule", "ref", "record", "message")}
    return Note(text=str(data.get("explanation", "")).strip(), carried=bool(data.get("carried")), **texts)


def apply_notes(result: CheckResult, notes: Notes) -> CheckResult:
    """The result with each explained query carrying its explanation."""
    findings = tuple(
        f._replace(explanation=notes[f.fingerprint].text) if explains(notes, f) else f
        for f in result.findings
    )
    return replace(result, findings=findings)


def explains(notes: Notes, finding: Finding) -> bool:
    """Whether there is an explanation for this query; an error cannot be explained away."""
    return finding.severity == "query" and finding.fingerprint in notes


def write_notes(path: Path, findings: Iterable[Finding], notes: Notes) -> None:
    """Write the notes of a return: every query with its explanation or room for one, then past notes."""
    queries = [f for f in findings if f.severity == "query" and not f.asks_source]
    here = {f.fingerprint for f in queries}
    past = [note for note in notes.values() if note.fingerprint not in here]
    if not queries and not past:
        path.unlink(missing_ok=True)
        return
    current = [_toml("note", _of_finding(f, notes.get(f.fingerprint))) for f in queries]
    text = "".join([_HEAD, *current, *(_toml("past_note", note) for note in past)])
    write_whole(path, text.encode("utf-8"))


_HEAD = """# Explanations of the queries of one return.  Write between the quotes after 'explanation'; check again,
# or load a corrected file: the explanation stays with its finding.  Notes of findings that are gone are
# kept as past_note and come back should the finding come back.
"""


def _of_finding(finding: Finding, note: Note | None) -> Note:
    return Note(
        finding.fingerprint,
        note.text if note else "",
        note.by if note else "",
        finding.code,
        finding.ref,
        finding.record,
        finding.message,
        note is not None,
    )


def _toml(kind: str, note: Note) -> str:
    lines = [
        f"\n[[{kind}]]",
        f"fingerprint = {_quoted(note.fingerprint)}",
        *(f"{key} = {_quoted(getattr(note, key))}" for key in ("rule", "ref", "record", "message")),
        f"explanation = {_quoted(note.text)}",
        f"by = {_quoted(note.by)}",
    ]
    return "\n".join([*lines, f"carried = {'true' if note.carried else 'false'}"]) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + "".join(f"\\u{ord(c):04x}" if c < " " or c == "\x7f" else c for c in escaped) + '"'


def keep_notes(path: Path, more: Notes) -> None:
    """Add explanations to those a notes file holds; each waits there for its finding."""
    together = {**read_notes(path), **more}
    if together:
        write_notes(path, (), together)


def export_notes(path: Path, findings: Iterable[Finding], notes: Notes) -> int:
    """Write the queries and their explanations as CSV for others to fill in; the number of rows."""
    rows = [
        _of_finding(f, notes.get(f.fingerprint))
        for f in findings
        if f.severity == "query" and not f.asks_source
    ]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_CSV)
    for n in rows:
        carried = "yes" if n.carried else ""
        cells = (n.fingerprint, n.rule, n.ref, n.record, n.message, n.text, n.by, carried)
        writer.writerow([neutralised(cell) for cell in cells])
    write_whole(path, out.getvalue().encode("utf-8-sig"))
    return len(rows)


def import_notes(path: Path) -> dict[str, Note]:
    """Read explanations from a CSV that ``export_notes`` wrote.  Raises MusterError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            missing = {"fingerprint", "explanation"} - set(reader.fieldnames or ())
            rows = [] if missing else list(reader)
    except (UnicodeDecodeError, csv.Error):
        raise MusterError(
            f"{path.name} is not a CSV file in UTF-8; save it as 'CSV UTF-8' and try again"
        ) from None
    if missing:
        raise MusterError(f"{path.name} has no column {', '.join(sorted(missing))}; export it again")
    return {row["fingerprint"]: _imported(row) for row in rows if row["explanation"].strip()}


def _imported(row: Mapping[str, str]) -> Note:
    cells = {name: restored(row.get(name) or "").strip() for name in _CSV}
    return Note(
        cells["fingerprint"], cells["explanation"], cells["by"], cells["rule"], cells["return"], cells["record"],
        cells["message"],
    )  # fmt: skip
