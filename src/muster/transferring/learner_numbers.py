"""Ask for learner numbers: what stands in the way of a request, and the file that holds nothing else that could fail.

The service that gives the numbers refuses a whole file for one wrong value in a block it does not need, and answers
RC10 and no number where a postcode is missing.  So a request holds names, date of birth, sex and address alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from muster.identifiers import check, check_upn
from muster.model import Return, Rows
from muster.transferring.comparing import ADDRESS
from muster.transferring.files import Transfer, transfer_collection
from muster.transferring.roll import Pupil, pupils_of

_LONGEST_NAME = 35
_NEEDED = {
    "upn": "UPN",
    "surname": "surname",
    "forename": "forename",
    "birth_date": "date of birth",
    "sex": "sex",
}
_ASKED = frozenset({
    *_NEEDED, *ADDRESS, "middle_names", "preferred_surname", "preferred_forename", "former_surname", "former_forename",
})  # fmt: skip
_HEADER_ONLY = "returns"


@dataclass(frozen=True)
class Obstacle:
    """What would make the service refuse a pupil or the file; ``pupil`` is the pupil's key, 0 for the file itself."""

    pupil: int
    upn: str
    item: str
    message: str
    fix: str


def obstacles(transfer: Transfer, today: str = "") -> list[Obstacle]:
    """Everything that stands in the way of a request for the pupils of a file who have no learner number.

    ``today`` is the day of the request (yyyy-mm-dd), by which nobody may be born later; without it the file's own.
    """
    day = today or (transfer.document.header.get("written_at") or "")[:10]
    found = list(_other_blocks(transfer))
    for pupil in pupils_of(transfer):
        if not _has_number(pupil):
            found += _obstacles_of(pupil, day)
    return found


def without_number(transfer: Transfer) -> list[Pupil]:
    """The pupils of a file who have no learner number, or one that can be none."""
    return [pupil for pupil in pupils_of(transfer) if not _has_number(pupil)]


def _has_number(pupil: Pupil) -> bool:
    return check("uln", pupil.get("uln")).right


def request(transfer: Transfer, pupils: Collection[int] | None = None) -> Transfer:
    """The file that asks for numbers: a partial one, of the pupils without a number, with nothing but what is needed.

    ``pupils`` limits it to some by their keys, such as those in whose way nothing stands.
    """
    wanted = {pupil.key for pupil in without_number(transfer)}
    wanted = wanted if pupils is None else wanted & set(pupils)
    before = transfer.document
    tables = {name: Rows.empty(transfer_collection(), name) for name in before.tables}
    header = before.tables[_HEADER_ONLY].with_column("qualifier", ["partial"])
    tables[_HEADER_ONLY] = header.with_column("data_descriptor", ["Request for unique learner numbers"])
    for row, values in enumerate(before.tables["pupils"].rows()):
        key = before.tables["pupils"].keys["pupil_id"][row]
        if key in wanted:
            told = {item: text for item, text in values.items() if item in _ASKED}
            tables["pupils"].append({"pupil_id": key, "return_id": 1}, told)
    return Transfer(Return(before.collection, before.year, tables, before.source))


def _other_blocks(transfer: Transfer) -> Iterator[Obstacle]:
    """Blocks a request does not need, any value of which could make the service refuse the file."""
    collection, document = transfer_collection(), transfer.document
    fix = "Let the request be made from the file: it leaves them out."
    for name, rows in document.tables.items():
        if name not in (_HEADER_ONLY, "pupils") and len(rows):
            yield Obstacle(0, "", name, f"The file holds {collection.tables[name].title.lower()}.", fix)
    spare = [
        item
        for item, column in document.tables["pupils"].text.items()
        if item not in {*_ASKED, "uln"} and any(column)
    ]
    for item in spare:
        title = collection.tables["pupils"].items[item].title
        yield Obstacle(0, "", item, f"The file holds {title[:1].lower()}{title[1:]}.", fix)
    if document.kept:
        yield Obstacle(0, "", "", "The file holds elements that are not of its version.", fix)


def _obstacles_of(pupil: Pupil, day: str) -> Iterator[Obstacle]:
    def obstacle(item: str, message: str, fix: str) -> Obstacle:
        return Obstacle(pupil.key, pupil.get("upn"), item, message, fix)

    for item, words in _NEEDED.items():
        if not pupil.get(item):
            yield obstacle(item, f"The {words} is missing.", f"Enter the {words}.")
    for item in ("surname", "forename"):
        if len(pupil.get(item)) > _LONGEST_NAME:
            yield obstacle(item, f"The {item} is longer than {_LONGEST_NAME} characters.", "Shorten it.")
    if (upn := pupil.get("upn")) and not (verdict := check_upn(upn)).right:
        yield obstacle("upn", f"The UPN is wrong: {verdict.reason}.", "Correct it at the school.")
    if pupil.get("sex") not in ("", "M", "F"):
        yield obstacle("sex", "The sex is neither M nor F.", "Correct it.")
    if day and pupil.get("birth_date")[:10] > day:
        yield obstacle("birth_date", "The date of birth is in the future.", "Correct it.")
    yield from (obstacle(*said) for said in _address_obstacles(pupil))


def _address_obstacles(pupil: Pupil) -> Iterator[tuple[str, str, str]]:
    postcode = pupil.get("postcode")
    if not postcode:
        fix = "Enter the postcode: without it the answer is RC10 and no number."
        yield "postcode", "The postcode is missing.", fix
    elif not (verdict := check("postcode", postcode)).right:
        yield "postcode", f"The postcode is wrong: {verdict.reason}.", "Correct it."
    place = any(pupil.get(item) for item in ("locality", "town", "administrative_area"))
    parts = pupil.get("paon") and pupil.get("street") and place
    if not (parts or pupil.get("address_line_1")):
        fix = "Enter house, street and one of locality, town and administrative area; or the first line of the address."
        yield "address_line_1", "The address is missing or has no house, street or town.", fix
