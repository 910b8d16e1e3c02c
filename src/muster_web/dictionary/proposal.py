"""One proposed change: what it says, everything that happened to it, and what the viewer may do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from muster_web.accounts.access import open_to_everybody, open_to_signed_in, viewer_of
from muster_web.accounts.collections import title_of
from muster_web.accounts.viewer import Viewer
from muster_web.design.forms import refusals_on
from muster_web.dictionary.finding import dictionary_named
from muster_web.dictionary.forms import ConsultForm, ReleaseForm, SayForm
from muster_web.proposals import actions
from muster_web.proposals.models import Proposal
from muster_web.proposals.queries import STEPS, open_steps

# What each step is called on its button, what is said when it was taken, its form, and what it does.
Take = Callable[..., object]
_STEPS: dict[str, tuple[str, str, type[forms.Form], Take]] = {
    "comment": ("Add a comment", "Your comment is there.", SayForm, actions.comment),
    "consult": ("Ask everybody for views", "It is out for views.", ConsultForm, actions.consult),
    "accept": ("Accept it", "It is accepted.", SayForm, lambda **said: actions.decide(accepted=True, **said)),
    "refuse": ("Refuse it", "It is refused.", SayForm, lambda **said: actions.decide(accepted=False, **said)),
    "release": ("Release it", "It is released.", ReleaseForm, actions.release),
    "withdraw": ("Withdraw it", "It is withdrawn.", forms.Form, actions.withdraw),
}


@open_to_everybody
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a proposal."""
    return _page(request, _subject(pk))


@open_to_signed_in
@require_POST
def move_proposal(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take a step with a proposal; where it is refused, show why on the page."""
    if step not in STEPS:
        raise Http404
    subject, viewer = _subject(pk), viewer_of(request)
    _, said, form_class, take = _STEPS[step]
    form = form_class(request.POST, prefix=step)
    if form.is_valid() and _taken(form, take, viewer, subject):
        messages.success(request, said)
        return redirect("proposal", pk=pk)
    return _page(request, subject, sent={step: form})


def _taken(form: forms.Form, take: Take, viewer: Viewer, subject: Proposal) -> bool:
    with refusals_on(form):
        take(viewer=viewer, subject=subject, **form.cleaned_data)
        return True
    return False


def _subject(pk: int) -> Proposal:
    return get_object_or_404(Proposal.objects.select_related("organisation"), pk=pk)


def _page(
    request: HttpRequest, subject: Proposal, *, sent: dict[str, forms.Form] | None = None
) -> HttpResponse:
    refused = sent or {}
    steps = dict.fromkeys([*refused, *open_steps(viewer_of(request), subject)])
    told: dict[str, Any] = {
        "subject": subject, "collection_title": title_of(subject.collection), "entry": _entry(subject),
        "steps": subject.steps.select_related("organisation"), "form": next(iter(refused.values()), None),
        "forms": [(name, _STEPS[name][0], refused.get(name) or _STEPS[name][2](prefix=name)) for name in steps],
    }  # fmt: skip
    return render(request, "dictionary/proposal.html", told, status=400 if refused else 200)


def _entry(subject: Proposal) -> tuple[str, str, str] | None:
    """The entry it is about as the dictionary knows it: collection, kind and name."""
    one = dictionary_named(subject.collection)
    kinds = (("item", one.items), ("rule", one.rules), ("code set", one.code_sets))
    return next(((one.name, kind, subject.about) for kind, known in kinds if subject.about in known), None)
