"""Keep the sizes by which schools are ranked in step with what was published of them."""

from __future__ import annotations

from django.db import transaction

from muster_web.schools.models import Figures, Loading, Size

PUBLISHED_IN, ITEM = "school_pupils", "pupils"
BATCH = 2_000


@transaction.atomic
def keep_sizes(loading: Loading | None = None) -> int:
    """Write anew the sizes of the schools a file names, or of all, from the last number published; how many."""
    figures = Figures.objects.filter(dataset=PUBLISHED_IN)
    if loading is not None:
        figures = figures.filter(organisation__in=loading.figures.values("organisation"))
    said = figures.order_by("period", "loading").values_list("organisation", f"values__{ITEM}__0")
    latest = {school: pupils for school, pupils in said.iterator(BATCH) if pupils is not None}
    Size.objects.bulk_create(
        (Size(organisation_id=school, pupils=pupils) for school, pupils in latest.items()),
        batch_size=BATCH, update_conflicts=True, unique_fields=["organisation"], update_fields=["pupils"],
    )  # fmt: skip
    return len(latest)
