"""What happened between two schools of the demo: files sent, taken over and waiting, a lost pupil, learner numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from muster.identifiers.upn import letter_of
from muster.transferring.files import transfer_text
from muster.transferring.roll import Pupil as FilePupil
from muster.transferring.roll import Record
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.demo.story import Told
from muster_web.transfers.actions import importing, numbering, receiving
from muster_web.transfers.actions.enrolling import Days, enrol, note_leaver, take_roll
from muster_web.transfers.actions.sending import send
from muster_web.transfers.actions.terms import add_term
from muster_web.transfers.held import as_pupil
from muster_web.transfers.models import Pupil, Transfer
from muster_web.transfers.roll_file import file_of

# Who came to the school since census day and has no learner number yet; the second has no postcode.  Their UPNs are
# of an authority that was given up in 2009, and their postcodes of an area there is not: nobody has them.
_LEA, _AREA = "820", "AA9"
_NAMES = (("Larch", "Nell", "F", 15), ("Elm", "Tobias", "M", 15), ("Rowan", "Ada", "F", 16))
_NO_POSTCODE = 1
_TERMS = ((9, 3, 10, 23), (11, 2, 12, 18), (1, 4, 2, 12), (2, 22, 3, 26), (4, 12, 5, 28), (6, 7, 7, 21))


def exchange(told: Told) -> None:
    """Let the school of the journey and an academy take over their rolls, exchange files and ask for numbers."""
    ref, academy = told.journey.ref, told.place.academies[0]
    school, here, there = (
        told.place.schools[ref],
        told.of_school("preparer", ref),
        told.of_school("preparer", academy.ref),
    )
    _keep_terms(told.viewers["officer@anyshire.example"])
    for viewer in (here, there):
        take_roll(viewer=viewer)
    goes, (moves, leaves, lost) = _some_of(school, 1)[0], _some_of(academy, 3)
    _keep(here, school, [_invented(number, school) for number in range(len(_NAMES))])
    _take_over_one_and_leave_another(_Sides(here, there, school, academy), goes, moves)
    note_leaver(viewer=there, upn=leaves.upn, left=timezone.localdate() - timedelta(days=16))
    _lose(_Sides(here, there, school, academy), lost)
    numbering.collect(viewer=here, batch=numbering.send_batch(viewer=here, with_gaps=True))


@dataclass(frozen=True)
class _Sides:
    """The two schools, each with its data manager."""

    here: Viewer
    there: Viewer
    school: Organisation
    academy: Organisation


def _some_of(school: Organisation, count: int) -> list[Pupil]:
    """The first pupils on a roll with everything a file needs."""
    known = Pupil.objects.filter(
        organisation=school, left=None, held__values__has_keys=["postcode", "birth_date"]
    )
    return list(known.exclude(upn="").order_by("pk")[:count])


def _keep_terms(officer: Viewer) -> None:
    """The terms of this school year, the dates of which are invented as everything here is."""
    today = timezone.localdate()
    autumn = today.year - (today.month < 9)
    for number, (month, day, last_month, last_day) in enumerate(_TERMS, 1):
        year = autumn + (month < 9)
        add_term(
            viewer=officer,
            name=f"Half term {number}",
            starts=date(year, month, day),
            ends=date(year, last_month, last_day),
        )


def _invented(number: int, school: Organisation) -> FilePupil:
    surname, forename, sex, age = _NAMES[number]
    born = timezone.localdate().replace(day=1) - timedelta(days=365 * age + 120 + number)
    body = f"{_LEA}{school.estab}{born.year % 100 + 5:02d}{number + 1:03d}"
    values = {
        "upn": f"{letter_of(body)}{body}", "surname": surname, "forename": forename, "sex": sex,
        "birth_date": born.isoformat(), "ethnicity": "WBRI", "paon": str(number + 3), "street": "Mill Lane",
        "town": "Anytown", "postcode": "" if number == _NO_POSTCODE else f"{_AREA} {number}ZZ",
    }  # fmt: skip
    parent = {
        "place": "1",
        "surname": surname,
        "forename": "Sam",
        "relationship": "PAM",
        "responsibility": "true",
    }
    return FilePupil(
        number + 1, {item: text for item, text in values.items() if text}, (Record("contacts", parent),)
    )


def _keep(viewer: Viewer, school: Organisation, people: Iterable[FilePupil]) -> None:
    nobody_left: Days = {}
    enrol(viewer=viewer, school=school, people=people, days=nobody_left, came_from="keyed")


def _send(viewer: Viewer, school: Organisation, pupil: Pupil, to: str, *, number: int = 1) -> Transfer:
    name = f"{school.la_code}{school.estab}_CTF_{to}_{number:03d}.xml"
    text = transfer_text(file_of(school, [pupil], to=to))
    return send(viewer=viewer, chunks=[text.encode()], name=name).transfer


def _take_over_one_and_leave_another(sides: _Sides, goes: Pupil, moves: Pupil) -> None:
    """One file was imported and acknowledged, the next waits: of somebody on roll here who has moved house."""
    here, there, school, academy = sides.here, sides.there, sides.school, sides.academy
    own, other = f"{school.la_code}{school.estab}", f"{academy.la_code}{academy.estab}"
    first = _send(there, academy, moves, own)
    importing.accept_clear(viewer=here, found=importing.compare_with_roll(viewer=here, transfer=first))
    receiving.acknowledge(viewer=here, transfer=Transfer.objects.get(pk=first.pk))
    moves.held["values"].update(street="New Road", postcode=f"{_AREA} 9ZY")  # in the file alone
    receiving.take(viewer=there, transfer=_send(here, school, goes, other))
    waiting = _send(there, academy, moves, own, number=2)
    receiving.say(
        viewer=there, transfer=waiting, text="The family moved house last week; the address is new."
    )


def _lose(sides: _Sides, lost: Pupil) -> None:
    """One left the academy for nobody knew where, and is on roll here now."""
    _send(sides.there, sides.academy, lost, "XXXXXXX")
    note_leaver(viewer=sides.there, upn=lost.upn, left=timezone.localdate() - timedelta(days=30))
    _keep(sides.here, sides.school, [as_pupil(0, lost.held)])
