"""One course: how it pays, who booked, and for a school its own seats; and how far schools are with a training."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from muster.model import MusterError
from muster_web.accounts.access import open_to, own_organisation, viewer_of
from muster_web.design.forms import number_in, refusals_on, sent_with
from muster_web.design.views import cannot
from muster_web.planning.actions.training import book, cancel_booking, note_attendance, seats_left
from muster_web.planning.permissions import BOOKERS, OFFICERS, may_book, may_offer, readable_bookings
from muster_web.planning.queries.courses import account_of, get_course, tracker_of, trainings
from muster_web.privacy.queries.due_beside import kept_until


class BookingForm(forms.Form):
    """How many seats."""

    seats = forms.IntegerField(
        label="How many seats?",
        min_value=1,
        max_value=1_000,
        help_text="Names are asked for by the trainer, not here.",
    )


@open_to(*OFFICERS, *BOOKERS)
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a course; posted by a school, book seats of it."""
    viewer = viewer_of(request)
    one = get_course(viewer, pk)
    form = BookingForm(**sent_with(request))
    if request.method == "POST":
        if not may_book(viewer):
            raise Http404
        if form.is_valid():
            with refusals_on(form):
                made = book(viewer=viewer, course=one, seats=form.cleaned_data["seats"])
                messages.success(request, f"{made.get_state_display()}: {made.seats}.")
                return redirect("course", pk=pk)
    told = {
        "course": one,
        "form": form,
        "left": seats_left(one),
        "bookings": readable_bookings(viewer).filter(course=one),
        "account": account_of(one) if may_offer(viewer) else None,
        "may_book": may_book(viewer),
        "kept_until": kept_until("courses", one.on),
    }
    return render(request, "planner/course.html", told, status=400 if form.errors else 200)


@open_to(*OFFICERS, *BOOKERS)
@require_POST
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Give the seats of a booking back."""
    viewer = viewer_of(request)
    one = get_object_or_404(readable_bookings(viewer), pk=number)
    try:
        cancel_booking(viewer=viewer, booking=one)
    except MusterError as refusal:
        return cannot(request, "cancel this", refusal, back_url=reverse("course", args=[one.course_id]))
    messages.success(request, "The booking is cancelled.")
    return redirect("course", pk=one.course_id)


@open_to(*OFFICERS)
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask how many of each school came; posted, note it."""
    viewer = viewer_of(request)
    one = get_course(viewer, pk)
    booked = readable_bookings(viewer).filter(course=one, state="booked")
    form = forms.Form(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            done = note_attendance(viewer=viewer, course=one, came=_came(request))
            messages.success(request, f"Noted of {done} bookings who came.")
            return redirect("course", pk=pk)
    told = {"course": one, "form": form, "bookings": booked}
    return render(request, "planner/attendance.html", told, status=400 if form.errors else 200)


def _came(request: HttpRequest) -> dict[int, int]:
    """How many came of each booking, by its number; what was left empty is left as it is."""
    named = {name: number_in(name.removeprefix("came-")) for name in request.POST if name.startswith("came-")}
    said = {
        number: str(request.POST.get(name, "")).strip()
        for name, number in named.items()
        if number is not None
    }
    return {number: _number(text) for number, text in said.items() if text}


def _number(text: str) -> int:
    number = number_in(text)
    if number is None:
        raise MusterError(f"'{text}' is no number of people.")
    return number


@open_to(*OFFICERS)
def tracker(request: HttpRequest) -> HttpResponse:
    """Show how far each school is with the training the address names."""
    viewer, here = viewer_of(request), own_organisation(request)
    title = request.GET.get("title", "")
    if title not in trainings(viewer):
        raise Http404
    return render(request, "planner/tracker.html", {"tracker": tracker_of(viewer, here, title)})
