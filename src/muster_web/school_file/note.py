"""Write a note about a school: a visit, a plan, a concern."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.fields import DateField
from muster_web.design.forms import refusals_on, sent_with
from muster_web.schools.actions.noting import write_note
from muster_web.schools.models import Note
from muster_web.schools.permissions import WRITERS, may_note
from muster_web.schools.queries.school_file import get_school


class NoteForm(forms.Form):
    """What was seen or agreed, when, and who may read it."""

    kind = forms.ChoiceField(label="What is it?", choices=Note.Kind.choices)
    title = forms.CharField(label="In a few words", max_length=120)
    text = forms.CharField(
        label="What was seen or agreed", widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000,
        help_text="Do not name children.",
    )  # fmt: skip
    theme = forms.CharField(label="Theme", max_length=60, required=False, help_text="For example: attendance")
    on = DateField(label="On which day")
    minutes = forms.IntegerField(label="Minutes it took", min_value=0, max_value=1_440, initial=0)
    shared = forms.BooleanField(label="The school may read it", required=False)


@open_to(*WRITERS)
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what to note; posted, put it into the file."""
    viewer, school = viewer_of(request), get_school(pk)
    if not may_note(viewer, school):
        raise Http404
    form = NoteForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            write_note(viewer=viewer, note=Note(school=school, **form.cleaned_data))
            messages.success(request, "The note is in the file.")
            return redirect("school", pk=pk)
    told = {"school": school, "form": form}
    return render(request, "school_file/note.html", told, status=400 if form.errors else 200)
