"""The record of processing of each collection: purpose, lawful basis, who receives what, how long it is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.catalogue.privacy import load_kept_beside
from muster_web.accounts.access import open_to_signed_in
from muster_web.privacy.queries.registers import processing as records
from muster_web.privacy.queries.registers import processing_as_csv


@open_to_signed_in
def processing(request: HttpRequest) -> HttpResponse:
    """Show the record, each statement with how surely it is known and from where."""
    return render(request, "governance/processing.html", {"records": records(), "beside": load_kept_beside()})


@open_to_signed_in
def processing_csv(_request: HttpRequest) -> HttpResponse:
    """The same as a table to take away."""
    answer = HttpResponse(processing_as_csv(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="record-of-processing.csv"'
    return answer
