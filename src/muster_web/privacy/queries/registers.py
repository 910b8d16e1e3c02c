"""The registers an organisation keeps: agreements, notices and who was told, and the record of processing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from muster.catalogue import catalogue_folders, load_collection
from muster.catalogue.privacy import load_kept_beside, load_privacy
from muster.model.privacy import Kept, Privacy
from muster.model.writing import neutralised
from muster_web.accounts.models import Organisation
from muster_web.privacy.models import Agreement, Notice

BESIDE = "Beside the returns"


def agreements_of(organisation: Organisation) -> list[Agreement]:
    """The agreements an organisation gives or receives under, the next review first."""
    mine = Q(giver=organisation) | Q(receiver=organisation)
    return list(Agreement.objects.filter(mine).select_related("giver", "receiver").order_by("review_by"))


def notices_of(organisation: Organisation) -> list[Notice]:
    """The notices of an organisation, for each audience the latest first, with the groups that were told."""
    return list(Notice.objects.filter(organisation=organisation).prefetch_related("tellings"))


@dataclass(frozen=True)
class Processing:
    """The record of processing of one collection."""

    title: str
    privacy: Privacy


def processing() -> list[Processing]:
    """The record of every collection this service knows."""
    return [Processing(load_collection(name).title, load_privacy(name)) for name in catalogue_folders()]


def processing_as_csv() -> str:
    """The same as a table: collection, what is asked, the answer, how surely it is known and where from."""
    out = io.StringIO()
    heading = ("collection", "asked", "answer", "confidence", "source")
    rows = (*(row for one in processing() for row in _rows(one)), *_kept_rows(BESIDE, load_kept_beside()))
    csv.writer(out).writerows([neutralised(cell) for cell in row] for row in (heading, *rows))
    return out.getvalue()


def _rows(one: Processing) -> Iterator[tuple[str, ...]]:
    for said in one.privacy.record:
        yield one.title, said.title, said.text, said.confidence, said.source
    yield from _kept_rows(one.title, one.privacy.kept)


def _kept_rows(title: str, schedule: Iterable[Kept]) -> Iterator[tuple[str, ...]]:
    for kept in schedule:
        answer = f"{kept.what}: {kept.months} months from the {kept.counted_from}, {kept.why}"
        yield title, "How long they are kept", answer, kept.confidence, kept.source
