"""Pupils on roll that tests of transfers share."""

from __future__ import annotations

from datetime import date

from muster.transferring.roll import Pupil as FilePupil
from muster.transferring.roll import pupils_of
from muster_web.accounts.models import Organisation
from muster_web.transfers.held import columns_of
from muster_web.transfers.models import Pupil
from muster_web.transfers.reading import read
from tests.web.transfers.files import ctf_of, name_of, upn_of

_ITEMS = {"born": "birth_date"}


def on_roll(school: Organisation, number: int = 1, *, left: date | None = None, **said: object) -> Pupil:
    """A pupil on the roll of a school, with name and numbers as ``pupil_of`` of the same number invents them."""
    known = {
        "upn": upn_of(number), "surname": "Larch", "forename": f"Pupil{number}", "birth_date": "2002-05-17", "sex": "F",
        **{_ITEMS.get(item, item): str(value) for item, value in said.items()},
    }  # fmt: skip
    pupil = FilePupil(0, {item: text for item, text in known.items() if text})
    return Pupil.objects.create(organisation=school, left=left, **columns_of(pupil))


def on_roll_as_in(school: Organisation, pupil: str, **said: str) -> Pupil:
    """A pupil on roll whom the service holds as a pupil of a file says, but for what is said here."""
    [found] = pupils_of(read(ctf_of(pupils=pupil), name_of()))
    values = {**found.values, **said}
    return Pupil.objects.create(organisation=school, **columns_of(FilePupil(0, values, found.records)))
