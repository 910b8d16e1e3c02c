"""The issues of a published report with what each changed; those who keep the plan begin or end a correction here."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster_web.accounts.access import open_to_signed_in, viewer_of
from muster_web.design.forms import refusals_on, sent_with
from muster_web.design.views import cannot
from muster_web.performance.actions.publishing import correct, leave_as_published
from muster_web.performance.permissions import keeps_plans
from muster_web.performance.queries.finding import get_issue, get_readable_quarter
from muster_web.performance.queries.issues import issues_shown


class CorrectionForm(forms.Form):
    """Why the report is corrected."""

    reason = forms.CharField(
        label="Why is it corrected?", max_length=300,
        help_text="Every reader sees it, on the page and in the report. Do not name people.",
    )  # fmt: skip


@open_to_signed_in
def quarter_issues(request: HttpRequest, pk: int) -> HttpResponse:
    """Show them; posted, begin a correction, or end the one that is begun."""
    viewer = viewer_of(request)
    found = get_readable_quarter(viewer, pk)
    get_issue(found, None)
    keeps = keeps_plans(viewer)
    if request.method == "POST" and not keeps:
        return cannot(
            request, "correct the report", "the officers of your authority do that", back_url=request.path
        )
    form = forms.Form(**sent_with(request)) if found.correcting else CorrectionForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            if found.correcting:
                leave_as_published(viewer=viewer, quarter=found)
                messages.success(request, "The report stays as it was published.")
                return redirect("quarter_issues", pk=pk)
            correct(viewer=viewer, quarter=found, reason=form.cleaned_data["reason"])
            messages.success(
                request, "The quarter is open to be corrected. Readers see the last issue meanwhile."
            )
            return redirect("quarter", pk=pk)
    told = {"quarter": found, "issues": issues_shown(found), "keeps": keeps, "form": form}
    return render(request, "plans/quarter_issues.html", told, status=400 if form.errors else 200)
