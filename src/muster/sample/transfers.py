"""Invents a transfer file and the roll of the school that receives it, on which some of its pupils are already.

Of every six pupils one is new there, one is the same, one has moved house, one has a temporary UPN, one has no UPN and
one another surname; so every kind of question comes up.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from muster.catalogue import load_collection
from muster.exchange import write_xml
from muster.identifiers.upn import letter_of
from muster.model import Collection, MusterError, Return
from muster.model.writing import write_whole
from muster.sample._identifiers import unique_pupil_number
from muster.sample._names import FAMILY_NAMES, MEN, WOMEN
from muster.sample._records import Record, Tables

COLLECTION = "common_transfer_file"
SOURCE, DESTINATION = "9992001", "9994001"
# An authority without a number of its own still has to be named in a UPN: this one was given up in 2009.
_NAMED_IN_UPN = "820"
_AGE_AT_TRANSFER = 11
_ROLL = ("UPN", "Surname", "Forename", "DOB", "Gender", "PAON", "Street", "Town", "Postcode", "Year group")
_ITEMS = (
    "upn",
    "surname",
    "forename",
    "birth_date",
    "sex",
    "paon",
    "street",
    "town",
    "postcode",
    "year_group",
)
_KINDS = 6


@dataclass(frozen=True)
class TransferSettings:
    """What to write: of which version's year, and of how many pupils."""

    year: int = 2025
    pupils: int = _KINDS
    seed: int = 1


@dataclass(frozen=True)
class WrittenTransfer:
    """What was written: the file, the roll of the school it is for, and how many pupils each holds."""

    file: Path
    roll: Path
    pupils: int
    on_roll: int


def write_transfer(out: Path, settings: TransferSettings) -> WrittenTransfer:
    """Write the file and ``roll.csv``; the same settings give the same bytes.  Raises MusterError for no such year."""
    collection = load_collection(COLLECTION)
    if settings.year not in collection.years:
        first, last = collection.years[0], collection.years[-1]
        raise MusterError(f"There is no sample for {settings.year}; choose a year from {first} to {last}.")
    rng = Random(f"{settings.seed}:{COLLECTION}:{settings.year}")
    pupils = [_pupil(rng, settings.year, index) for index in range(settings.pupils)]
    file = out / f"{SOURCE}_CTF_{DESTINATION}_001.xml"
    write_xml(collection, transfer_return(collection, settings.year, pupils), file)
    roll = list(_roll(pupils))
    write_whole(out / "roll.csv", _as_csv(roll).encode())
    return WrittenTransfer(file, out / "roll.csv", len(pupils), len(roll))


def transfer_return(collection: Collection, year: int, pupils: list[Record]) -> Return:
    """The file with these pupils, from a primary to a secondary school of the invented authority."""
    tables = Tables(collection)
    written = collection.facts[year].census_day + timedelta(days=35)
    keys = tables.add("returns", {}, {
        "document_name": "Common Transfer File", "version": collection.version_of_year(year, "CTfile"),
        "written_at": f"{written.isoformat()}T10:00:00", "qualifier": "full", "supplier": "Muster",
        "source_lea": SOURCE[:3], "source_estab": SOURCE[3:], "source_name": "Anytown Primary School",
        "academic_year": str(year), "destination_lea": DESTINATION[:3], "destination_estab": DESTINATION[3:],
        "root_element": "CTfile",
    })  # fmt: skip
    for pupil in pupils:
        tables.add_record(pupil, keys)
    return Return(COLLECTION, year, tables.take())


def _pupil(rng: Random, year: int, index: int) -> Record:
    sex = rng.choice("FM")
    surname, forename = rng.choice(FAMILY_NAMES), rng.choice(WOMEN if sex == "F" else MEN)
    born = date(year - _AGE_AT_TRANSFER, 9, 1) - timedelta(days=rng.randint(1, 365))
    one = Record("pupils", {
        "upn": unique_pupil_number(_NAMED_IN_UPN, index, year - 7), "surname": surname, "forename": forename,
        "birth_date": born.isoformat(), "sex": sex, "year_group": "7", "ethnicity": "WBRI", "ethnicity_source": "P",
        "enrolment_status": "C", "paon": str(rng.randint(1, 99)), "street": "Church Lane", "town": "Anytown",
        "postcode": f"ZE9 {rng.randint(1, 9)}ZZ",
    })  # fmt: skip
    one.add("languages", language_type="F", language="ENG")
    _add_contact(one, rng, surname)
    _add_history(one, year)
    return one


def _add_contact(pupil: Record, rng: Random, surname: str) -> None:
    contact = pupil.add(
        "contacts", place="1", surname=surname, forename=rng.choice(WOMEN), relationship="PAM", responsibility="true",
        address_as_pupil="true",
    )  # fmt: skip
    contact.add("phones", telephone_type="M", number=f"07700 900{rng.randint(0, 999):03d}")


def _add_history(pupil: Record, year: int) -> None:
    place = {"lea": SOURCE[:3], "estab": SOURCE[3:], "school_name": "Anytown Primary School"}
    pupil.add(
        "attendance_years", year=str(year - 1), sessions_possible="380", sessions_authorised="6",
        sessions_attended="374", sessions_unauthorised="0", **place,
    )  # fmt: skip
    pupil.add("key_stages", stage="KS2").add(
        "assessments", locale="ENG", year=str(year), subject="MAT", method="TT", component="SUB", result_status="R",
        result_qualifier="SS", result="103",
    )  # fmt: skip
    entered, left = f"{year - 7}-09-03", f"{year}-07-22"
    pupil.add("schools", entry_date=entered, leaving_date=left, last_school="true", **place)


def _roll(pupils: list[Record]) -> Iterator[dict[str, str]]:
    """The pupils as the receiving school has them, if it has them."""
    for index, pupil in enumerate(pupils):
        values = {item: pupil.values[item] for item in _ITEMS}
        if index % _KINDS:
            yield {**values, **_otherwise(index % _KINDS, values["upn"])}


def _otherwise(kind: int, upn: str) -> dict[str, str]:
    """What the receiving school has otherwise."""
    body = f"{upn[1:12]}A"
    return (
        {},
        {},
        {"paon": "100", "street": "Mill Road", "postcode": "ZE9 0ZZ"},
        {"upn": f"{letter_of(body)}{body}"},
        {"upn": ""},
        {"surname": "Quill"},
    )[kind]


def _as_csv(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_ROLL)
    writer.writerows([row[item] for item in _ITEMS] for row in rows)
    return out.getvalue()
