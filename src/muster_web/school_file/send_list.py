"""Send a list of governors or buildings: each row that cannot be taken is named, the rest is taken."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.published import Dataset, load_datasets
from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import refusals_on, sent_with
from muster_web.schools.actions.listing import take_sent_list
from muster_web.schools.permissions import CHALLENGERS, WRITERS

_SHOWN = 200


class ListForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label="The list", help_text="CSV or XLSX, at most 10 MB. It is read and not kept.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )  # fmt: skip


@open_to(*WRITERS, *CHALLENGERS)
def send_list(request: HttpRequest) -> HttpResponse:
    """Ask for a list; posted, say what was taken of it and what not."""
    form, taken = ListForm(**sent_with(request)), None
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        with refusals_on(form):
            taken = take_sent_list(viewer=viewer_of(request), chunks=sent.chunks(), name=sent.name)
    problems = taken.problems if taken else []
    told = {
        "form": form, "taken": taken, "problems": problems[:_SHOWN], "more": max(0, len(problems) - _SHOWN),
        "lists": [(one, _headings(one)) for one in load_datasets() if one.fills],
    }  # fmt: skip
    return render(request, "school_file/send_list.html", told, status=400 if form.errors else 200)


def _headings(one: Dataset) -> str:
    """The headings by which a list is known, the number of the school first."""
    columns = (*one.subject.values(), *one.each, *(item.column for item in one.measures))
    return ", ".join(dict.fromkeys(columns))
