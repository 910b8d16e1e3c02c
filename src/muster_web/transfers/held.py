"""What the service holds of a pupil, as a transfer file says it, and the columns that follow from it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from datetime import date
from typing import Any

from muster.transferring.roll import Pupil, Record
from muster_web.transfers.marks import mark_of_birth, mark_of_surname, mark_of_upn

Held = dict[str, Any]


def as_held(pupil: Pupil) -> Held:
    """A pupil of the library as it is kept: the values, and the records below with what they lie within."""
    records = [
        {**asdict(one), "values": dict(one.values), "within": dict(one.within)} for one in pupil.records
    ]
    return {"values": dict(pupil.values), "records": records}


def as_pupil(key: int, held: Held) -> Pupil:
    """What is kept as a pupil of the library; ``key`` is the row's."""
    records = tuple(Record(**one) for one in held.get("records", ()))
    return Pupil(key, held.get("values", {}), records)


def columns_of(pupil: Pupil) -> dict[str, object]:
    """The columns of a row for a pupil, with the keyed marks and what is held."""
    upn, surname, born = (pupil.get(item) for item in ("upn", "surname", "birth_date"))
    return {
        "upn": upn[:13], "uln": pupil.get("uln")[:10], "surname": surname[:100], "sex": pupil.get("sex")[:1],
        "forename": pupil.get("forename")[:100], "born": day_of(born), "mark": mark_of_upn(upn),
        "former_mark": mark_of_upn(pupil.get("former_upn")), "surname_mark": mark_of_surname(surname),
        "born_mark": mark_of_birth(born), "held": as_held(pupil),
    }  # fmt: skip


def day_of(text: str | None) -> date | None:
    """The day a text says, None where it says none."""
    with suppress(ValueError):
        return date.fromisoformat(text or "")
    return None
