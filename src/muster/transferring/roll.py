"""The pupils a school has already, from whatever says so: another transfer file, a return, or a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from muster.model import Collection, MusterError, Return, Rows
from muster.transferring.files import Transfer, transfer_collection

Values = Mapping[str, str]
# How a school's own table calls an item, in small letters and digits alone; an item's own name is always known.
_HEADINGS = {
    "uniquepupilnumber": "upn", "formerupn": "former_upn", "uniquelearnernumber": "uln",
    "uniquecandidateidentifier": "uci",
    "lastname": "surname", "familyname": "surname", "legalsurname": "surname", "firstname": "forename",
    "givenname": "forename", "legalforename": "forename", "dob": "birth_date", "dateofbirth": "birth_date",
    "gender": "sex", "middlename": "middle_names", "ncyear": "year_group", "yeargroup": "year_group",
    "formersurname": "former_surname", "preferredsurname": "preferred_surname",
    "preferredforename": "preferred_forename",
    "postcode": "postcode", "admissionnumber": "", "housenumber": "paon", "emailaddress": "email",
}  # fmt: skip
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


@dataclass(frozen=True)
class Record:
    """A record below a pupil, and what it lies within: the key stage of an assessment, the contact of a telephone."""

    table: str
    values: Values
    within: Values = field(default_factory=dict)


@dataclass(frozen=True)
class Pupil:
    """A pupil as a file or a school has them; ``key`` tells the pupils of one source apart."""

    key: int
    values: Values
    records: tuple[Record, ...] = ()

    def get(self, item: str) -> str:
        """The text of an item, '' where there is none."""
        return self.values.get(item, "")


def pupils_of(transfer: Transfer) -> list[Pupil]:
    """The pupils of a transfer file with all their records."""
    return pupils_in(transfer_collection(), transfer.document)


def pupils_in(
    collection: Collection, document: Return, *, called: Mapping[str, str] | None = None
) -> list[Pupil]:
    """The pupils of any return whose people are pupils.

    ``called`` gives, for an item of ours, the name the collection has for it, where that is another.
    """
    people = document.tables[collection.person]
    key, names = collection.tables[collection.person].key, called or {}
    ours = {item: names.get(item, item) for item in transfer_collection().tables["pupils"].items}
    held = {item: people.text[name] for item, name in ours.items() if name in people.text}
    records = _records(document) if collection.name == transfer_collection().name else {}
    return [
        Pupil(
            number,
            {item: text for item, column in held.items() if (text := column[row])},
            tuple(records.get(number, ())),
        )
        for row, number in enumerate(people.keys[key])
        if number is not None
    ]


def pupils_in_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[Pupil]:
    """The pupils of a school's own table, a row for each.  Raises MusterError where no column tells them apart."""
    columns = {place: item for place, heading in enumerate(headings) if (item := _item_called(heading))}
    if not {"upn", "birth_date"} & set(columns.values()):
        raise MusterError(
            "the table of pupils has neither a column upn nor a column birth_date, so nobody could be found in it; "
            f"its columns are {', '.join(heading[:30] for heading in headings)}"
        )
    return [Pupil(number, dict(_cells(columns, row))) for number, row in enumerate(rows, 1)]


def _item_called(heading: str) -> str:
    plain = re.sub("[^a-z0-9]", "", heading.lower())
    known = {name.replace("_", ""): name for name in transfer_collection().tables["pupils"].items}
    return _HEADINGS.get(plain, known.get(plain, ""))


def _cells(columns: Mapping[int, str], row: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place, item in columns.items():
        text = row[place].strip() if place < len(row) else ""
        if text:
            yield item, _as_written(item, text)


def _as_written(item: str, text: str) -> str:
    """A value as transfer files write it: dates by year first, sex with one letter."""
    if item == "birth_date" and (found := _DAY_FIRST.fullmatch(text)):
        return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    return text[:1].upper() if item == "sex" else text


def _records(document: Return) -> dict[int, list[Record]]:
    """The records of each pupil by the pupil's key."""
    found: dict[int, list[Record]] = {}
    outer = {name: _by_key(document.tables[name], key) for name, key in _AROUND.items()}
    for name, rows in document.tables.items():
        if name in ("returns", "pupils", "key_stages"):
            continue
        for row, values in enumerate(rows.rows()):
            pupil = rows.keys["pupil_id"][row]
            if pupil is not None:
                around = _around(rows, row, outer)
                found.setdefault(pupil, []).append(Record(name, _given(values), around))
    return found


# The tables that records lie within, each with its key, and what of them tells their records apart.
_AROUND = {"key_stages": "key_stage_id", "contacts": "contact_id"}
_TELLING = {"key_stages": ("stage",), "contacts": ("surname", "forename", "relationship")}


def _by_key(rows: Rows, key: str) -> dict[int | None, Values]:
    return {number: _given(values) for number, values in zip(rows.keys[key], rows.rows(), strict=True)}


def _around(rows: Rows, row: int, outer: Mapping[str, Mapping[int | None, Values]]) -> Values:
    for name, key in _AROUND.items():
        if name != rows.table and key in rows.keys and rows.keys[key][row] is not None:
            values = outer[name][rows.keys[key][row]]
            return {item: values[item] for item in _TELLING[name] if item in values}
    return {}


def _given(values: Mapping[str, str | None]) -> Values:
    return {item: text for item, text in values.items() if text}
