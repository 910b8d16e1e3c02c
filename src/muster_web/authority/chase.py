"""Write to schools about their returns: choose, write, look at a real letter, send; and the log of what was sent."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.authority.board import PER_PAGE
from muster_web.authority.choosing import chosen_returns
from muster_web.design.forms import refusals_on
from muster_web.returns.actions.chasing import FIELDS, Letter, letters
from muster_web.returns.actions.chasing import chase as write_to
from muster_web.returns.models import Chase, ChaseLetter, Return, Round
from muster_web.returns.queries.board import get_round
from muster_web.returns.queries.reaching import contacts_of

OFFICERS = (Role.LA_OFFICER, Role.LA_APPROVER)
TITLE = "{collection}: {school}"
TEXT = """The {collection} of {school} ({number}) is {state}. Please submit it by {deadline}.

Errors left: {to_fix}. Queries left to explain: {to_explain}.

The return: {link}"""


class ChaseForm(forms.Form):
    """The letter with its merge fields."""

    title = forms.CharField(label="Subject", max_length=150)
    text = forms.CharField(
        label="Letter", max_length=4_000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Do not name people. The link to the return is added where you leave it out.",
    )  # fmt: skip


@open_to(*OFFICERS)
def chase(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the letter; with it show what would be sent to whom; confirmed, send it."""
    viewer = viewer_of(request)
    round_ = get_round(viewer, pk)
    chosen = chosen_returns(request, viewer, round_)
    written = request.POST if "text" in request.POST else None
    form = ChaseForm(written, initial={"title": TITLE, "text": TEXT})
    made: list[Letter] = []
    if form.is_valid():
        with refusals_on(form):
            made = letters(viewer=viewer, round=round_, subjects=chosen, **form.cleaned_data)
            if request.POST.get("confirmed") == "yes":
                return _sent(request, round_, chosen, form)
    told = {
        "round": round_, "form": form, "chosen": chosen, "letters": made, "fields": FIELDS.items(),
        "example": next((one for one in made if not one.skipped), None),
        "ready": sum(not one.skipped for one in made),
    }  # fmt: skip
    return render(request, "authority/chase.html", told, status=400 if form.errors else 200)


def _sent(request: HttpRequest, round_: Round, chosen: list[Return], form: forms.Form) -> HttpResponse:
    viewer = viewer_of(request)
    row = write_to(viewer=viewer, round=round_, subjects=chosen, **form.cleaned_data)
    written = row.letters.filter(skipped="").count()
    messages.success(request, f"{written:,} of {len(chosen):,} schools are written to.")
    return redirect("chase_log", pk=round_.pk)


@open_to(*OFFICERS)
def chase_log(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every letter written in the round: to which school, when it left, or why it was left out."""
    viewer = viewer_of(request)
    round_ = get_round(viewer, pk)
    rows = Chase.objects.filter(round=round_, authority=viewer.organisation).select_related("by")
    counted = rows.annotate(written=Count("letters", filter=Q(letters__skipped=""))).order_by("-pk")
    found = ChaseLetter.objects.filter(chase__in=rows).select_related("chase", "subject__organisation")
    found = found.order_by("-chase", "subject__organisation__name")
    told = {
        "round": round_, "chases": counted[:20],
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip
    return render(request, "authority/chase_log.html", told)


@open_to(*OFFICERS)
def phone_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show whom to telephone at each of the chosen schools."""
    viewer = viewer_of(request)
    round_ = get_round(viewer, pk)
    found = contacts_of(chosen_returns(request, viewer, round_))
    told = {"round": round_, "contacts": found, "work": request.GET.get("work", "")}
    return render(request, "authority/phone_list.html", told)
