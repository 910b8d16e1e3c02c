"""Formula funding: what if a sum were shared out, part of it in equal lumps and the rest by pupils?"""

from __future__ import annotations

import csv

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.model.writing import neutralised
from muster_web.accounts.access import open_to, own_organisation, viewer_of
from muster_web.design.forms import refusals_on
from muster_web.planning.permissions import OFFICERS
from muster_web.planning.queries.money import Allocation, allocation


class FundingForm(forms.Form):
    """The sum, and how it is shared out."""

    total = forms.DecimalField(
        label="Sum to share out, in pounds", min_value=0, max_digits=12, decimal_places=2
    )
    lump = forms.DecimalField(
        label="Per cent of it in equal lumps", min_value=0, max_value=100, max_digits=5, decimal_places=2,
        help_text="The rest goes by full-time equivalent pupils.",
    )  # fmt: skip
    other = forms.DecimalField(
        label="Compare with this per cent",
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
    )


@open_to(*OFFICERS)
def funding(request: HttpRequest) -> HttpResponse:
    """Ask for the sum and the split; asked in the address, show what each school would be given, as a page or CSV."""
    viewer, here = viewer_of(request), own_organisation(request)
    form = FundingForm(request.GET if "total" in request.GET else None)
    found = None
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        with refusals_on(form):
            found = allocation(viewer, here, asked["total"], lump=asked["lump"], other=asked["other"])
    if found is not None and request.GET.get("as") == "csv":
        return _as_csv(found)
    told = {"form": form, "found": found, "asked": request.GET.urlencode()}
    return render(request, "planner/funding.html", told, status=400 if form.errors else 200)


def _as_csv(found: Allocation) -> HttpResponse:
    answer = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="funding.csv"'},
    )
    answer.write("\ufeff")
    rows = csv.writer(answer)
    rows.writerow(("School", "Name", "Phase", "Pupils", "Amount", "Otherwise", "Pupils from"))
    for one in found.lines:
        school, otherwise = one.roll.school, "" if one.otherwise is None else str(one.otherwise)
        cells = (school.ref, school.name, one.phase, str(one.roll.full_time), str(one.amount), otherwise)
        rows.writerow([neutralised(cell) for cell in (*cells, one.roll.source)])
    return answer
