"""Keep who is on a school's roll: from its latest school census return, and who left when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from muster.model import MusterError, Rows
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.returns.actions.checking import inspect
from muster_web.returns.models import Return, Version
from muster_web.transfers.held import PUPIL, Held, columns_of, day_of
from muster_web.transfers.models import Pupil
from muster_web.transfers.permissions import refuse_unless

CENSUS = "school_census"
# What the census calls otherwise than the transfer file.
_OTHERWISE = {
    "post_code": "postcode", "admin_area": "administrative_area",
    **{f"line_{n}": f"address_line_{n}" for n in range(1, 6)},
}  # fmt: skip
_COLUMNS = (
    "upn", "uln", "surname", "forename", "born", "sex", "mark", "surname_mark", "born_mark", "joined", "left", "held",
    "came_from", "changed",
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
    tables = inspect(version).corrected.tables
    people = list(_people(tables[PUPIL], tables.get("addresses")))
    return enrol(viewer=viewer, school=school, people=people, came_from=f"return:{version.subject_id}")


def _latest(school: Organisation) -> Version:
    """The version of the latest census return that counts: the official one, or else the one loaded last."""
    found = Return.objects.filter(organisation=school, round__collection=CENSUS).exclude(current=None)
    one = found.exclude(round__phase="practice").order_by("-round__census_day").first()
    if one is None:
        raise MusterError(
            f"{school} has loaded no school census here. Load one, or send your own school a transfer file with "
            "everybody in it, and import it."
        )
    return Version.objects.select_related("subject__round").get(pk=str(one.official_id or one.current_id))


def _people(pupils: Rows, addresses: Rows | None) -> Iterator[Held]:
    """Each pupil of a return as a transfer file would say it, with the first address."""
    where = _first_by(addresses, "pupil_id") if addresses is not None else {}
    for key, row in zip(pupils.keys["pupil_id"], pupils.rows(), strict=True):
        yield {PUPIL: {name: text for name, text in {**where.get(key, {}), **row}.items() if text}}


def _first_by(rows: Rows, key: str) -> dict[int | None, dict[str, str | None]]:
    found: dict[int | None, dict[str, str | None]] = {}
    for number, row in zip(rows.keys[key], rows.rows(), strict=True):
        found.setdefault(number, {_OTHERWISE.get(name, name): text for name, text in row.items()})
    return found


@transaction.atomic
def enrol(*, viewer: Viewer, school: Organisation, people: Iterable[Held], came_from: str) -> Enrolled:
    """Put pupils on a school's roll; those known by their UPN keep what a return does not say, such as contacts."""
    known = {
        one.upn: one for one in Pupil.objects.select_for_update().filter(organisation=school).exclude(upn="")
    }
    new: list[Pupil] = []
    old: list[Pupil] = []
    for held in people:
        said: Mapping[str, str] = held[PUPIL]
        one = known.get(said.get("upn", ""))
        whole = {**one.held, PUPIL: {**one.held.get(PUPIL, {}), **said}} if one else held
        row = one or Pupil(organisation=school)
        _set(row, whole, came_from)
        (old if one else new).append(row)
    Pupil.objects.bulk_create(new, batch_size=500)
    Pupil.objects.bulk_update(old, _COLUMNS, batch_size=200)
    done = Enrolled(len(new), len(old), sum(one.left is not None for one in (*new, *old)))
    record(
        "roll_taken", actor=viewer.actor, acting_for=viewer.acting_for, organisations=[school.pk],
        subject=f"organisation:{school.pk}", data={"from": came_from, **vars(done)},
    )  # fmt: skip
    return done


def _set(row: Pupil, held: Held, came_from: str) -> None:
    for name, value in columns_of(held).items():
        setattr(row, name, value)
    said = held[PUPIL]
    row.joined = day_of(said.get("entry_date")) or row.joined
    row.left = day_of(said.get("leaving_date"))
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
