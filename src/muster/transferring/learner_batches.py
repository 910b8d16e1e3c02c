"""Batches for the Learning Records Service, out and back: CSV with the columns of its schema."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import tomli

import muster_catalogue
from muster.identifiers import check
from muster.model import MusterError
from muster.model.writing import neutralised, restored
from muster.transferring.files import Transfer
from muster.transferring.roll import Pupil, pupils_of

_FILE = Path(muster_catalogue.__file__).parent / "learner_batch.toml"
RETURN_CODE = "ReturnCode"
_SEXES = {"M": "1", "F": "2"}
_NOT_KNOWN = "0"
# From the first that says something: an address by its parts, or by its lines.
_FROM = {
    "GivenName": ("forename",), "FamilyName": ("surname",), "ULN": ("uln",), "MISIdentifier": ("upn",),
    "PreferredGivenName": ("preferred_forename",), "MiddleOtherName": ("middle_names",),
    "PreviousFamilyName": ("former_surname",), "LastKnownAddressLine2": ("locality", "address_line_2"),
    "LastKnownAddressTown": ("town", "post_town", "address_line_3"),
    "LastKnownAddressCountyOrCity": ("administrative_area", "county", "address_line_4"),
    "LastKnownPostCode": ("postcode",), "DateOfBirth": ("birth_date",), "EmailAddress": ("email",),
}  # fmt: skip

State = Literal["given", "same", "differs", "wrong", "none", "nobody"]


@dataclass(frozen=True)
class Column:
    """One column of a batch: whether it must be filled, how long it may be and, where that is laid down, its form."""

    name: str
    length: int
    needed: bool = False
    form: str = ""

    def fault(self, text: str) -> str:
        """Why a value cannot stand in the column; '' where it can."""
        if not text.strip():
            return f"{self.name} is empty" if self.needed else ""
        if len(text) > self.length:
            return f"{self.name} has {len(text)} characters; {self.length} is the most"
        return (
            f"{self.name} has not the right form" if self.form and not re.fullmatch(self.form, text) else ""
        )


@cache
def columns() -> tuple[Column, ...]:
    """The columns in the order of the schema."""
    data = tomli.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(Column(**about) for about in data["columns"])


@cache
def return_codes() -> Mapping[str, str]:
    """What the codes of an answer mean, as far as it is known."""
    codes: dict[str, str] = tomli.loads(_FILE.read_text(encoding="utf-8"))["return_codes"]
    return codes


Learner = Mapping[str, str]


def learner_of(pupil: Pupil) -> dict[str, str]:
    """A pupil as a batch has them; the UPN goes along as the system's own identifier, by which the answer is told."""
    told = {name: next(filter(None, map(pupil.get, items)), "") for name, items in _FROM.items()}
    told["LastKnownAddressLine1"] = _first_line(pupil)
    told["Gender"] = _SEXES.get(pupil.get("sex"), _NOT_KNOWN)
    return {column.name: told.get(column.name, "") for column in columns()}


def _first_line(pupil: Pupil) -> str:
    parts = " ".join(filter(None, map(pupil.get, ("saon", "paon", "street"))))
    return parts or pupil.get("address_line_1")


def faults_of(learner: Learner) -> list[str]:
    """What of a learner the schema of the batch does not allow."""
    faults = [fault for column in columns() if (fault := column.fault(learner.get(column.name, "")))]
    if learner.get("VerificationType") == "999" and not learner.get("OtherVerificationDescription"):
        faults.append("VerificationType is 999, and OtherVerificationDescription does not say what was seen")
    return faults


def batch_text(learners: Sequence[Learner]) -> str:
    """The batch as CSV.  Raises MusterError naming every learner the schema does not allow, and then writes none."""
    faults = [
        f"learner {number}: {fault}" for number, one in enumerate(learners, 1) for fault in faults_of(one)
    ]
    if faults:
        raise MusterError(f"The batch cannot be sent: {'; '.join(faults[:10])}. Correct them first.")
    return _csv([column.name for column in columns()], learners)


def answer_text(learners: Sequence[Learner]) -> str:
    """An answer as CSV: the batch with its return codes."""
    return _csv([*(column.name for column in columns()), RETURN_CODE], learners)


def _csv(names: Sequence[str], learners: Iterable[Learner]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([neutralised(one.get(name, "")) for name in names] for one in learners)
    return out.getvalue()


def read_batch(text: str, *, name: str = "the batch") -> list[dict[str, str]]:
    """The learners of a batch or of an answer.  Raises MusterError with the line where it is not laid out so."""
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        headings = next(lines, [])
        _refuse_headings(headings, name)
        return [dict(_cells(headings, cells, name, lines.line_num)) for cells in lines if any(cells)]
    except csv.Error as error:
        raise MusterError(f"{name}, line {lines.line_num}: {error}. Save it as CSV again.") from None


def _refuse_headings(headings: Sequence[str], name: str) -> None:
    known = {column.name for column in columns()} | {RETURN_CODE}
    strange = [heading[:40] for heading in headings if heading not in known]
    missing = [column.name for column in columns() if column.needed and column.name not in headings]
    if strange or missing:
        what = f"there is no column {missing[0]}" if missing else f"'{strange[0]}' is no column of a batch"
        raise MusterError(
            f"{name}, line 1: {what}. Its columns are those of the service's schema: GivenName and so on."
        )
    if len(set(headings)) < len(headings):
        raise MusterError(f"{name}, line 1: a column stands twice.")


def _cells(headings: Sequence[str], cells: Sequence[str], name: str, line: int) -> Iterator[tuple[str, str]]:
    if len(cells) != len(headings):
        raise MusterError(f"{name}, line {line}: {len(cells)} values under {len(headings)} headings.")
    return zip(headings, map(restored, cells), strict=True)


@dataclass(frozen=True)
class Answer:
    """What came back for one learner: the number, the code and what it means, and what can be done with it.

    ``given`` is a number for a pupil who had none; ``same`` the one the pupil had; ``differs`` another, which a person
    must decide; ``wrong`` one that cannot be; ``none`` no number; ``nobody`` is of no pupil of the file.
    """

    upn: str
    uln: str
    code: str
    meaning: str
    state: State


def answers(transfer: Transfer, learners: Iterable[Learner]) -> list[Answer]:
    """What an answer says of the pupils of the file it was asked for."""
    pupils = {pupil.get("upn"): pupil for pupil in pupils_of(transfer) if pupil.get("upn")}
    return [_answer(one, pupils.get(one.get("MISIdentifier", ""))) for one in learners]


def _answer(learner: Learner, pupil: Pupil | None) -> Answer:
    uln, code = learner.get("ULN", ""), learner.get(RETURN_CODE, "")
    meaning = return_codes().get(code, "a code whose meaning is not known" if code else "")
    return Answer(learner.get("MISIdentifier", ""), uln, code, meaning, _state(uln, pupil))


def _state(uln: str, pupil: Pupil | None) -> State:
    if pupil is None:
        return "nobody"
    if not uln:
        return "none"
    if not check("uln", uln).right:
        return "wrong"
    before = pupil.get("uln")
    if before:
        return "same" if before == uln else "differs"
    return "given"


def with_numbers(transfer: Transfer, answered: Iterable[Answer]) -> Transfer:
    """The file with the numbers that were given put in; a number a pupil had already is never overwritten."""
    given = {answer.upn: answer.uln for answer in answered if answer.state == "given"}
    pupils = transfer.pupils
    column = [
        before or (given.get(upn or "") or None)
        for upn, before in zip(pupils.text["upn"], pupils.text["uln"], strict=True)
    ]
    return transfer.changed({"pupils": pupils.with_column("uln", column)})
