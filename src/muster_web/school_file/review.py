"""Record the review of a concern about a school."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.fields import DateField
from muster_web.design.forms import refusals_on, sent_with
from muster_web.schools.actions.noting import review_concern
from muster_web.schools.models import Note
from muster_web.schools.permissions import WRITERS, readable_notes


class ReviewForm(forms.Form):
    """What was found, and when."""

    text = forms.CharField(
        label="What has changed, and what is to be done until the next review",
        widget=forms.Textarea(attrs={"rows": 5}), max_length=4_000, help_text="Name roles, not people.",
    )  # fmt: skip
    on = DateField(label="On which day was it reviewed")


@open_to(*WRITERS)
def review(request: HttpRequest, number: int) -> HttpResponse:
    """Ask what the review found; posted, keep it."""
    viewer = viewer_of(request)
    mine = readable_notes(viewer).filter(of=viewer.organisation, kind=Note.Kind.CONCERN)
    concern = get_object_or_404(mine.select_related("school"), pk=number)
    form = ReviewForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            review_concern(viewer=viewer, note=concern, **form.cleaned_data)
            messages.success(request, "The review is in the file. The next is due in six months.")
            return redirect("school", pk=concern.school_id)
    told = {"school": concern.school, "concern": concern, "form": form}
    return render(request, "school_file/review.html", told, status=400 if form.errors else 200)
