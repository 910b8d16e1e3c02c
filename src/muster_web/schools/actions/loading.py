"""Take published files into the files of schools and authorities; what cannot be taken is said, the rest is kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction

from muster.model import Notice, SourceFile
from muster.published import Authority, Reading, Record, load_authorities
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.schools.actions.sizing import PUBLISHED_IN, keep_sizes
from muster_web.schools.models import Figures, Loading
from muster_web.schools.queries.known import Known, problem_of

BATCH = 2_000
_AUTHORITY = Organisation.Kind.AUTHORITY


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
    known = Known(reading)
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


def _figures(one: Record, known: Known, loading: Loading, done: Taken) -> Figures | None:
    organisation, problem = known.find(one)
    if problem:
        done.problems.append(problem_of(loading.name, one, problem))
    if organisation is None:
        return None
    values = {name: [value.number, value.printed, value.missing] for name, value in one.values.items()}
    return Figures(
        organisation_id=organisation, loading=loading, dataset=loading.dataset, period=one.period, row=one.row,
        values=values,
    )  # fmt: skip


def _tell(viewer: Viewer, loading: Loading) -> None:
    record(
        "published_file_loaded", actor=viewer.actor, acting_for=viewer.acting_for, subject=f"loading:{loading.pk}",
        data={"dataset": loading.dataset, "records": loading.records, "refused": loading.refused},
    )  # fmt: skip


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
