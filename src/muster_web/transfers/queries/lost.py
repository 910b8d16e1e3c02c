"""Lost pupils: files without a school, the pupils on roll who may be theirs, and how strongly each fits.

Two who share name and sex are not thought to be one: without the UPN, the birth date has to be the same too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404

from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.operations.sealing import unseal
from muster_web.transfers.marks import mark_of_birth, mark_of_surname, mark_of_upn
from muster_web.transfers.models import Pupil, TransferPupil
from muster_web.transfers.permissions import refuse_unless
from muster_web.transfers.reading import Identity

MOST = 50
_WEIGHTS = {
    "the same UPN": 8, "the same birth date": 3, "the same surname": 2, "the same forename": 2, "the same sex": 1,
}  # fmt: skip
_ENOUGH = 5


@dataclass(frozen=True)
class Lost:
    """A pupil in a file without a school, as the file says who it is."""

    row: TransferPupil
    who: Identity


@dataclass(frozen=True)
class Candidate:
    """Somebody on roll who may be a lost pupil: what agrees, what does not, and a figure to rank by."""

    lost: Lost
    pupil: Pupil
    agrees: tuple[str, ...]
    differs: tuple[str, ...]

    @property
    def score(self) -> int:
        """The weight of what agrees."""
        return sum(_WEIGHTS[one] for one in self.agrees)


def open_cases() -> QuerySet[TransferPupil]:
    """The pupils in files that have no school yet, whose bytes are still here."""
    found = TransferPupil.objects.filter(transfer__lost=True, transfer__receiver=None)
    return found.exclude(transfer__sealed_key="").select_related("transfer__sender").order_by("-transfer")


def search(viewer: Viewer, *, upn: str = "", surname: str = "", born: str = "") -> list[Lost]:
    """The lost pupils with a UPN, or with a surname and a birth date.  Raises NotAllowed."""
    refuse_unless(viewer, "find_pupils")
    asked = Q(pk=None)
    if upn:
        asked |= Q(mark=mark_of_upn(upn))
    if surname and born:
        asked |= Q(surname_mark=mark_of_surname(surname), born_mark=mark_of_birth(born))
    return [_opened(one) for one in open_cases().filter(asked)[:MOST]]


def get_case(viewer: Viewer, pk: int) -> Lost:
    """One lost pupil by its number.  Raises Http404 or NotAllowed."""
    refuse_unless(viewer, "find_pupils")
    row = open_cases().filter(pk=pk).first()
    if row is None:
        raise Http404("there is no such case")
    return _opened(row)


def _opened(row: TransferPupil) -> Lost:
    return Lost(row, Identity(**json.loads(unseal(bytes(row.identity), row.transfer.sealed_key))))


def offered(viewer: Viewer) -> list[Candidate]:
    """Pupils on roll in the schools of the viewer's authority who may be lost pupils, the likeliest first.

    Raises NotAllowed.
    """
    authority = refuse_unless(viewer, "find_pupils")
    here = _on_roll(authority)
    marks = here.exclude(mark="").values("mark")
    births = here.exclude(born_mark="").values("born_mark")
    rows = open_cases().filter(Q(mark__in=marks) | Q(born_mark__in=births))[:MOST]
    return candidates(here, [_opened(one) for one in rows])


def candidates(here: QuerySet[Pupil], cases: Iterable[Lost]) -> list[Candidate]:
    """Whom of some pupils on roll each case may be, the likeliest first; what fits too little is left out."""
    held = list(cases)
    wanted = Q(mark__in=[one.row.mark for one in held if one.row.mark])
    wanted |= Q(born_mark__in=[one.row.born_mark for one in held if one.row.born_mark])
    pupils = list(here.filter(wanted).select_related("organisation").defer("held", "organisation__register"))
    found = (one for case in held for one in _compared(case, pupils))
    return sorted(found, key=lambda one: (-one.score, one.pupil.pk))[:MOST]


def _compared(case: Lost, pupils: Iterable[Pupil]) -> Iterator[Candidate]:
    for pupil in pupils:
        answers = dict(_facts(case.who, pupil))
        agrees = tuple(name for name, same in answers.items() if same)
        one = Candidate(case, pupil, agrees, tuple(name for name, same in answers.items() if not same))
        if one.score >= _ENOUGH and {"the same UPN", "the same birth date"} & set(agrees):
            yield one


def _facts(who: Identity, pupil: Pupil) -> Iterator[tuple[str, bool]]:
    """Each fact of the two, and whether it agrees; what one of them does not say is left out."""
    born = pupil.born.isoformat() if pupil.born else ""
    both = {
        "the same UPN": (who.upn, pupil.upn), "the same birth date": (who.born, born),
        "the same surname": (mark_of_surname(who.surname), mark_of_surname(pupil.surname)),
        "the same forename": (who.forename.casefold(), pupil.forename.casefold()),
        "the same sex": (who.sex, pupil.sex),
    }  # fmt: skip
    yield from ((name, one == other) for name, (one, other) in both.items() if one and other)


def _on_roll(authority: Organisation) -> QuerySet[Pupil]:
    return Pupil.objects.filter(organisation__authority=authority, left=None)


def on_roll_here(viewer: Viewer) -> QuerySet[Pupil]:
    """The pupils on roll in the schools of the viewer's authority.  Raises NotAllowed."""
    return _on_roll(refuse_unless(viewer, "find_pupils"))
