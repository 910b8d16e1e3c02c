"""Say that no return is required or that one is after all; withdraw a return and restore it."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from muster.submit.states import NotAllowed
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.forms import refusals_on, sent_with
from muster_web.design.views import cannot
from muster_web.returns.actions import owing
from muster_web.returns.models import Return
from muster_web.returns.queries.one import Standing, get_return

DECIDERS = (Role.LA_OFFICER, Role.LA_APPROVER, Role.COLLECTOR)
OWNERS = (Role.PREPARER, Role.LA_OFFICER)


class WhyForm(forms.Form):
    """Why no return is required."""

    reason = forms.CharField(
        label="Why is no return required?", max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The school and the department read this.",
        error_messages={"required": "Say why no return is required"},
    )  # fmt: skip


class TypedForm(forms.Form):
    """The number of the school, typed."""

    typed = forms.CharField(
        label="Type the number of the school to confirm", max_length=10,
        error_messages={"required": "Type the number of the school to confirm"},
    )  # fmt: skip


@open_to(*DECIDERS)
def not_required(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, and expect no return."""
    form = WhyForm(**sent_with(request))
    return _asked(request, pk, form, owing.mark_not_required, "No return is expected any more.")


@open_to(*OWNERS)
def withdraw_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the number of the school, and withdraw the return."""
    form = TypedForm(**sent_with(request))
    done = "The return is withdrawn. It can be restored for 30 days."
    return _asked(request, pk, form, owing.withdraw_return, done)


def _asked(
    request: HttpRequest, pk: int, form: forms.Form, act: Callable[..., Return], done: str
) -> HttpResponse:
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            act(viewer=viewer, subject=subject, **form.cleaned_data)
            messages.success(request, done)
            return redirect("return_page", pk=pk)
    template = "not_required" if isinstance(form, WhyForm) else "withdraw_return"
    told = {"standing": Standing(subject, viewer), "form": form}
    return render(request, f"provider/{template}.html", told, status=400 if form.errors else 200)


@require_POST
@open_to(*DECIDERS)
def required(request: HttpRequest, pk: int) -> HttpResponse:
    """Expect a return after all."""
    return _done(request, pk, owing.mark_required, "expect this return", "A return is expected again.")


@require_POST
@open_to(*OWNERS)
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a withdrawn return back."""
    said = "The return is as it was loaded. It has to be submitted again."
    return _done(request, pk, owing.restore, "restore this return", said)


def _done(request: HttpRequest, pk: int, act: Callable[..., Return], what: str, said: str) -> HttpResponse:
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    try:
        act(viewer=viewer, subject=subject)
    except NotAllowed as refusal:
        return cannot(request, what, refusal, back_url=f"/returns/{pk}/")
    messages.success(request, said)
    return redirect("return_page", pk=pk)
