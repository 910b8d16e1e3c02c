"""A school says that something in its file is wrong, and is answered."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import refusals_on, sent_with
from muster_web.schools.actions import noting
from muster_web.schools.models import Challenge
from muster_web.schools.permissions import ANSWERERS, CHALLENGERS, may_answer, may_challenge
from muster_web.schools.queries.school_file import get_school


class ChallengeForm(forms.Form):
    """What is wrong."""

    text = forms.CharField(
        label="What is wrong, and what is right?", widget=forms.Textarea(attrs={"rows": 4}), max_length=2_000,
        help_text="Your authority reads this. Do not name people.",
    )  # fmt: skip


class AnswerForm(forms.Form):
    """Whether it is so, and why."""

    state = forms.ChoiceField(
        label="Is the school right?", widget=forms.RadioSelect,
        choices=[("accepted", "Yes, it is wrong in the file"), ("refused", "No, the file is right")],
    )  # fmt: skip
    text = forms.CharField(
        label="What is done about it, or why the file is right", widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2_000,
    )  # fmt: skip


@open_to(*CHALLENGERS)
def challenge(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what is wrong with one item; posted, send it to the authority."""
    viewer, school = viewer_of(request), get_school(pk)
    if not may_challenge(viewer, school):
        raise Http404
    about, place = request.GET.get("about", "")[:200], request.GET.get("place", "")[:300]
    form = ChallengeForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            noting.challenge(
                viewer=viewer, school=school, about=about, place=place, text=form.cleaned_data["text"]
            )
            messages.success(request, "Your authority is asked. The answer will stand here.")
            return redirect("school", pk=pk)
    told = {"school": school, "form": form, "about": about, "place": place}
    return render(request, "school_file/challenge.html", told, status=400 if form.errors else 200)


@open_to(*ANSWERERS)
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a school says is wrong; posted, answer it."""
    viewer = viewer_of(request)
    subject = get_object_or_404(Challenge.objects.select_related("school", "by"), pk=number)
    if not may_answer(viewer, subject.school):
        raise Http404
    form = AnswerForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            noting.answer(viewer=viewer, subject=subject, **form.cleaned_data)
            messages.success(request, "The school is answered.")
            return redirect("school", pk=subject.school_id)
    told = {"school": subject.school, "challenge": subject, "form": form}
    return render(request, "school_file/answer.html", told, status=400 if form.errors else 200)
