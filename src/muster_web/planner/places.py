"""Place planning: places, pupils and places left over school by school, by phase, and pupils to come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.model import MusterError
from muster.performance.forecast_tables import births_told, homes_told
from muster_web.accounts.access import open_to, own_organisation, viewer_of
from muster_web.design.forms import refusals_on
from muster_web.planning.permissions import OFFICERS
from muster_web.planning.queries.places import Assumed, Outlook, place_plan

_MOST = 2_000  # characters; what is asked stands in the address


class _Told(forms.CharField):
    """Lines of numbers, read by a function of the library."""

    def __init__(self, reading: Callable[[str], Any], **named: Any) -> None:
        super().__init__(required=False, max_length=_MOST, widget=forms.Textarea(attrs={"rows": 4}), **named)
        self._reading = reading

    def clean(self, value: Any) -> Any:
        """The numbers of the lines; a line that cannot be read is named."""
        try:
            return self._reading(super().clean(value))
        except MusterError as problem:
            raise forms.ValidationError(str(problem)) from None


class AssumedForm(forms.Form):
    """What the forecast takes for granted besides the rolls."""

    births = _Told(
        births_told,
        label="Births, a school year on each line",
        help_text="Children born from September to August, for example: 2020/21 1850",
    )
    homes = _Told(
        homes_told,
        label="Planned homes, a year on each line",
        help_text="The spring census before which they are finished, how many, and pupils of each year group for a "
        "hundred homes, for example: 2027 200 3.5",
    )


@open_to(*OFFICERS)
def places(request: HttpRequest) -> HttpResponse:
    """Show the places of the authority's schools and the forecast, with the births and homes the address names."""
    viewer, here = viewer_of(request), own_organisation(request)
    form, plan = AssumedForm(request.GET if "births" in request.GET else None), None
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            assumed = Assumed(form.cleaned_data["births"], form.cleaned_data["homes"])
            plan = place_plan(viewer, here, assumed=assumed)
    assumes = plan is not None
    plan = plan or place_plan(viewer, here)
    told = {
        "plan": plan, "outlook": plan.outlook, "rows": _rows(plan.outlook), "form": form, "assumes": assumes,
    }  # fmt: skip
    return render(request, "planner/places.html", told, status=400 if form.errors else 200)


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
    return [*rows, ("All", totals, [one.totals[-1] for one in outlook.ahead])]
