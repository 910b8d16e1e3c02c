"""What the service holds of a pupil, item by item as a transfer file says it, and the columns that follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from muster_web.transfers.marks import mark_of_birth, mark_of_surname, mark_of_upn

# Everything held of one pupil: the item texts of the pupil, and a list of them for each table of records below.
Held = dict[str, Any]
PUPIL = "pupils"


def columns_of(held: Held) -> dict[str, object]:
    """The columns of a pupil's row, marks included, for what is held."""
    said: Mapping[str, str | None] = held.get(PUPIL, {})
    upn, surname, born = (said.get(item) or "" for item in ("upn", "surname", "birth_date"))
    return {
        "upn": upn, "uln": said.get("uln") or "", "surname": surname[:100], "sex": (said.get("sex") or "")[:1],
        "forename": (said.get("forename") or "")[:100], "born": day_of(born), "mark": mark_of_upn(upn),
        "surname_mark": mark_of_surname(surname), "born_mark": mark_of_birth(born), "held": held,
    }  # fmt: skip


def day_of(text: str | None) -> date | None:
    """The day a text says, None where it says none."""
    with suppress(ValueError):
        return date.fromisoformat(text or "")
    return None
