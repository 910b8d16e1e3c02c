"""Two versions of a return beside each other, record by record and value by value."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.inspecting import Difference, differences_between
from muster_web.accounts.access import open_to, viewer_of
from muster_web.audit.record import read_of
from muster_web.privacy.queries.masking import Mask, mask_for
from muster_web.provider.return_page import SEERS
from muster_web.returns.actions.checking import inspect
from muster_web.returns.models import Version
from muster_web.returns.queries.one import Standing, get_return

PER_PAGE = 50


@open_to(*SEERS)
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what changed from one version to another, at first from the last but one to the last.

    Sensitive items are hidden as on the page of a record, and that records were looked at goes into the audit.
    """
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    versions = list(subject.versions.filter(outcome=Version.Outcome.CHECKED).order_by("number"))
    before = _chosen(versions, request.GET.get("before"), -2)
    after = _chosen(versions, request.GET.get("after"), -1)
    found = _differences(before, after) if before and after else ()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    mask = mask_for(viewer, subject)
    told = {
        "standing": Standing(subject, viewer), "versions": versions, "before": before, "after": after,
        "page": page, "differences": [(one, _shown(one, mask)) for one in page],
    }  # fmt: skip
    if found and before and after:
        read_of(
            viewer, subject=f"return:{pk}", records=[f"versions:{before.number}-{after.number}"],
            organisations=[subject.organisation_id], page="compare",
        )  # fmt: skip
    return render(request, "provider/compare.html", told)


def _differences(before: Version, after: Version) -> tuple[Difference, ...]:
    return differences_between(inspect(before, edits=()), inspect(after, edits=()))


def _shown(one: Difference, mask: Mask) -> list[tuple[str, str | None, str | None]]:
    """Each item that changed with what it was and what it is, dots in the place of what is hidden."""
    return [
        (each.item, mask.value(one.table, each.item, each.was), mask.value(one.table, each.item, each.now))
        for each in one.changes
    ]


def _chosen(versions: list[Version], number: str | None, otherwise: int) -> Version | None:
    for version in versions:
        if str(version.number) == number:
            return version
    return versions[otherwise] if len(versions) >= -otherwise else None
