"""Check identifiers of any kind, one or a table of them, and say of which kind a column is."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, get_args

from muster.identifiers.people import check_ni_number, check_teacher_number, check_uci
from muster.identifiers.places import check_la_estab, check_postcode, check_ukprn, check_urn
from muster.identifiers.uln import check_uln
from muster.identifiers.upn import check_upn
from muster.identifiers.verdict import Kind, Verdict
from muster.model.errors import MusterError
from muster.model.writing import neutralised

CHECKS: Mapping[Kind, Callable[[str], Verdict]] = {
    "upn": check_upn,
    "uln": check_uln,
    "uci": check_uci,
    "teacher_number": check_teacher_number,
    "ni_number": check_ni_number,
    "urn": check_urn,
    "la_estab": check_la_estab,
    "ukprn": check_ukprn,
    "postcode": check_postcode,
}
TITLES: Mapping[Kind, str] = {
    "upn": "unique pupil number (UPN)",
    "uln": "unique learner number (ULN)",
    "uci": "unique candidate identifier (UCI)",
    "teacher_number": "teacher reference number",
    "ni_number": "National Insurance number",
    "urn": "unique reference number of a school (URN)",
    "la_estab": "authority and school number",
    "ukprn": "UK provider reference number (UKPRN)",
    "postcode": "postcode",
}
# How columns call them, in small letters and digits alone.
_HEADINGS: Mapping[Kind, str] = {
    "upn": "upn uniquepupilnumber formerupn temporaryupn",
    "uln": "uln uniquelearnernumber",
    "uci": "uci uniquecandidateidentifier",
    "teacher_number": "trn teachernumber teacherreferencenumber dfenumber dfesnumber",
    "ni_number": "ni nino ninumber nationalinsurancenumber",
    "urn": "urn sourceurn schoolurn uniquereferencenumber",
    "la_estab": "laestab laestabnumber leaestab dfeestab schoolnumber",
    "ukprn": "ukprn ukproviderreferencenumber",
    "postcode": "postcode homepostcode",
}
_KIND_OF: Mapping[str, Kind] = {name: kind for kind, names in _HEADINGS.items() for name in names.split()}


_VERDICT_COLUMNS = ("row", "column", "kind", "given", "verdict", "reason", "rule", "written", "remark")


class Line(NamedTuple):
    """A verdict with its place in a table: the number of the row and the heading of the column."""

    row: int
    column: str
    verdict: Verdict


def check(kind: Kind, text: str) -> Verdict:
    """Whether a text can be an identifier of a kind, and exactly why not."""
    return CHECKS[kind](text)


def kind_called(name: str) -> Kind:
    """The kind a person names, such as upn or la_estab.  Raises MusterError naming those there are."""
    for kind in get_args(Kind):
        if kind == name:
            found: Kind = kind
            return found
    raise MusterError(f"'{name}' is no kind of identifier; there are {', '.join(CHECKS)}")


def kind_of_column(heading: str) -> Kind | None:
    """The kind of identifier a column holds, by its heading."""
    return _KIND_OF.get(re.sub("[^a-z0-9]", "", heading.lower()))


def columns_to_check(headings: Sequence[str], kind: Kind | None) -> dict[int, Kind]:
    """Which columns are checked as what: those whose heading says so, or the first one as a kind that was named.

    Raises MusterError where no heading says anything and no kind was named.
    """
    known = {place: found for place, heading in enumerate(headings) if (found := kind_of_column(heading))}
    if kind:
        return {place: kind for place, found in known.items() if found == kind} or {0: kind}
    if not known:
        raise MusterError(
            f"no column says by its heading what it holds ({', '.join(heading[:20] for heading in headings[:5])}); "
            f"name the kind ({', '.join(CHECKS)})"
        )
    return known


def check_table(
    headings: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], *, kind: Kind | None = None
) -> Iterator[Line]:
    """A verdict for each cell of each column that is checked; empty cells of a column that has others are left out."""
    columns = columns_to_check(headings, kind)
    only_one = len(columns) == 1
    for number, cells in rows:
        for place, found in columns.items():
            text = cells[place] if place < len(cells) else ""
            if text or only_one:
                yield Line(number, headings[place], CHECKS[found](text))


def table_in_csv(content: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headings of a CSV file and its rows with their numbers, cells trimmed.  Raises MusterError for another."""
    try:
        lines = list(csv.reader(io.StringIO(_text_of(content)), strict=True))
    except csv.Error as error:
        raise MusterError(f"it is not a CSV file: {error}") from None
    if not lines:
        raise MusterError("the table is empty")
    rows = [(number, [cell.strip() for cell in cells]) for number, cells in enumerate(lines[1:], 2)]
    return [heading.strip() for heading in lines[0]], [
        (number, cells) for number, cells in rows if any(cells)
    ]


def _text_of(content: bytes) -> str:
    """The text of a file as spreadsheets write it: UTF-8, or else the older coding of Windows."""
    if b"\0" in content:
        raise MusterError("it is not a CSV file: it holds more than text. Save it as CSV UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("windows-1252", errors="replace")


def verdicts_as_csv(lines: Iterable[Line]) -> str:
    """A line for each identifier; what a spreadsheet would take for a formula has an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_VERDICT_COLUMNS)
    for row, column, verdict in lines:
        said = (verdict.reason, verdict.rule, verdict.value, verdict.remark)
        cells = (column, verdict.kind, verdict.given, "right" if verdict.right else "wrong", *said)
        writer.writerow((row, *map(neutralised, cells)))
    return out.getvalue()
