"""Write a note about a school: a visit, a plan, a concern."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.fields import DateField
from muster_web.design.forms import refusals_on, sent_with
from muster_web.design.views import cannot
from muster_web.schools.actions.noting import end_concern, write_note
from muster_web.schools.models import Note
from muster_web.schools.permissions import WRITERS, may_note, readable_notes
from muster_web.schools.queries.school_file import get_school
from muster_web.schools.themes import choices


class NoteForm(forms.Form):
    """What was seen or agreed, when, and who may read it."""

    kind = forms.ChoiceField(label="What is it?", choices=Note.Kind.choices)
    title = forms.CharField(label="In a few words", max_length=120)
    text = forms.CharField(
        label="What was seen or agreed", widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000,
        help_text="Do not name children.",
    )  # fmt: skip
    theme = forms.ChoiceField(label="Theme", choices=choices("No theme"), required=False)
    judgement = forms.ChoiceField(
        label="How did you find it?", choices=[("", "Not judged"), *Note.Judgement.choices], required=False
    )
    actions = forms.CharField(
        label="What is to be done, by whom and when", widget=forms.Textarea(attrs={"rows": 3}), max_length=4_000,
        required=False, help_text="Name roles, not people.",
    )  # fmt: skip
    on = DateField(label="On which day")
    minutes = forms.IntegerField(label="Minutes it took", min_value=0, max_value=1_440, initial=0)
    shared = forms.BooleanField(label="The school may read it", required=False)
    link = forms.URLField(
        label="Where more is said of it", required=False, max_length=300, assume_scheme="https",
        help_text="Of good practice: the address of a page.",
    )  # fmt: skip
    agreed = forms.BooleanField(
        label="The school agrees that other schools of the authority are told", required=False,
        help_text="Of good practice.",
    )  # fmt: skip


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


@open_to(*WRITERS)
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a concern is over."""
    viewer = viewer_of(request)
    one = get_object_or_404(readable_notes(viewer).filter(of=viewer.organisation), pk=number)
    try:
        end_concern(viewer=viewer, note=one)
    except MusterError as refusal:
        return cannot(request, "end this concern", refusal, back_url=f"/schools/{one.school_id}/")
    messages.success(request, "The concern is over.")
    return redirect("school", pk=one.school_id)
