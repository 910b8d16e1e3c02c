"""How values a person has keyed find the person and the contract they are for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from muster.link._choose import TO_KEY_SHEET
from muster.link._people import Account, Candidate, account_of
from muster.model import Extract, Notice, Record

# A record read from a to-key sheet says under this name which contract it is for.
TARGET = "to_key_target"


def target_of(records: Iterable[Record]) -> str:
    """The name a contract has on the to-key sheet: by its start, which every source should know."""
    start = next((found for record in records if (found := record.text("contract_start"))), None)
    return f"from {start}" if start else "start not known"


def is_sheet(extract: Extract) -> bool:
    """Whether an extract is a filled-in to-key sheet."""
    return extract.source == "keyed" and extract.mapping == TO_KEY_SHEET


def attach(
    sheets: Iterable[Extract], people: Iterable[Candidate]
) -> tuple[dict[int, list[Account]], list[Notice]]:
    """The keyed accounts of each candidate (by its id), and a notice for each that fits nobody any more."""
    holder = {key: person for person in people for key in person.keys}
    found: dict[int, list[Account]] = defaultdict(list)
    notices = []
    for sheet in sheets:
        for keyed in sheet.people:
            keys = keyed.reference.split("; ")
            person = next((holder[key] for key in keys if key in holder), None)
            if person is None:
                notices.append(not_found(sheet, keyed.record))
            else:
                school = person.accounts[0].school
                found[id(person)].append(account_of(school, sheet, keyed.reference, keyed.record))
    return found, notices


def not_found(sheet: Extract, record: Record) -> Notice:
    """A keyed value whose person or contract no source holds any more."""
    row = record.row or next((child.row for child in record.walk() if child.row), None)
    message = f"{sheet.file.name}, row {row}: no source holds this person or contract any more; the value is not used."
    fix = "Take the row out, or key the value on the new to-key sheet."
    return Notice("link.keyed_person_not_found", "query", message, fix, sheet.file.name, row)
