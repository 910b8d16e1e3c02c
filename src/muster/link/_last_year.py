"""Last year's return read as one more source of this year's."""

from __future__ import annotations

from pathlib import Path

from muster.model import Cell, Collection, Extract, Record, Return, Rows, SourceFile, SourcePerson

# Absences, curriculum, additional payments and counts belong to their year and are not carried.
_BELOW_PERSON = ("former_names", "contracts", "qualifications")
_BELOW_CONTRACT = ("roles", "hours", "payments")


def as_extract(collection: Collection, ref: str, earlier: Return) -> Extract:
    """The people of a return with everything of theirs that may still hold a year later."""
    file = earlier.source or SourceFile(Path(), f"return of {earlier.year}", "", 0)
    extract = Extract("last_year", f"return of {earlier.year}", file, "")
    people = _records(collection, earlier, "members")
    contracts = _records(collection, earlier, "contracts")
    for table in _BELOW_PERSON:
        below = contracts if table == "contracts" else _records(collection, earlier, table)
        _hang(below, people, earlier.tables.get(table), "member_id")
    for table in _BELOW_CONTRACT:
        _hang(_records(collection, earlier, table), contracts, earlier.tables.get(table), "contract_id")
    extract.people = [SourcePerson(ref, "", record) for record in people.values()]
    return extract


def _records(collection: Collection, earlier: Return, table: str) -> dict[int, Record]:
    """The rows of a table as records, by their own key, in order."""
    rows = earlier.tables.get(table)
    if rows is None:
        return {}
    own = rows.keys[collection.tables[table].key]
    return {
        key: Record(table, cells, [], line)
        for key, cells, line in zip(own, _cells(rows), rows.lines, strict=True)
        if key is not None
    }


def _cells(rows: Rows) -> list[dict[str, Cell]]:
    """The values of each row that has any, taken column by column."""
    found: list[dict[str, Cell]] = [{} for _ in rows.lines]
    for item, texts in rows.text.items():
        for cells, text, line in zip(found, texts, rows.lines, strict=True):
            if text is not None:
                cells[item] = Cell(text, text, line, item)
    return found


def _hang(below: dict[int, Record], above: dict[int, Record], rows: Rows | None, parent_key: str) -> None:
    if rows is None:
        return
    for record, parent in zip(below.values(), rows.keys[parent_key], strict=True):
        if parent is not None and parent in above:
            above[parent].children.append(record)
