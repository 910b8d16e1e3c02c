"""The pages of the addresses that a machine has told: add one, see its key once, try it, read what arrived."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.forms import sent_with
from muster_web.machines.actions import webhooks as acting
from muster_web.machines.models import Subscription
from muster_web.machines.queries.accounts import get_account
from muster_web.machines.queries.webhooks import deliveries_of, get_subscription, subscriptions_of
from muster_web.machines.signing import key_of

PER_PAGE = 50


def _in_words(event: str) -> str:
    return event.replace("_", " ").capitalize()


class WebhookForm(forms.Form):
    """A new address, and what it is told of."""

    url = forms.URLField(
        label="Which address is told?", max_length=500, assume_scheme="https",
        help_text="It has to begin with https:// and lie outside private networks.",
        error_messages={"required": "Enter the address that is told", "invalid": "Enter a whole address"},
    )  # fmt: skip
    events = forms.MultipleChoiceField(
        label="What is it told of?", widget=forms.CheckboxSelectMultiple,
        choices=[(one, _in_words(one)) for one in sorted(acting.EVENTS)],
        help_text="A notice names the return and the event. It holds nothing of what is in the return.",
        error_messages={"required": "Choose what it is told of"},
    )  # fmt: skip


@open_to(Role.APPROVER, step_up=True)
def machine_webhooks(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the addresses of a machine; posted, add one and show its key this once."""
    viewer = viewer_of(request)
    account = get_account(viewer, pk)
    form = WebhookForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        try:
            return _shown_once(request, acting.subscribe(viewer=viewer, account=account, **form.cleaned_data))
        except MusterError as refusal:
            form.add_error("url", _sentence(refusal))
    told = {"account": account, "form": form, "subscriptions": subscriptions_of(account)}
    return render(request, "api/machine_webhooks.html", told, status=400 if form.errors else 200)


def _sentence(refusal: MusterError) -> str:
    said = str(refusal)
    return f"{said[:1].upper()}{said[1:]}"


def _shown_once(request: HttpRequest, made: Subscription) -> HttpResponse:
    answer = render(request, "api/webhook_key.html", {"made": made, "key": key_of(made)})
    answer["Cache-Control"] = "no-store"
    return answer


@open_to(Role.APPROVER)
def webhook_log(request: HttpRequest, pk: int, webhook: UUID) -> HttpResponse:
    """Show every notice to an address with what was answered."""
    account = get_account(viewer_of(request), pk)
    found = get_subscription(account, webhook)
    page = Paginator(deliveries_of(found), PER_PAGE).get_page(request.GET.get("page"))
    told = {"account": account, "subscription": found, "page": page}
    return render(request, "api/webhook_log.html", told)


_DONE: Mapping[str, tuple[Callable[..., Any], str]] = {
    "end": (acting.end, "is told nothing any more"),
    "resume": (acting.resume, "is told again"),
}


@require_POST
@open_to(Role.APPROVER, step_up=True)
def change_webhook(request: HttpRequest, pk: int, webhook: UUID, what: str) -> HttpResponse:
    """Try an address, give it a new key, tell it again, or end it."""
    viewer = viewer_of(request)
    found = get_subscription(get_account(viewer, pk), webhook)
    try:
        if what == "renew":
            return _shown_once(request, acting.renew_key(viewer=viewer, subscription=found))
        if what == "test":
            return _tested(request, pk, found)
        if what not in _DONE:
            raise Http404
        act, said = _DONE[what]
        act(viewer=viewer, subscription=found)
        messages.success(request, f"{found.url} {said}.")
    except MusterError as refusal:
        messages.error(request, str(refusal))
    return redirect("machine_webhooks", pk=pk)


def _tested(request: HttpRequest, pk: int, found: Subscription) -> HttpResponse:
    viewer = viewer_of(request)
    sent = acting.send_test(viewer=viewer, subscription=found)
    if sent.delivered:
        messages.success(request, f"The test arrived: {found.url} answered {sent.answer}.")
    else:
        messages.warning(request, f"The test did not arrive at {found.url}: {sent.answer}.")
    return redirect("webhook_log", pk=pk, webhook=found.pk)
