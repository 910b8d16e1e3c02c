"""Everything held about one person, to give to them."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.fields import DateField
from muster_web.design.forms import refusals_on, sent_with
from muster_web.privacy.actions.answering import answer_request
from muster_web.privacy.queries.subject_access import Wanted


class SubjectAccessForm(forms.Form):
    """Who is looked for; nothing of it is kept."""

    identifier = forms.CharField(
        label="A number of the person", required=False, max_length=30,
        help_text="Teacher number, National Insurance number, pupil number, or the authority's number of a child.",
    )  # fmt: skip
    family_name = forms.CharField(label="Or the family name", required=False, max_length=100)
    birth_date = DateField(label="with the date of birth", required=False)


@open_to(Role.PREPARER, Role.LA_OFFICER, Role.LA_APPROVER, Role.COLLECTOR, step_up=True)
def subject_access(request: HttpRequest) -> HttpResponse:
    """Ask who it is; posted, give the answer as a zip, or say that nothing is held."""
    viewer = viewer_of(request)
    form = SubjectAccessForm(**sent_with(request))
    nothing = False
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            pack = answer_request(viewer=viewer, wanted=Wanted(**form.cleaned_data))
            if pack is not None:
                answer = HttpResponse(pack.content, content_type="application/zip")
                answer["Content-Disposition"] = 'attachment; filename="subject-access.zip"'
                return answer
            nothing = True
    told = {"form": form, "nothing": nothing}
    return render(request, "governance/subject_access.html", told, status=400 if form.errors else 200)
