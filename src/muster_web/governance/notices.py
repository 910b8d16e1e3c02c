"""The privacy notices of an organisation, and who was told when."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster_web.accounts.access import open_to, own_organisation, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.fields import DateField
from muster_web.design.forms import refusals_on, sent_with
from muster_web.privacy.actions.telling import note_told, publish_notice
from muster_web.privacy.models import Notice
from muster_web.privacy.queries.registers import notices_of


class NoticeForm(forms.Form):
    """A notice for an audience."""

    audience = forms.ChoiceField(
        label="Who is it for?", choices=Notice.Audience.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label="The notice", widget=forms.Textarea, help_text="In words its readers use.")


class ToldForm(forms.Form):
    """Who was told, and when."""

    group = forms.CharField(
        label="Who was told?", max_length=100, help_text="A group, never a name: all staff."
    )
    on = DateField(label="On which day?")
    how = forms.CharField(
        label="How?", max_length=200, help_text="For example: by e-mail, with the contract."
    )


@open_to(Role.APPROVER, Role.AUDITOR)
def notices(request: HttpRequest) -> HttpResponse:
    """List the notices; posted by the approver, publish the next version of one."""
    viewer = viewer_of(request)
    form = NoticeForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            publish_notice(viewer=viewer, **form.cleaned_data)
            messages.success(request, "The notice is published. Note here who was told.")
            return redirect("notices")
    told = {
        "form": form,
        "notices": notices_of(own_organisation(request)),
        "may_write": Role.APPROVER in viewer.roles,
    }
    return render(request, "governance/notices.html", told, status=400 if form.errors else 200)


@open_to(Role.APPROVER)
def told(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask who was given a notice and when, and note it."""
    viewer = viewer_of(request)
    notice = next((one for one in notices_of(own_organisation(request)) if one.pk == pk), None)
    if notice is None:
        raise Http404
    form = ToldForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            note_told(viewer=viewer, notice=notice, **form.cleaned_data)
            messages.success(request, "It is noted that they were told.")
            return redirect("notices")
    shown = {"form": form, "notice": notice}
    return render(request, "governance/told.html", shown, status=400 if form.errors else 200)
