"""How long the files of schools take where 25,000 schools have ten years of published figures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from django.db import connection, transaction
from django.urls import reverse

from bench.service import world
from bench.service.pages import rows_of
from muster.published import Dataset, Measure, load_datasets
from muster_web.accounts.models import Organisation, User
from muster_web.accounts.roles import Role
from muster_web.schools.actions.indexing import index_schools
from muster_web.schools.actions.sizing import keep_sizes
from muster_web.schools.models import Figures, Loading, Neighbour

YEARS = range(2016, 2026)
SEARCH_BAR = 200
_AUTHORITIES, _NEIGHBOURS, _VARIANTS = 150, 10, 20
_SAINTS = ("All Saints", "Holy Trinity", "St Anne", "St Bede", "St Chad", "St Hilda", "St Oswald")
_PLACES = (
    "Ashwick",
    "Birchover",
    "Coldharbour",
    "Elmstead",
    "Fenwick",
    "Hollowell",
    "Kingsmead",
    "Marlbrook",
)
_KINDS = ("Primary School", "Junior School", "Infant School", "High School", "Academy")
_LARGEST = {"percent": 100, "share": 100, "money": 60_000, "count": 1_500}


def make(schools: int) -> None:
    """Fill up to so many schools of a country and give each ten years of every kind of published file on schools."""
    mine = world.authority()
    with transaction.atomic():
        _country(mine, schools)
        for dataset in load_datasets():
            if dataset.of == "school" and dataset.measures:
                _publish(dataset)
        index_schools()
        keep_sizes()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def addresses(mine: Organisation) -> Mapping[str, tuple[User, str]]:
    """The pages that are measured: what they are called, who opens them, and where they are."""
    officer = world.person(Role.LA_OFFICER, mine)
    school, far = mine.schools.earliest("pk"), Organisation.objects.filter(kind="school").latest("pk")
    asked = "&".join(f"school={pk}" for pk in mine.schools.values_list("pk", flat=True)[:4])
    search = reverse("schools")
    return {
        "file of a school": (officer, reverse("school", args=[school.pk])),
        "file of a school elsewhere": (officer, reverse("school", args=[far.pk])),
        "four schools compared": (officer, f"{reverse('compare_schools')}?{asked}"),
        "search: every school": (officer, search),
        "search: two words": (officer, f"{search}?words=hilda+primary"),
        "search: a number": (officer, f"{search}?words=999/2004"),
        "search: a word, one authority": (officer, f"{search}?words=ashwick&authority=999"),
    }


def measured(schools: int, runs: int) -> Iterable[tuple[object, ...]]:
    """A row for each page: queries, milliseconds, and whether its bar is met; that of searches is lower."""
    mine = world.authority()
    make(schools)
    pages = addresses(mine)
    yield from rows_of({name: one for name, one in pages.items() if not name.startswith("search")}, runs)
    yield from rows_of(
        {name: one for name, one in pages.items() if name.startswith("search")}, runs, bar=SEARCH_BAR
    )


def _country(mine: Organisation, schools: int) -> None:
    """Other authorities with schools, those nearest in the list being like the one that is measured."""
    over = Organisation.objects.bulk_create(
        Organisation(kind="authority", name=f"Authority {number}", la_code=str(number))
        for number in range(201, 201 + _AUTHORITIES)
    )
    Neighbour.objects.bulk_create(
        Neighbour(authority=mine, other=one, place=place, closeness="Close")
        for place, one in enumerate(over[:_NEIGHBOURS], 1)
    )
    wanted = schools - mine.schools.count()
    Organisation.objects.bulk_create(
        (_school(number, over[number % _AUTHORITIES]) for number in range(wanted)), batch_size=2_000
    )


def _school(number: int, over: Organisation) -> Organisation:
    words = [each[number // part % len(each)] for each, part in ((_SAINTS, 1), (_PLACES, 7), (_KINDS, 56))]
    return Organisation(
        kind="school", name=" ".join(words), la_code=over.la_code, estab=str(2000 + number // _AUTHORITIES),
        authority=over, urn=str(100_000 + number),
    )  # fmt: skip


def _publish(dataset: Dataset) -> None:
    """One file of this kind for each year, of every school; the database writes the rows, as there are a million."""
    table, organisation = Figures._meta.db_table, Organisation._meta.db_table
    as_json = "%s::jsonb" if connection.vendor == "postgresql" else "%s"
    statement = (
        f'INSERT INTO {table} (organisation_id, loading_id, dataset, period, "row", "values") '
        f"SELECT id, %s, %s, %s, id, {as_json} FROM {organisation} WHERE kind = 'school' AND id %% {_VARIANTS} = %s"
    )
    with connection.cursor() as cursor:
        for year in YEARS:
            name = f"{dataset.name}_{year}.csv"
            loading = Loading.objects.create(dataset=dataset.name, name=name, sha256=name.ljust(64, "0")[:64])
            for variant in range(_VARIANTS):
                values = json.dumps(dict(_values(dataset.measures, year + 7 * variant)))
                cursor.execute(statement, [loading.pk, dataset.name, str(year), values, variant])


def _values(measures: Iterable[Measure], seed: int) -> Iterator[tuple[str, list[object]]]:
    for place, measure in enumerate(measures):
        number = (seed * 31 + place * 17) % _LARGEST.get(measure.kind, 20)
        yield measure.name, [float(number), str(number), ""]
