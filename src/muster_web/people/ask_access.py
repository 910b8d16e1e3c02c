"""Ask an organisation for a role, or for access to its returns."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster_web.accounts.access import open_to_signed_in, viewer_of
from muster_web.accounts.actions.asking import Wish, ask
from muster_web.accounts.models import AccessRequest
from muster_web.people.answering import attempt_form
from muster_web.people.forms import AskForm


@open_to_signed_in
def ask_access(request: HttpRequest) -> HttpResponse:
    """Fill in what is asked for, and send it."""
    viewer = viewer_of(request)
    form = AskForm(request.POST or None)

    def send() -> object:
        said = form.cleaned_data
        access = said["what"] == AccessRequest.What.ACCESS
        wish = Wish(
            AccessRequest.What(said["what"]), said["purpose"], role=None if access else said["role"],
            level=said["level"] if access else "", collection=said["collection"], until=said["until"],
        )  # fmt: skip
        return ask(viewer=viewer, organisation=said["number"], wish=wish)

    sent = "You have asked. The answer should come within five days."
    if request.method == "POST" and attempt_form(request, form, send, sent):
        return redirect("requests")
    return render(request, "people/ask_access.html", {"form": form})
