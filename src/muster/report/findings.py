"""The findings of a check as a workbook, as CSV and as JSON.

These name people where a finding is about a person, because someone has to find the record: they are for
those who may see the return.  The same result gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from muster.model import Cause, CheckResult, Finding, MusterError, Notice, Outcome
from muster.model.writing import neutralised, replacing, write_whole
from muster.report._book import Cell, Sheet, book_bytes
from muster.report.views import AS_A_WHOLE, Heap, by_person

JSON_VERSION = 1

_CSV_HEADINGS = (
    "return", "rule", "severity", "provisional", "blocks", "record", "message", "fix", "values",
    "explanation", "table", "key", "owner", "also", "file", "line", "fingerprint",
)  # fmt: skip
_FINDING_HEADINGS = (
    "School", "Name of school", "Rule", "Record", "What is wrong", "What to do", "Values", "Owned by",
    "See also", "Provisional", "Explanation", "File", "Line", "Fingerprint",
)  # fmt: skip
_LONG = frozenset({"What is wrong", "What to do", "Values", "See also", "Explanation", "For example", "Why"})


def write_workbook(
    result: CheckResult,
    path: Path,
    *,
    names: Mapping[str, str] | None = None,
    causes: Iterable[Cause] = (),
) -> None:
    """Write the findings as a workbook; ``names`` gives the name of a school by its number."""
    write_whole(path, findings_workbook(result, names=names, causes=causes))


def findings_workbook(
    result: CheckResult, *, names: Mapping[str, str] | None = None, causes: Iterable[Cause] = ()
) -> bytes:
    """The findings as a workbook, as ``write_workbook`` writes it."""
    known = names or {}
    lists = {
        "To fix": [f for f in result.findings if f.severity == "error" and f.blocks],
        "To explain": [f for f in result.findings if f.severity == "query" and f.blocks],
        "Explained": [f for f in result.findings if _is_explained(f)],
        "Ask the source": [f for f in result.findings if f.asks_source],
    }
    sheets = [
        _summary_sheet(result, lists),
        *(_finding_sheet(name, found, known) for name, found in lists.items()),
        _causes_sheet(causes),
        _rules_sheet(result),
        _people_sheet(result, known),
        _schools_sheet(result, lists, known),
    ]
    return book_bytes("Findings", sheets)


def write_csv(result: CheckResult, path: Path) -> None:
    """Write one row per finding as CSV, in UTF-8 with a mark that spreadsheet programs understand."""
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(_CSV_HEADINGS)
    writer.writerows([neutralised(cell) for cell in _csv_row(finding)] for finding in result.findings)
    write_whole(path, held.getvalue().encode("utf-8-sig"))


def write_json(result: CheckResult, path: Path) -> None:
    """Write the findings as JSON in the form of ``findings_json``."""
    text = json.dumps(findings_json(result), ensure_ascii=False, indent=1)
    write_whole(path, f"{text}\n".encode())


def write_file_notes(notices: Iterable[Notice], refused: Iterable[str], path: Path) -> None:
    """Write as CSV what was odd about the files of a build, and which could not be read."""
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(("What", "Note", "What to do", "File", "Row"))
    for text in refused:
        writer.writerow(("not read", neutralised(text), "", "", ""))
    for one in notices:
        cells = (one.code, one.message, one.fix, one.file, str(one.line or ""))
        writer.writerow([neutralised(cell) for cell in cells])
    write_whole(path, held.getvalue().encode("utf-8-sig"))


def fingerprints_in(path: Path) -> list[str]:
    """The fingerprints of the findings in a file that ``write_json`` wrote.  Raises MusterError."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return [finding["fingerprint"] for finding in data["findings"]]
    except (ValueError, KeyError, TypeError) as error:
        raise MusterError(
            f"{path.name} is not a file of findings: {error}. Check again to make it."
        ) from None


def write_parquet(result: CheckResult, path: Path) -> None:
    """Write one row per finding as Parquet, with the columns of the CSV."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [_csv_row(finding) for finding in result.findings]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(_CSV_HEADINGS)
    arrays = [pa.array(column, type=pa.string()) for column in columns]
    with replacing(path) as file:
        pq.write_table(pa.table(arrays, names=list(_CSV_HEADINGS)), file)


def findings_json(result: CheckResult) -> dict[str, Any]:
    """The result as JSON-ready values, version 1: docs/reference/findings-json.md describes each name.

    A later version may add names; it never changes what a name means without a new version number.
    """
    return {
        "format": "muster findings",
        "version": JSON_VERSION,
        "collection": result.collection,
        "year": result.year,
        "returns": list(result.refs),
        "verdict": {
            "text": result.verdict,
            "to_fix": result.to_fix,
            "to_explain": result.to_explain,
            "explained": result.explained,
            "to_ask": result.to_ask,
        },
        "findings": [finding_json(finding) for finding in result.findings],
        "by_person": [_heap_json(heap) for heap in by_person(result.findings)],
        "rules": [
            {
                "rule": outcome.rule_id,
                "code": outcome.code,
                "outcome": str(outcome.outcome),
                "findings": outcome.findings,
                "reason": outcome.reason,
            }
            for outcome in result.outcomes
        ],
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding as JSON-ready values, the same wherever it is shown: in files, on pages and over the wire."""
    return {
        "return": finding.ref,
        "rule": finding.rule_id,
        "code": finding.code,
        "severity": finding.severity,
        "scope": finding.scope,
        "blocks": finding.blocks,
        "asks_source": finding.asks_source,
        "provisional": finding.provisional,
        "table": finding.table,
        "key": finding.key,
        "record": finding.record,
        "person": finding.person,
        "values": dict(finding.values),
        "message": finding.message,
        "fix": finding.fix,
        "owners": dict(finding.owners),
        "also": list(finding.also),
        "explanation": finding.explanation,
        "file": finding.file,
        "line": finding.line,
        "fingerprint": finding.fingerprint,
    }


def _heap_json(heap: Heap) -> dict[str, Any]:
    return {
        "return": heap.ref,
        "person": "" if heap.name == AS_A_WHOLE else heap.name,
        "to_fix": heap.to_fix,
        "to_explain": heap.to_explain,
        "rules": list(heap.rules),
    }


def _csv_row(finding: Finding) -> list[str]:
    return [
        finding.ref, finding.code, finding.severity, _yes(finding.provisional), _yes(finding.blocks),
        finding.record, finding.message, finding.fix, _values(finding), finding.explanation,
        finding.table, str(finding.key or ""), _owners(finding),
        "; ".join(finding.also), finding.file, str(finding.line or ""), finding.fingerprint,
    ]  # fmt: skip


def _summary_sheet(result: CheckResult, lists: Mapping[str, list[Finding]]) -> Sheet:
    provisional = sum(1 for finding in result.findings if finding.provisional)
    top = (
        result.verdict[:1].upper() + result.verdict[1:],
        f"{len(result.refs):,} returns of {result.year}; {len(result.outcomes):,} rules.",
        *(f"{name}: {len(found):,}" for name, found in lists.items()),
        f"Provisional: {provisional:,} (the rule was not seen in an official source; judge with care)",
        *_not_run_line(result),
    )
    headings = ("Rule", "Must be", "Findings", "Schools", "Provisional", "For example")
    return Sheet("Summary", headings, _by_rule(result.findings), top, _LONG)


def _not_run_line(result: CheckResult) -> tuple[str, ...]:
    unsure = sum(1 for o in result.outcomes if o.outcome in (Outcome.NOT_RUN, Outcome.BROKE))
    return (f"{unsure:,} rules gave no answer: see the sheet Rules without answer.",) if unsure else ()


def _by_rule(findings: Iterable[Finding]) -> list[list[Cell]]:
    together: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        together.setdefault((finding.code, finding.severity), []).append(finding)
    ordered = sorted(together.items(), key=lambda found: (found[0][1], -len(found[1]), found[0][0]))
    return [
        [
            code,
            "asked of the source"
            if found[0].asks_source
            else "fixed"
            if severity == "error"
            else "explained",
            len(found),
            len({finding.ref for finding in found}),
            _yes(any(finding.provisional for finding in found)),
            found[0].message,
        ]
        for (code, severity), found in ordered
    ]


def _finding_sheet(name: str, findings: list[Finding], names: Mapping[str, str]) -> Sheet:
    rows: list[list[Cell]] = [
        [
            f.ref, names.get(f.ref, ""), f.code, f.record, f.message, f.fix, _values(f), _owners(f),
            "\n".join(f.also), _yes(f.provisional), f.explanation, f.file, f.line,
            f.fingerprint,
        ]
        for f in findings
    ]  # fmt: skip
    return Sheet(name, _FINDING_HEADINGS, rows, wrapped=_LONG)


def _causes_sheet(causes: Iterable[Cause]) -> Sheet:
    """Findings grouped by the column their values came through, the largest group first."""
    kinds = {"conversion": "export or mapping", "entry": "single records"}
    rows: list[list[Cell]] = [
        [c.code, c.findings, c.values, kinds[c.kind], c.source, c.column, c.example] for c in causes
    ]
    headings = ("Rule", "Findings", "Values", "Fault likely in", "File", "Column", "For example")
    return Sheet("Likely causes", headings, rows, wrapped=_LONG)


def _rules_sheet(result: CheckResult) -> Sheet:
    rows: list[list[Cell]] = [
        [outcome.code, outcome.rule_id, str(outcome.outcome), outcome.reason]
        for outcome in result.outcomes
        if outcome.outcome in (Outcome.NOT_RUN, Outcome.BROKE)
    ]
    return Sheet("Rules without answer", ("Rule", "Name", "What became of it", "Why"), rows, wrapped=_LONG)


def _people_sheet(result: CheckResult, names: Mapping[str, str]) -> Sheet:
    """What stands against each person, and before them against each return as a whole."""
    rows: list[list[Cell]] = [
        [heap.ref, names.get(heap.ref, ""), heap.name, heap.to_fix, heap.to_explain, ", ".join(heap.rules)]
        for heap in by_person(result.findings)
    ]
    headings = ("School", "Name of school", "Person", "To fix", "To explain", "Rules")
    return Sheet("By person", headings, rows, wrapped=frozenset({"Rules"}))


def _schools_sheet(
    result: CheckResult, lists: Mapping[str, list[Finding]], names: Mapping[str, str]
) -> Sheet:
    counts = {name: Counter(finding.ref for finding in found) for name, found in lists.items()}
    rows: list[list[Cell]] = [
        [ref, names.get(ref, ""), *(counts[name][ref] for name in lists)] for ref in result.refs
    ]
    return Sheet("Schools", ("School", "Name of school", *lists), rows)


def _is_explained(finding: Finding) -> bool:
    explained = finding.severity == "query" and bool(finding.explanation)
    return explained and not finding.asks_source


def _values(finding: Finding) -> str:
    given = finding.values.items()
    return "; ".join(f"{name} = {'(empty)' if value is None else value}" for name, value in given)


def _owners(finding: Finding) -> str:
    return "; ".join(f"{name}: {owner}" for name, owner in finding.owners.items())


def _yes(fact: bool) -> str:
    return "yes" if fact else ""
