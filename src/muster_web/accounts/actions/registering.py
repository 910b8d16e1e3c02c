"""Refresh the organisations from the official register, without touching what people here keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.db.models import Max, Q

from muster.model import MusterError
from muster.model.words import date_in_words
from muster_web.accounts.models import Organisation, Succession
from muster_web.accounts.register.establishments import Establishment, establishment
from muster_web.accounts.register.files import Refused, WrongValue, rows_of
from muster_web.accounts.register.links import Links
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record

BATCH = 500
Progress = Callable[[int, int], None]  # how many are done, of how many
_REFRESHED = (
    "name", "ukprn", "la_code", "estab", "authority", "trust", "phase", "type", "is_academy", "owes_returns",
    "opened", "closed", "register", "register_date",
)  # fmt: skip
_SCHOOL, _AUTHORITY, _TRUST = Organisation.Kind.SCHOOL, Organisation.Kind.AUTHORITY, Organisation.Kind.TRUST


@dataclass
class Refreshed:
    """What a refresh did, and what it refused; the counts of rows add up to ``rows``."""

    on: date
    rows: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    closed: int = 0
    opened: int = 0
    authorities: int = 0
    trusts: int = 0
    not_in_file: int = 0
    refused: list[Refused] = field(default_factory=list)
    remarks: list[Refused] = field(default_factory=list)


def refresh(
    *,
    viewer: Viewer,
    path: Path,
    on: date,
    la_codes: dict[str, str],
    progress: Progress = lambda _done, _all: None,
) -> Refreshed:
    """Take over a file of the register as it stood on a day.

    Establishments the file does not name stay as they are.  It is written in batches, so that the service can be
    used meanwhile; one that is broken off is finished by running it again.
    """
    _refuse_older(on)
    done = Refreshed(on)
    found = _read(path, done, la_codes)
    authorities, trusts = _authorities(found, done), _trusts(found, done)
    for batch in _batches(found):
        _take_batch(batch, done, authorities, trusts)
        progress(done.created + done.changed + done.unchanged, len(found))
    with transaction.atomic():
        _close_empty_authorities()
        known = Organisation.objects.filter(kind=_SCHOOL, urn__isnull=False).exclude(register_date=on)
        done.not_in_file = known.count()
        _tell(viewer, done)
    return done


def _refuse_older(on: date) -> None:
    newest = Organisation.objects.aggregate(day=Max("register_date"))["day"]
    if newest and on < newest:
        raise MusterError(
            f"This file is of {date_in_words(on)}, and the register here is already of {date_in_words(newest)}. "
            "Take a newer file, or say with '--date' of which day it is."
        )


def _read(path: Path, done: Refreshed, la_codes: dict[str, str]) -> list[Establishment]:
    found: dict[str, Establishment] = {}
    for row in rows_of(path):
        done.rows += 1
        try:
            one = establishment(row, done.on, la_codes)
            if one.urn in found:
                first = found[one.urn].row
                raise WrongValue("URN", one.urn, f"row {first} has it already", "The first is kept.")
            found[one.urn] = one
        except WrongValue as wrong:
            done.refused.append(wrong.at(row.number))
    return list(found.values())


def _batches(found: Iterable[Establishment]) -> Iterator[list[Establishment]]:
    rest = iter(found)
    while batch := list(islice(rest, BATCH)):
        yield batch


@transaction.atomic
def _authorities(found: list[Establishment], done: Refreshed) -> dict[str, Organisation]:
    """The authority of each code by which some establishment owes returns, made or renamed as the file has it."""
    names: dict[str, str] = {}
    for one in found:
        if one.owes_returns and one.la_code:
            _one_name(names, one, done)
    here = {one.la_code: one for one in Organisation.objects.filter(kind=_AUTHORITY)}
    for code, name in names.items():
        if code not in here:
            here[code] = Organisation.objects.create(kind=_AUTHORITY, la_code=code, name=name[:200])
            done.authorities += 1
        elif name and here[code].name != name:
            here[code].name = name[:200]
            here[code].save(update_fields=["name"])
    return here


def _one_name(names: dict[str, str], one: Establishment, done: Refreshed) -> None:
    said = names.setdefault(one.la_code, one.la_name)
    if said != one.la_name:
        problem = f"authority {one.la_code} is called '{said}' in an earlier row"
        done.remarks.append(Refused(one.row, "LA (name)", one.la_name, problem, "The first name is kept."))


@transaction.atomic
def _trusts(found: list[Establishment], done: Refreshed) -> dict[str, Organisation]:
    """The trusts of academies by their number in the register."""
    names = {number: name for one in found for number, name in [one.trust] if number}
    here = {one.group_id: one for one in Organisation.objects.filter(kind=_TRUST, group_id__in=list(names))}
    for number, name in names.items():
        if number not in here:
            here[number] = Organisation.objects.create(kind=_TRUST, group_id=number, name=name[:200])
            done.trusts += 1
        elif here[number].name != name:
            here[number].name = name[:200]
            here[number].save(update_fields=["name"])
    return {str(number): one for number, one in here.items()}


@transaction.atomic
def _take_batch(
    batch: list[Establishment],
    done: Refreshed,
    authorities: dict[str, Organisation],
    trusts: dict[str, Organisation],
) -> None:
    _adopt(batch)
    here = {str(one.urn): one for one in Organisation.objects.filter(urn__in=[one.urn for one in batch])}
    write: list[Organisation] = []
    same: list[int] = []
    for one in batch:
        new = _as_organisation(one, done.on, authorities.get(one.la_code), trusts.get(one.trust[0]))
        old = here.get(one.urn)
        _count(old, new, done)
        if old is not None and _says(old) == _says(new):
            same.append(old.pk)
        else:
            write.append(new)
    Organisation.objects.bulk_create(
        write, update_conflicts=True, unique_fields=["urn"], update_fields=_REFRESHED
    )
    Organisation.objects.filter(pk__in=same).update(register_date=done.on)


def _adopt(batch: list[Establishment]) -> None:
    """Give its URN to a school that was entered here by its number before the register named it."""
    known = Q()
    numbers = {(one.la_code, one.estab): one.urn for one in batch if one.la_code and one.estab}
    for code in {code for code, _ in numbers}:
        known |= Q(la_code=code, estab__in=[estab for its, estab in numbers if its == code])
    if not known:
        return
    taken = set(Organisation.objects.filter(urn__in=list(numbers.values())).values_list("urn", flat=True))
    for school in Organisation.objects.filter(known, kind=_SCHOOL, urn=None):
        urn = numbers[school.la_code, school.estab]
        if urn not in taken:
            Organisation.objects.filter(pk=school.pk).update(urn=urn)


def _as_organisation(
    one: Establishment, on: date, authority: Organisation | None, trust: Organisation | None
) -> Organisation:
    return Organisation(
        kind=_SCHOOL, urn=one.urn, name=one.name, ukprn=one.ukprn, la_code=one.la_code, estab=one.estab,
        authority=authority, trust=trust, phase=one.phase, type=one.type, is_academy=one.is_academy,
        owes_returns=one.owes_returns, opened=one.opened, closed=one.closed, register=one.register, register_date=on,
    )  # fmt: skip


def _says(one: Organisation) -> tuple[object, ...]:
    """What the register says of an establishment, to see whether it says something else now."""
    dates = (one.opened, one.closed)
    return one.register, one.la_code, one.authority_id, one.trust_id, one.owes_returns, one.is_academy, dates


def _count(old: Organisation | None, new: Organisation, done: Refreshed) -> None:
    was_closed = old is not None and old.closed is not None and old.closed <= done.on
    is_closed = new.closed is not None and new.closed <= done.on
    if old is None:
        done.created += 1
        return
    changed = _says(old) != _says(new)
    done.changed += changed
    done.unchanged += not changed
    done.closed += is_closed and not was_closed
    done.opened += was_closed and not is_closed


def _close_empty_authorities() -> None:
    """An authority whose schools have all closed or moved is closed; one with an open school is open."""
    owing = Q(schools__owes_returns=True, schools__urn__isnull=False)
    still = Organisation.objects.filter(owing, kind=_AUTHORITY, schools__closed=None).values("pk")
    Organisation.objects.filter(pk__in=still).update(closed=None)
    known = Organisation.objects.filter(kind=_AUTHORITY, closed=None).filter(owing).exclude(pk__in=still)
    for one in known.annotate(last=Max("schools__closed", filter=owing)):
        Organisation.objects.filter(pk=one.pk).update(closed=one.last)


def _tell(viewer: Viewer, done: Refreshed) -> None:
    counts: dict[str, object] = {
        name: getattr(done, name)
        for name in ("rows", "created", "changed", "unchanged", "closed", "opened", "authorities", "trusts")
    }
    record(
        "register_refreshed", actor=viewer.actor, acting_for=viewer.acting_for,
        data={**counts, "refused": len(done.refused), "of": done.on.isoformat()},
    )  # fmt: skip


@dataclass(frozen=True)
class Linked:
    """How many successions were written, and how many name an establishment that is not here."""

    written: int
    unknown: int


def take_links(*, viewer: Viewer, links: Links) -> Linked:
    """Write which establishment came before which, for those known here."""
    known = dict(Organisation.objects.filter(urn__isnull=False).values_list("urn", "pk"))
    rows = [
        Succession(
            predecessor_id=known[one.predecessor], successor_id=known[one.successor], kind=one.kind, on=one.on
        )
        for one in links.found.values()
        if one.predecessor in known and one.successor in known
    ]
    with transaction.atomic():
        Succession.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["predecessor", "successor"], update_fields=["kind", "on"],
            batch_size=2_000,
        )  # fmt: skip
        record("register_links_taken", actor=viewer.actor, data={"written": len(rows)})
    return Linked(len(rows), len(links.found) - len(rows))
