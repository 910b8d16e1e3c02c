"""Place planning: places, pupils and places left over school by school, by phase, and pupils to come."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to, own_organisation, viewer_of
from muster_web.planning.permissions import OFFICERS
from muster_web.planning.queries.places import Outlook, place_plan


@open_to(*OFFICERS)
def places(request: HttpRequest) -> HttpResponse:
    """Show the places of the authority's schools and the forecast."""
    plan = place_plan(viewer_of(request), own_organisation(request))
    told = {"plan": plan, "outlook": plan.outlook, "rows": _rows(plan.outlook)}
    return render(request, "planner/places.html", told)


def _rows(outlook: Outlook) -> list[tuple[str, list[int], list[int]]]:
    """Each year group with its pupils of the known years and of those to come, then all together."""
    rows = [
        (
            group,
            [roll.get(group, 0) for _, roll in outlook.known],
            [round(one.groups[group]) for one in outlook.ahead],
        )
        for group in outlook.groups
    ]
    totals = [sum(roll.values()) for _, roll in outlook.known]
    return [*rows, ("All", totals, [one.total for one in outlook.ahead])]
