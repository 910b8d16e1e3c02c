"""Check identifiers: one, many pasted, or those of a table; nothing of them is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.identifiers import TITLES, Kind, Line, check_table, kind_called, table_in_csv, verdicts_as_csv
from muster.model import MusterError
from muster_web.accounts.access import open_to_signed_in, viewer_of
from muster_web.design.forms import sent_with
from muster_web.transfers.queries.children import may_look_for_children

_MOST = 10_000
_LARGEST = 2 << 20
_SHOWN = 200
_BY_HEADING = ""
_BY_COMMAND = "check it with the command 'muster identifiers check'"


class IdentifiersForm(forms.Form):
    """Numbers that are pasted, or a table of them, and of which kind they are."""

    kind = forms.ChoiceField(
        label="What are they?",
        required=False,
        choices=[(_BY_HEADING, "As the headings of the table say"), *TITLES.items()],
    )
    pasted = forms.CharField(
        label="Identifiers, one on each line",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=_LARGEST,
    )
    table = forms.FileField(
        label="Or a table (CSV)", required=False, allow_empty_file=False,
        help_text="Its headings say what is in it, or you choose above what its first column holds.",
        error_messages={"empty": "The table is empty"},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of the two is there, and what is pasted has a kind."""
        said: dict[str, Any] = super().clean() or {}
        pasted, table = said.get("pasted", "").strip(), said.get("table")
        if not self.errors and not (pasted or table):
            raise ValidationError("Paste identifiers or choose a table")
        if pasted and not table and not said.get("kind"):
            self.add_error("kind", "Choose what the pasted identifiers are")
        if table and table.size > _LARGEST:
            self.add_error("table", f"The table is larger than 2 MB; {_BY_COMMAND}")
        return said


@open_to_signed_in
def identifiers(request: HttpRequest) -> HttpResponse:
    """Judge what was sent, on the page or as a file; it is posted, so that no number stands in an address."""
    form, lines = IdentifiersForm(**sent_with(request)), None
    if request.method == "POST" and form.is_valid():
        try:
            lines = _judged(form.cleaned_data)
        except MusterError as refusal:
            form.add_error("table" if form.cleaned_data["table"] else "pasted", str(refusal))
    if lines is not None and "file" in request.POST:
        return _as_file(lines)
    told = {
        "form": form,
        "may_look": may_look_for_children(viewer_of(request)),
        **(_told(lines) if lines is not None else {}),
    }
    return render(request, "provider/identifiers.html", told, status=400 if form.errors else 200)


def _judged(said: dict[str, Any]) -> list[Line]:
    kind: Kind | None = kind_called(said["kind"]) if said["kind"] else None
    if said["table"]:
        headings, rows = table_in_csv(said["table"].read())
    else:
        pasted = [line.strip() for line in said["pasted"].splitlines()]
        headings, rows = ["Pasted"], [(number, [text]) for number, text in enumerate(pasted, 1) if text]
    if len(rows) > _MOST:
        raise MusterError(f"There are {len(rows):,} rows, and {_MOST:,} are the most here; {_BY_COMMAND}")
    return list(check_table(headings, rows, kind=kind))


def _told(lines: list[Line]) -> dict[str, Any]:
    wrong = [line for line in lines if not line.verdict.right]
    shown = wrong or lines
    return {
        "checked": len(lines),
        "wrong": len(wrong),
        "lines": shown[:_SHOWN],
        "more": max(len(shown) - _SHOWN, 0),
    }


def _as_file(lines: list[Line]) -> HttpResponse:
    answer = HttpResponse(verdicts_as_csv(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="verdicts.csv"'
    return answer
