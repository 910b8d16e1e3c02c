"""Keep who is on a school's roll: from its latest school census return, and who left when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from muster.inspecting import Inspected
from muster.model import MusterError, Rows
from muster.transferring.roll import Pupil as RollPupil
from muster.transferring.roll import pupils_in
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.returns.actions.checking import inspect
from muster_web.returns.models import Return, Version
from muster_web.transfers.held import as_pupil, columns_of, day_of
from muster_web.transfers.models import Pupil
from muster_web.transfers.permissions import refuse_unless
from muster_web.transfers.queries.learners import CENSUS

Days = Mapping[int, tuple[date | None, date | None]]
# What the census calls otherwise than the transfer file, of a pupil and of an address.
_CALLED = {"enrolment_status": "enrolment"}
_OTHERWISE = {
    "post_code": "postcode", "admin_area": "administrative_area",
    **{f"line_{n}": f"address_line_{n}" for n in range(1, 6)},
}  # fmt: skip
_COLUMNS = (
    "upn", "uln", "surname", "forename", "born", "sex", "mark", "former_mark", "surname_mark", "born_mark",
    "joined", "left", "held", "came_from", "changed",
)  # fmt: skip


@dataclass(frozen=True)
class Enrolled:
    """How many pupils were new on the roll, were known, and left."""

    new: int
    known: int
    left: int


def take_roll(*, viewer: Viewer) -> Enrolled:
    """Take over who is on roll from the school's latest census return.  Raises MusterError where there is none."""
    school = refuse_unless(viewer, "exchange")
    version = _latest(school)
    found = inspect(version)
    source = f"return:{version.subject_id}"
    return enrol(viewer=viewer, school=school, people=_people(found), days=_days_of(found), came_from=source)


def _latest(school: Organisation) -> Version:
    """The version of the latest census return that counts: the official one, or else the one loaded last."""
    found = Return.objects.filter(organisation=school, round__collection__startswith=CENSUS).exclude(
        current=None
    )
    one = found.exclude(round__phase="practice").order_by("-round__census_day").first()
    if one is None:
        raise MusterError(
            f"{school} has loaded no school census here. Load one, or send your own school a transfer file with "
            "everybody in it, and import it."
        )
    return Version.objects.select_related("subject__round").get(pk=str(one.official_id or one.current_id))


def _people(inspected: Inspected) -> list[RollPupil]:
    """Each pupil of a return as a transfer file would say it, with the first address."""
    census, document = inspected.collection, inspected.corrected
    where = _first_addresses(document.tables.get("addresses"))
    found = pupils_in(census, document, called=_CALLED)
    return [replace(one, values={**where.get(one.key, {}), **one.values}) for one in found]


def _first_addresses(rows: Rows | None) -> dict[int | None, dict[str, str]]:
    found: dict[int | None, dict[str, str]] = {}
    for number, row in zip(rows.keys["pupil_id"], rows.rows(), strict=True) if rows else ():
        found.setdefault(number, {_OTHERWISE.get(name, name): text for name, text in row.items() if text})
    return found


def _days_of(inspected: Inspected) -> dict[int, tuple[date | None, date | None]]:
    """The days on which each pupil of a return joined and left, by the pupil's key."""
    people = inspected.corrected.tables["pupils"]
    keys = people.keys["pupil_id"]
    return {
        key: (day_of(row.get("entry_date")), day_of(row.get("leaving_date")))
        for key, row in zip(keys, people.rows(), strict=True)
        if key is not None
    }


@transaction.atomic
def enrol(
    *, viewer: Viewer, school: Organisation, people: Iterable[RollPupil], days: Days, came_from: str
) -> Enrolled:
    """Put pupils on a school's roll; those known by their UPN keep what a return does not say, such as contacts."""
    known = {
        one.upn: one for one in Pupil.objects.select_for_update().filter(organisation=school).exclude(upn="")
    }
    new: list[Pupil] = []
    old: list[Pupil] = []
    for one in people:
        row = known.get(one.get("upn"))
        (old if row else new).append(
            _set(row or Pupil(organisation=school), one, days.get(one.key), came_from)
        )
    Pupil.objects.bulk_create(new, batch_size=500)
    Pupil.objects.bulk_update(old, _COLUMNS, batch_size=200)
    done = Enrolled(len(new), len(old), sum(one.left is not None for one in (*new, *old)))
    record(
        "roll_taken", actor=viewer.actor, acting_for=viewer.acting_for, organisations=[school.pk],
        subject=f"organisation:{school.pk}", data={"from": came_from, **vars(done)},
    )  # fmt: skip
    return done


def _set(row: Pupil, said: RollPupil, days: tuple[date | None, date | None] | None, came_from: str) -> Pupil:
    before = as_pupil(row.pk or 0, row.held)
    whole = RollPupil(before.key, {**before.values, **said.values}, before.records or said.records)
    put(row, whole, came_from)
    joined, left = days or (None, None)
    row.joined, row.left = joined or row.joined, left
    return row


def put(row: Pupil, pupil: RollPupil, came_from: str) -> None:
    """Let a row hold what a pupil of the library says; it is not saved by this."""
    for name, value in columns_of(pupil).items():
        setattr(row, name, value)
    row.came_from, row.changed = came_from, timezone.now()


@transaction.atomic
def note_leaver(*, viewer: Viewer, upn: str, left: date) -> Pupil:
    """Note that a pupil on the viewer's roll left on a day; the file is due 15 school days later."""
    school = refuse_unless(viewer, "exchange")
    found = Pupil.objects.select_for_update().filter(organisation=school, upn=upn.strip().upper()).first()
    if found is None:
        raise MusterError(
            "Nobody on your roll has this UPN. Take over the roll from your latest census first."
        )
    if left > timezone.localdate():
        raise MusterError("Note the day once it has come: the pupil may stay.")
    Pupil.objects.filter(pk=found.pk).update(left=left, chased=0, changed=timezone.now())
    record(
        "pupil_left", actor=viewer.actor, acting_for=viewer.acting_for, organisations=[school.pk],
        subject=f"pupil:{found.pk}", data={"left": left.isoformat()},
    )  # fmt: skip
    found.left = left
    return found
