"""One case of several schools: the evidence, what was proposed and answered, and the form that settles it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import read_of
from muster_web.design.fields import DateField
from muster_web.design.forms import number_in, refusals_on, sent_with
from muster_web.design.views import cannot
from muster_web.provider.return_page import SEERS
from muster_web.returns.actions import settling
from muster_web.returns.models import Case
from muster_web.returns.queries.cases import Evidence, evidence_for, get_case

PARTIES = (Role.PREPARER, Role.LA_OFFICER, Role.LA_APPROVER)


class OutcomeForm(forms.Form):
    """What is so, and why."""

    outcome = forms.ChoiceField(
        label="What is right?", widget=forms.RadioSelect, error_messages={"required": "Choose what is right"}
    )
    reason = forms.CharField(
        label="Why?", widget=forms.Textarea(attrs={"rows": 3}), max_length=2_000,
        help_text="The other school and the authority read this. Do not name people.",
        error_messages={"required": "Say why"},
    )  # fmt: skip

    def __init__(self, evidence: Evidence, **given: object) -> None:
        super().__init__(**given)  # type: ignore[arg-type]
        subjects = {side.subject_id: side.subject for side in evidence.sides}
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (Case.Outcome.ALL_RIGHT, Case.Outcome.ALL_RIGHT.label),
            *((str(pk), f"{one.organisation} has to correct its return") for pk, one in subjects.items()),
        ]
        self._subjects = subjects

    def said(self) -> dict[str, object]:
        """The words of the action: the outcome, the return at fault, the reason."""
        chosen = self.cleaned_data["outcome"]
        found = self._subjects.get(number_in(chosen) or 0)
        outcome = Case.Outcome.CORRECT if found else chosen
        return {"outcome": outcome, "at_fault": found, "reason": self.cleaned_data["reason"]}


class DueForm(forms.Form):
    """Another day."""

    due = DateField(label="Settle it by")


@open_to(*SEERS)
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a case; posted, propose or, for the authority, decide how it is settled."""
    viewer = viewer_of(request)
    found = get_case(viewer, pk)
    evidence = evidence_for(viewer, found)
    form = OutcomeForm(evidence, **sent_with(request))
    decides = settling.decides(viewer, found)
    if request.method == "POST" and form.is_valid():
        settle = settling.decide if decides else settling.propose
        with refusals_on(form):
            settle(viewer=viewer, case=found, **form.said())  # type: ignore[arg-type]
            messages.success(request, "The case is decided." if decides else "The other school is asked.")
            return redirect("case", pk=pk)
    told = {
        "case": found, "evidence": evidence, "form": form, "due_form": DueForm(initial={"due": found.due}),
        "decides": decides, "mine": settling.own_side(viewer, found),
        "may_decide": decides and found.state != Case.State.GONE,
        "is_open": found.state not in (Case.State.DECIDED, Case.State.GONE),
    }  # fmt: skip
    _note_read(viewer, evidence)
    return render(request, "provider/case.html", told, status=400 if form.errors else 200)


def _note_read(viewer: Viewer, evidence: Evidence) -> None:
    """Personal records were shown: the audit says whose return, of which case."""
    for side in evidence.sides:
        if evidence.complete or side.subject.organisation == viewer.organisation:
            read_of(
                viewer, subject=f"return:{side.subject_id}", records=[f"case:{evidence.case.pk}"],
                organisations=[side.subject.organisation_id], page="case",
            )  # fmt: skip


@require_POST
@open_to(*PARTIES)
def answer_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes or no to what the other school proposes."""
    viewer = viewer_of(request)
    found = get_case(viewer, pk)
    try:
        settling.answer(viewer=viewer, case=found, agrees=request.POST.get("agrees") == "yes")
    except NotAllowed as refusal:
        return cannot(request, "answer here", refusal, back_url=f"/cases/{pk}/")
    messages.success(request, "Your answer is kept.")
    return redirect("case", pk=pk)


@require_POST
@open_to(Role.LA_OFFICER, Role.LA_APPROVER)
def case_due(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the schools another day."""
    viewer = viewer_of(request)
    found = get_case(viewer, pk)
    form = DueForm(request.POST)
    try:
        if not form.is_valid():
            raise MusterError("; ".join(str(one) for one in form.errors.get("due", ())))
        settling.set_due(viewer=viewer, case=found, due=form.cleaned_data["due"])
    except MusterError as refusal:
        return cannot(request, "set this day", refusal, back_url=f"/cases/{pk}/")
    messages.success(request, "The day is set.")
    return redirect("case", pk=pk)
