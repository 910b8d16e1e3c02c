"""The course catalogue, and a new course in it with the price at which it pays."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.fields import DateField
from muster_web.design.forms import refusals_on, sent_with
from muster_web.planning.actions.training import offer_course
from muster_web.planning.models import Course
from muster_web.planning.permissions import BOOKERS, OFFICERS, may_offer
from muster_web.planning.queries.courses import courses_of, trainings
from muster_web.schools.themes import choices


class CourseForm(forms.Form):
    """What the course is, when, for how many, and what it costs."""

    title = forms.CharField(label="What is it called?", max_length=120)
    theme = forms.ChoiceField(label="Theme", choices=choices("No theme"), required=False)
    about = forms.CharField(
        label="Whom is it for, and what will they learn?", widget=forms.Textarea(attrs={"rows": 4}), max_length=2_000,
        required=False,
    )  # fmt: skip
    on = DateField(label="On which day")
    venue = forms.CharField(label="Where", max_length=120, required=False)
    places = forms.IntegerField(label="Places", min_value=1, max_value=1_000)
    fixed = forms.DecimalField(
        label="What it costs whoever comes, in pounds", min_value=0, max_digits=9, decimal_places=2, initial=0,
        help_text="Trainer, room, materials.",
    )  # fmt: skip
    each = forms.DecimalField(
        label="What each seat costs besides", min_value=0, max_digits=9, decimal_places=2, initial=0
    )
    price = forms.DecimalField(
        label="Price of a seat", min_value=0, max_digits=9, decimal_places=2, initial=0
    )


@open_to(*OFFICERS, *BOOKERS)
def courses(request: HttpRequest) -> HttpResponse:
    """List the courses of the viewer's authority."""
    viewer = viewer_of(request)
    offers = may_offer(viewer)
    told = {
        "courses": courses_of(viewer),
        "may_offer": offers,
        "trainings": trainings(viewer) if offers else (),
    }
    return render(request, "planner/courses.html", told)


@open_to(*OFFICERS)
def new_course(request: HttpRequest) -> HttpResponse:
    """Ask what the course is; posted, offer it."""
    viewer = viewer_of(request)
    if not may_offer(viewer):
        raise Http404
    form = CourseForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = offer_course(viewer=viewer, course=Course(**form.cleaned_data))
            messages.success(request, "The course is in the catalogue.")
            return redirect("course", pk=made.pk)
    return render(request, "planner/new_course.html", {"form": form}, status=400 if form.errors else 200)
