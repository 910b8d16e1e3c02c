"""Pupils on roll that tests of transfers share."""

from __future__ import annotations

from datetime import date

from muster_web.accounts.models import Organisation
from muster_web.transfers.marks import mark_of_birth, mark_of_surname, mark_of_upn
from muster_web.transfers.models import Pupil
from tests.web.transfers.files import upn_of


def on_roll(school: Organisation, number: int = 1, **said: object) -> Pupil:
    """A pupil on the roll of a school, as ``pupil_of`` of the same number invents one unless said otherwise."""
    known = {
        "upn": upn_of(number), "surname": "Larch", "forename": f"Pupil{number}", "born": date(2002, 5, 17), "sex": "F",
        **said,
    }  # fmt: skip
    return Pupil.objects.create(
        organisation=school, mark=mark_of_upn(str(known["upn"])), surname_mark=mark_of_surname(str(known["surname"])),
        born_mark=mark_of_birth(str(known["born"])), **known,
    )  # fmt: skip
