"""Schools of Anyshire whose rolls are known: Ashcombe by two censuses, Birchfield by a published file."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from muster_web.accounts.models import Organisation
from muster_web.returns.models import Return, Round, Version
from muster_web.schools.models import Figures, Loading, ReturnedFigures

ROLLS = {
    2025: {"R": 60, "1": 58, "2": 57},
    2026: {"R": 62, "1": 61, "2": 58},
}


def a_figure(item: str, number: float | None, missing: str = "") -> list[object]:
    """One figure of a return as the service keeps it."""
    return [item, item, "pupils", 0, missing, number, number, None]


@pytest.fixture
def rolls(organisations) -> dict[str, Organisation]:
    """The two maintained schools of Anyshire with phase, places and pupils."""
    ashcombe, birchfield = organisations["ashcombe"], organisations["birchfield"]
    for one, phase, places in ((ashcombe, "Secondary", "240"), (birchfield, "Primary", "100")):
        one.phase, one.register = phase, {"SchoolCapacity": places}
        one.save()
    for year, groups in ROLLS.items():
        counted_census(ashcombe, year, groups, part_time=3 if year == 2026 else 0)
    loading = Loading.objects.create(dataset="school_pupils", name="p.csv", sha256="p")
    Figures.objects.create(
        organisation=birchfield, loading=loading, dataset="school_pupils", period="2018/19", row=1,
        values={"pupils": [110, "110", ""]},
    )  # fmt: skip
    return {"ashcombe": ashcombe, "birchfield": birchfield}


def counted_census(school: Organisation, year: int, groups: dict[str, int], *, part_time: int = 0) -> None:
    """An authorised spring census of a school as it was counted into its file; a small part_time would be hidden."""
    today = timezone.localdate()
    made, _ = Round.objects.get_or_create(
        collection="school_census_spring", year=year,
        defaults={"title": f"School census, spring {year}", "opens": today, "closes": today,
                  "census_day": today.replace(year=year, month=1, day=15)},
    )  # fmt: skip
    subject = Return.objects.create(
        round=made, organisation=school, agent=school.authority, state="authorised"
    )
    version = Version.objects.create(
        subject=subject, number=1, name="c.xml", sha256=uuid.uuid4().hex, size=1, stored=""
    )
    figures = [a_figure("roll", sum(groups.values())), a_figure("part_time", part_time * 2)]
    figures += [a_figure(f"year_group.{group}", number) for group, number in groups.items()]
    ReturnedFigures.objects.create(
        subject=subject, version=version, revision=1, authorised=timezone.now(), code="0", figures=figures
    )
