"""Key a form: its items part by part, the sums as they stand, what is wrong; saved, it is a version like any file."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.inspecting import Desk, Keyed, desk_for, is_keyed, keyed_return, values_of
from muster.model import MusterError
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.forms import refusals_on
from muster_web.design.views import cannot
from muster_web.returns.actions.checking import inspect
from muster_web.returns.actions.uploading import receive
from muster_web.returns.models import Return
from muster_web.returns.queries.one import Standing, get_return

LONGEST = 20


class KeyedForm(forms.Form):
    """What was typed, as it was typed: what is wrong with it is said by the check of the return."""

    def __init__(self, names: list[str], data: dict[str, str]) -> None:
        super().__init__(data)
        for name in names:
            self.fields[name] = forms.CharField(required=False, max_length=LONGEST, validators=[_printable])


def _printable(text: str) -> None:
    if not text.isprintable():
        raise ValidationError("Type a number.")


@open_to(Role.PREPARER, Role.LA_OFFICER, Role.LA_APPROVER)
def key_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form as it was last saved; checked, show its sums and findings; saved, take it as a version."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    if not is_keyed(subject.round.collection):
        raise Http404
    standing = Standing(subject, viewer)
    try:
        form = _form(request, subject)
        typed = form.cleaned_data if form.is_valid() else {}
        keyed = keyed_return(_desk(subject), subject.organisation.la_code, typed)
    except MusterError as refusal:
        return cannot(request, "key this form", refusal, back_url=f"/returns/{pk}/")
    if request.method == "POST" and "save" in request.POST and form.is_valid():
        with refusals_on(form):
            receive(viewer=viewer, round=subject.round, chunks=[keyed.xml], name=keyed.name)
            messages.success(request, "The form is saved and is being checked.")
            return redirect("progress", pk=pk)
    return _shown(request, standing, form, keyed)


def _shown(request: HttpRequest, standing: Standing, form: KeyedForm, keyed: Keyed) -> HttpResponse:
    """The page; findings are shown once something was typed or saved."""
    checked = request.method == "POST" or standing.subject.current is not None
    told = {
        "standing": standing, "keyed": keyed, "checked": checked, "form": form if form.errors else None,
        "whole": [one for one in keyed.inspected.result.findings if one.table == keyed.inspected.form.top],
        "to_fix": keyed.inspected.result.to_fix, "to_explain": keyed.inspected.result.to_explain,
    }  # fmt: skip
    return render(request, "provider/key_form.html", told, status=400 if form.errors else 200)


def _desk(subject: Return) -> Desk:
    return desk_for(subject.round.collection, subject.round.year)


def _form(request: HttpRequest, subject: Return) -> KeyedForm:
    """What was sent, or what the last version holds, or nothing yet."""
    names = [item for part in _desk(subject).collection.keyed for item in part.items]
    if request.method == "POST":
        return KeyedForm(names, {name: request.POST.get(name, "") for name in names})
    return KeyedForm(names, values_of(inspect(subject.current)) if subject.current else {})
