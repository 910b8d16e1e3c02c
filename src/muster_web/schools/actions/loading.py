"""Take published files into the files of schools and authorities; what cannot be taken is said, the rest is kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction

from muster.model import Notice, SourceFile
from muster.published import Authority, Reading, Record, current_authorities, load_authorities
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.schools.actions.sizing import PUBLISHED_IN, keep_sizes
from muster_web.schools.models import Figures, Loading

BATCH = 2_000
_SCHOOL, _AUTHORITY = Organisation.Kind.SCHOOL, Organisation.Kind.AUTHORITY


@dataclass
class Taken:
    """What became of one published file: how many records were taken, and what was odd, by row."""

    dataset: str
    title: str
    records: int = 0
    founded: int = 0
    already: bool = False
    problems: list[Notice] = field(default_factory=list)


@transaction.atomic
def take_figures(*, viewer: Viewer, source: SourceFile, reading: Reading) -> Taken:
    """Put the records of a published file into the files of those they are of; a file that is here is left alone."""
    done = Taken(reading.dataset.name, reading.dataset.title)
    if Loading.objects.filter(sha256=source.sha256).exists():
        done.already = True
        return done
    loading = Loading.objects.create(
        dataset=reading.dataset.name, name=source.name[:255], sha256=source.sha256
    )
    known = _Known(reading)
    figures = [one for one in (_figures(record_, known, loading, done) for record_ in reading.records) if one]
    Figures.objects.bulk_create(figures, batch_size=BATCH)
    if loading.dataset == PUBLISHED_IN:
        keep_sizes(loading)
    done.records = len(figures)
    done.problems = [*reading.problems, *done.problems]
    loading.records, loading.refused = done.records, len(done.problems)
    loading.save(update_fields=["records", "refused"])
    _tell(viewer, loading)
    return done


def _figures(one: Record, known: _Known, loading: Loading, done: Taken) -> Figures | None:
    organisation, problem = known.find(one)
    if problem:
        done.problems.append(_problem(loading.name, one, problem))
    if organisation is None:
        return None
    values = {name: [value.number, value.printed, value.missing] for name, value in one.values.items()}
    return Figures(
        organisation_id=organisation, loading=loading, dataset=loading.dataset, period=one.period, row=one.row,
        values=values,
    )  # fmt: skip


def _problem(name: str, one: Record, problem: str) -> Notice:
    said = " ".join(f"{key} {number}" for key, number in one.numbers.items() if number)
    return Notice("published", "error", f"{name}, row {one.row}, {said}: {problem}.", file=name, line=one.row)


def _tell(viewer: Viewer, loading: Loading) -> None:
    record(
        "published_file_loaded", actor=viewer.actor, acting_for=viewer.acting_for, subject=f"loading:{loading.pk}",
        data={"dataset": loading.dataset, "records": loading.records, "refused": loading.refused},
    )  # fmt: skip


class _Known:
    """The schools and authorities of the service by the numbers that published files use."""

    def __init__(self, reading: Reading):
        self.of = reading.dataset.of
        schools = Organisation.objects.filter(kind=_SCHOOL)
        self.by_urn = dict(schools.filter(urn__isnull=False).values_list("urn", "pk"))
        self.by_number = {
            (la, estab): pk for la, estab, pk in schools.values_list("la_code", "estab", "pk") if estab
        }
        self.authorities = dict(Organisation.objects.filter(kind=_AUTHORITY).values_list("la_code", "pk"))
        self._told: set[str] = set()

    def find(self, one: Record) -> tuple[int | None, str]:
        """The organisation a record is of, and what is odd about its numbers."""
        if self.of == "authority":
            found = self.authorities.get(one.numbers["lea"])
            return found, "" if found else "no such authority is known here; it is left out"
        found = self.by_urn.get(one.numbers["urn"])
        found = found or self.by_number.get((one.numbers.get("lea", ""), one.numbers.get("estab", "")))
        if found is None:
            return None, "no such school is known here; it is left out"
        return found, self._abolished(one.numbers.get("lea", ""))

    def _abolished(self, number: str) -> str:
        """What to say of an authority that is no more, the first time it is met."""
        one = load_authorities().get(number)
        if one is None or one.ended is None or number in self._told:
            return ""
        self._told.add(number)
        after = " or ".join(f"{new.number} {new.name}" for new in current_authorities(number))
        return f"authority {number} {one.name} ended in {one.ended} and is now {after}; its schools are found by URN"


@transaction.atomic
def found_authorities(*, viewer: Viewer) -> int:
    """Make an organisation of every authority that is not here yet, those that have ended closed; how many."""
    here = set(Organisation.objects.filter(kind=_AUTHORITY).values_list("la_code", flat=True))
    new = [_as_organisation(one) for one in load_authorities().values() if one.number not in here]
    Organisation.objects.bulk_create(new)
    if new:
        record(
            "authorities_founded", actor=viewer.actor, acting_for=viewer.acting_for, data={"new": len(new)}
        )
    return len(new)


def _as_organisation(one: Authority) -> Organisation:
    closed = f"{one.ended}-04-01" if one.ended else None
    return Organisation(
        kind=_AUTHORITY, la_code=one.number, name=one.name, closed=closed, register={"Region": one.region}
    )
