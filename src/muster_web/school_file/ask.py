"""A school asks its authority something."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.viewer import Viewer
from muster_web.design.forms import refusals_on, sent_with
from muster_web.schools.actions import asking
from muster_web.schools.permissions import CHALLENGERS, may_ask
from muster_web.schools.queries.school_file import get_school
from muster_web.schools.queries.tickets import askable_returns


class AskForm(forms.Form):
    """What is asked, and of which return."""

    title = forms.CharField(label="In a few words", max_length=120)
    text = forms.CharField(
        label="What do you ask, or what do you need?", widget=forms.Textarea(attrs={"rows": 6}), max_length=4_000,
        help_text="Your authority reads this. Do not name pupils or staff: name records by their rule or line.",
    )  # fmt: skip
    subject = forms.ChoiceField(label="Is it about a return?", required=False)

    def __init__(self, *args: object, viewer: Viewer, **more: object):
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.returns = {str(one.pk): one for one in askable_returns(viewer)}
        named = [(number, str(one.round)) for number, one in self.returns.items()]
        self.fields["subject"].choices = [("", "No"), *named]  # type: ignore[attr-defined]


@open_to(*CHALLENGERS)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the question; posted, send it to the authority."""
    viewer, school = viewer_of(request), get_school(pk)
    if not may_ask(viewer, school):
        raise Http404
    form = AskForm(**sent_with(request), viewer=viewer, initial={"subject": request.GET.get("return", "")})
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        with refusals_on(form):
            made = asking.ask(
                viewer=viewer, school=school, title=sent["title"], text=sent["text"],
                subject=form.returns.get(sent["subject"]),
            )  # fmt: skip
            messages.success(request, "Your authority is asked. The answer will stand here.")
            return redirect("ticket", made.pk)
    told = {"school": school, "form": form}
    return render(request, "school_file/ask.html", told, status=400 if form.errors else 200)
