"""The findings of one group, with what to do about each, and one explanation for as many as it fits."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.catalogue import load_collection
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.viewer import Viewer
from muster_web.design.forms import refusals_on, sent_with
from muster_web.provider.return_page import SEERS
from muster_web.returns.actions.explaining import LONGEST
from muster_web.returns.actions.explaining import explain as say_why
from muster_web.returns.models import Finding, Return
from muster_web.returns.permissions import permissions
from muster_web.returns.queries.findings import FILTERS, GROUPS, in_group, notes_for
from muster_web.returns.queries.one import Standing, get_return

PER_PAGE = 25
REASONS = (
    ("", "Choose a reason"), ("correct", "The value is right as it is"), ("checked", "Checked with the person"),
    ("contract", "Follows from the contract"), ("later", "Will be put right by a known date"),
    ("supplier", "A fault of our system; the supplier knows"), ("other", "Another reason"),
)  # fmt: skip


class ExplainForm(forms.Form):
    """Why the chosen findings stand."""

    reason = forms.ChoiceField(label="Reason", choices=REASONS, required=False)
    text = forms.CharField(
        label="Your explanation", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Say what is unusual and why it is right. Your authority and the department will read it.",
        error_messages={"required": "Write why the value is right"},
    )  # fmt: skip


@open_to(*SEERS)
def explain(request: HttpRequest, pk: int, by: str, marker: str) -> HttpResponse:
    """Show the findings of a group; with an explanation and some chosen, explain them and come back."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    if by not in GROUPS:
        raise Http404
    found = in_group(subject, by=by, marker="" if marker == "-" else marker, show=_show(request))
    form = ExplainForm(**sent_with(request))
    if request.method == "POST" and form.is_valid() and _explained(request, viewer, subject, form):
        return redirect(request.get_full_path())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    told = {**_told(subject, page, viewer), "form": form, "by": by, "marker": marker}
    return render(request, "provider/explain.html", told, status=400 if form.errors else 200)


def _show(request: HttpRequest) -> str:
    show = request.GET.get("show", "all")
    return show if show in FILTERS else "all"


def _explained(request: HttpRequest, viewer: Viewer, subject: Return, form: ExplainForm) -> bool:
    chosen = request.POST.getlist("finding")
    if not chosen:
        form.add_error(None, "Choose at least one finding to explain")
        return False
    said = form.cleaned_data
    with refusals_on(form):
        notes = say_why(
            viewer=viewer, subject=subject, fingerprints=chosen, text=said["text"], reason=said["reason"]
        )
        messages.success(request, f"{len(notes)} explained.")
        return True
    return False


def _told(subject: Return, page: Page[Finding], viewer: Viewer) -> dict[str, object]:
    shown = list(page.object_list)
    notes = notes_for(subject, shown)
    named = {name for one in shown for name in (one.rule, one.code)}
    rules = {rule.id: rule for rule in load_collection(subject.round.collection).rules_in(subject.round.year)}
    lines = [(finding, notes.get(finding.fingerprint), rules.get(finding.rule)) for finding in shown]
    return {
        "standing": Standing(subject, viewer), "page": page, "lines": lines,
        "rule_changes": subject.round.rule_changes.filter(lifted=None, rule__in=named),
        "may_note": "note" in permissions(viewer, subject),
        "any_query": any(one.severity == "query" for one in shown),
    }  # fmt: skip
