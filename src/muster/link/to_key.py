"""The to-key sheet: each item nobody supplies, asked for once; a person fills the last column."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from muster.link._choose import TO_KEY_SHEET
from muster.link._keyed import TARGET
from muster.link.proposals import text_of
from muster.model import Cell, Collection, Extract, Item, MusterError, Record, SourceFile, SourcePerson
from muster.model.writing import neutralised, restored, write_whole

_HEADINGS = (
    "school",
    "also at",
    "person",
    "record",
    "item",
    "value",
    "table",
    "name of item",
    "contract",
    "key",
)
_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})


@dataclass(frozen=True)
class ToKey:
    """One item to key for one person; ``also_at`` are the person's other schools, which will use it too."""

    ref: str
    also_at: tuple[str, ...]
    person: str
    key: str
    table: str
    target: str
    item: str
    title: str


def write_to_key(items: Iterable[ToKey], path: Path) -> None:
    """Write the to-key sheet as a CSV file."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADINGS)
    for one in items:
        record = f"contract {one.target}" if one.target else "staff details"
        cells = (
            one.ref,
            " ".join(one.also_at),
            one.person,
            record,
            one.title,
            "",
            one.table,
            one.item,
            one.target,
            one.key,
        )
        writer.writerow([neutralised(cell) for cell in cells])
    write_whole(path, b"\xef\xbb\xbf" + text.getvalue().encode())


def is_to_key_sheet(path: Path) -> bool:
    """Whether a CSV file has the columns of a to-key sheet; other filled-in files are read by a mapping."""
    first = text_of(path).splitlines()[:1]
    return bool(first) and set(_HEADINGS) <= set(next(csv.reader(first)))


def read_to_key(collection: Collection, path: Path) -> Extract:
    """Read a filled-in to-key sheet as a source; rows left blank say nothing.  Raises MusterError."""
    content = path.read_bytes() if path.is_file() else b""
    file = SourceFile(path, path.name, hashlib.sha256(content).hexdigest(), len(content))
    extract = Extract("keyed", path.name, file, TO_KEY_SHEET)
    people: dict[tuple[str, str], Record] = {}
    contracts: dict[tuple[str, str, str], Record] = {}
    for line, row in _rows(path):
        text = restored((row["value"] or "").strip())
        if not text:
            continue
        item = _item(collection, path, line, row)
        who = restored(row["school"]), restored(row["key"])
        person = people.setdefault(who, Record("members", row=line))
        cell = Cell(canonical(collection, item, text), text, line, "value")
        _holder(person, contracts, who, row).values[row["name of item"]] = cell
    extract.people = [SourcePerson(school, key, record) for (school, key), record in people.items()]
    return extract


def _holder(
    person: Record, contracts: dict[tuple[str, str, str], Record], who: tuple[str, str], row: dict[str, str]
) -> Record:
    """The record a keyed value goes into: the person, a contract, or the one record of a table below it."""
    table, target = row["table"], restored(row["contract"])
    if table == "members":
        return person
    contract = contracts.get((*who, target))
    if contract is None:
        contract = Record("contracts", {TARGET: Cell(target, target, person.row, "contract")}, row=person.row)
        contracts[*who, target] = contract
        person.children.append(contract)
    if table == "contracts":
        return contract
    below = contract.of(table)
    if not below:
        contract.children.append(Record(table, row=person.row))
    return contract.of(table)[0]


def _item(collection: Collection, path: Path, line: int, row: dict[str, str]) -> Item:
    table = collection.tables.get(row["table"])
    item = table.items.get(row["name of item"]) if table else None
    if item is None:
        raise MusterError(
            f"{path.name} line {line}: there is no item '{row['name of item']}' of table '{row['table']}'. "
            "Leave every column but 'value' as Muster wrote it."
        )
    return item


def canonical(collection: Collection, item: Item, text: str) -> str:
    """What a person typed, as the official file writes it; what cannot be read stays as typed and is checked."""
    if item.type == "date":
        return _date(text)
    if item.type == "boolean":
        return "true" if text.lower() in _YES else "false" if text.lower() in _NO else text
    if item.type in ("number", "whole"):
        return re.sub(r"[£,\s]", "", text)
    codes = collection.code_sets.get(item.codes or "")
    by_fold = {code.code.casefold(): code.code for code in codes.codes} if codes else {}
    return by_fold.get(text.casefold(), text)


def _date(text: str) -> str:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return text


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text_of(path)))
    missing = set(_HEADINGS) - set(reader.fieldnames or ())
    if missing:
        raise MusterError(
            f"{path.name} has no column {', '.join(sorted(missing))}. Use the to-key sheet as Muster wrote it."
        )
    rows: dict[int, dict[str, str]] = defaultdict(dict)
    for row in reader:
        rows[reader.line_num] = {heading: row.get(heading) or "" for heading in _HEADINGS}
    return list(rows.items())
