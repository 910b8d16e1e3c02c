"""The first page of a return: where it stands, the one thing to do next, and the way to everything else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from muster.assembling import kinds_of_files
from muster.inspecting import has_figures, has_summary, is_keyed
from muster.submit.states import BEING_CHECKED, FINAL, OPEN, SENT, State
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.returns.actions.deciding import opened_by_agent
from muster_web.returns.queries.one import Standing, get_return

SEERS = (Role.PREPARER, Role.HEAD, Role.LA_OFFICER, Role.LA_APPROVER, Role.COLLECTOR, Role.SUPPLIER)


@open_to(*SEERS)
def return_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a return."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    opened_by_agent(viewer=viewer, subject=subject)
    standing = Standing(subject, viewer)
    told = {
        "standing": standing,
        "next": next_step(standing),
        "is_keyed": is_keyed(subject.round.collection),
        "has_figures": has_figures(subject.round.collection),
        "has_summary": has_summary(subject.round.collection),
        "made_from": kinds_of_files(subject.round.collection),
    }
    return render(request, "provider/return_page.html", told)


def next_step(standing: Standing) -> dict[str, str]:
    """The one thing to do next, as the words and address of the largest button; empty where there is nothing."""
    subject, may = standing.subject, standing.may
    if standing.state in BEING_CHECKED:
        return _step("See how far the check is", "progress", subject.pk)
    if subject.current is None and may["upload"].allowed:
        if is_keyed(subject.round.collection):
            return _step("Key the form", "key_form", subject.pk)
        return _step("Load the return", "upload", subject.pk)
    if standing.state in OPEN:
        return _of_open(standing)
    sent = standing.state in SENT | {State.APPROVED} | FINAL
    if sent and standing.receipts and standing.viewer.organisation == subject.organisation:
        return _step("See the receipt", "receipt", standing.receipts[0].pk)
    return {}


def _of_open(standing: Standing) -> dict[str, str]:
    subject, may = standing.subject, standing.may
    if may["submit"].allowed:
        return _step("Submit this return", "submit", subject.pk)
    if subject.to_fix:
        return _step("See what to fix", "findings", subject.pk, query="?show=fix")
    if subject.to_explain:
        return _step("Explain the queries", "findings", subject.pk, query="?show=explain")
    if subject.round.sign_off and not standing.is_signed:
        return _step("Read and sign the summary", "summary", subject.pk)
    return {}


def _step(text: str, name: str, key: object, *, query: str = "") -> dict[str, str]:
    return {"text": text, "href": reverse(name, args=[key]) + query}
