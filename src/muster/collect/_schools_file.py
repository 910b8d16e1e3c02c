"""Read ``schools.csv``: the authority's register of its schools."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

from muster.catalogue._source import nearest
from muster.model import MusterError
from muster.model.authority import School

COLUMNS = ("LA", "Estab", "URN", "Name", "Phase", "Type", "Academy", "Federation", "PayArea", "Timetabled")
_REQUIRED = ("LA", "Estab", "Name")
PHASES = ("Nursery", "Primary", "Secondary", "All-through", "Special", "PRU")
PAY_AREAS = ("EW", "IL", "OL", "FR")
_YES, _NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0", ""})

_Fault = Callable[[str], MusterError]


def read_schools(path: Path) -> dict[str, School]:
    """Every school by its reference.  Raises MusterError with file and line."""
    schools: dict[str, School] = {}
    first: dict[str, int] = {}
    rows = csv.reader(_text_of(path).splitlines())
    headings = _headings(next(rows, []), path.name)
    for line, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue

        def fault(message: str, line: int = line) -> MusterError:
            return MusterError(f"{path.name}:{line}: {message}")

        if len(cells) != len(headings):
            raise fault(f"the row has {len(cells)} cells, the heading has {len(headings)}")
        school = _school(dict(zip(headings, (cell.strip() for cell in cells), strict=True)), fault)
        if school.ref in first:
            raise fault(f"the school {school.ref} is already on line {first[school.ref]}; remove one of them")
        schools[school.ref], first[school.ref] = school, line
    return schools


def _text_of(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _headings(cells: list[str], name: str) -> list[str]:
    headings = [cell.strip() for cell in cells]
    for heading in headings:
        if heading not in COLUMNS:
            hint = nearest(heading, COLUMNS)
            raise MusterError(f"{name}:1: '{heading}' is not a column{hint} (known: {', '.join(COLUMNS)})")
    missing = [column for column in _REQUIRED if column not in headings]
    if missing:
        raise MusterError(f"{name}:1: the column {missing[0]} is missing (needed: {', '.join(_REQUIRED)})")
    return headings


def _school(row: Mapping[str, str], fault: _Fault) -> School:
    lea, estab, name = row["LA"], row["Estab"], row["Name"]
    if not (lea.isdigit() and len(lea) == 3):
        raise fault(f"LA = '{lea}' is not an authority number of three digits")
    if not (estab.isdigit() and len(estab) == 4):
        raise fault(f"Estab = '{estab}' is not an establishment number of four digits")
    if not name:
        raise fault(f"the school {lea}/{estab} has no name")
    phase = _one_of(row.get("Phase", ""), PHASES, "Phase", fault)
    return School(
        ref=f"{lea}/{estab}",
        name=name,
        urn=row.get("URN", ""),
        phase=phase,
        kind=row.get("Type", ""),
        academy=_flag(row, "Academy", fault),
        federation=row.get("Federation", ""),
        pay_area=_one_of(row.get("PayArea", ""), PAY_AREAS, "PayArea", fault) or "EW",
        timetabled=_flag(row, "Timetabled", fault),
    )


def _one_of(value: str, known: tuple[str, ...], column: str, fault: _Fault) -> str:
    found = next((one for one in known if one.casefold() == value.casefold()), "")
    if value and not found:
        hint = nearest(value, known) or f"; write one of {', '.join(known)}"
        raise fault(f"{column} = '{value}' is not known{hint}")
    return found


def _flag(row: Mapping[str, str], column: str, fault: _Fault) -> bool:
    word = row.get(column, "").casefold()
    if word not in _YES | _NO:
        raise fault(f"{column} = '{row[column]}' is neither yes nor no")
    return word in _YES
