"""What the authority asks its schools: the register, a new one, one with its answers and what became of them."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.fields import DateField
from muster_web.design.forms import refusals_on, sent_with
from muster_web.planning.actions.consulting import give_feedback, open_consultation, reply
from muster_web.planning.models import Consultation, Reply
from muster_web.planning.permissions import BOOKERS, OFFICERS, may_book, may_offer
from muster_web.planning.queries.consultations import get_consultation, results_of, with_feedback
from muster_web.privacy.queries.due_beside import kept_until


class ConsultationForm(forms.Form):
    """What is asked, and until when."""

    title = forms.CharField(label="What is it about?", max_length=120)
    about = forms.CharField(
        label="What do you want to know?", widget=forms.Textarea(attrs={"rows": 6}), max_length=4_000
    )
    closes = DateField(label="Last day for answers")
    rated = forms.BooleanField(label="Each school also rates it, from very good to poor", required=False)
    major = forms.BooleanField(label="It is a major consultation: feedback is owed", required=False)


class ReplyForm(forms.Form):
    """What a school answers."""

    rating = forms.TypedChoiceField(
        label="How good is it?", choices=Reply.Rating.choices, widget=forms.RadioSelect, coerce=int, empty_value=None,
        required=False,
    )  # fmt: skip
    text = forms.CharField(
        label="What does the school think?", widget=forms.Textarea(attrs={"rows": 4}), max_length=4_000, required=False,
        help_text="Your authority reads this. Do not name people.",
    )  # fmt: skip


class FeedbackForm(forms.Form):
    """What became of it."""

    feedback = forms.CharField(
        label="What did schools say, and what is done?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4_000,
    )


@open_to(*OFFICERS, *BOOKERS)
def consultations(request: HttpRequest) -> HttpResponse:
    """List what is asked, with how many schools answered."""
    viewer = viewer_of(request)
    results = results_of(viewer)
    told = {"results": results, "may_offer": may_offer(viewer), "fed_back": with_feedback(results)}
    return render(request, "planner/consultations.html", told)


@open_to(*OFFICERS)
def new_consultation(request: HttpRequest) -> HttpResponse:
    """Ask what to ask; posted, open it."""
    viewer = viewer_of(request)
    if not may_offer(viewer):
        raise Http404
    form = ConsultationForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = open_consultation(viewer=viewer, consultation=Consultation(**form.cleaned_data))
            messages.success(request, "The schools are asked.")
            return redirect("consultation", pk=made.pk)
    return render(
        request, "planner/new_consultation.html", {"form": form}, status=400 if form.errors else 200
    )


@open_to(*OFFICERS, *BOOKERS)
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one; posted by a school, answer it, by an officer, say what became of it."""
    viewer = viewer_of(request)
    one = get_consultation(viewer, pk)
    answers = may_book(viewer)
    form = ReplyForm(**sent_with(request)) if answers else FeedbackForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            if answers:
                reply(viewer=viewer, consultation=one, **form.cleaned_data)
            else:
                give_feedback(viewer=viewer, consultation=one, text=form.cleaned_data["feedback"])
            messages.success(request, "It is kept.")
            return redirect("consultation", pk=pk)
    replies = one.replies.select_related("school", "by")
    told = {
        "consultation": one,
        "result": next(found for found in results_of(viewer) if found.consultation == one),
        "replies": replies.filter(school=viewer.organisation) if answers else replies,
        "is_open": one.opens <= timezone.localdate() <= one.closes,
        "answers": answers,
        "kept_until": kept_until("consultations", one.closes),
        "form": form,
    }
    return render(request, "planner/consultation.html", told, status=400 if form.errors else 200)
