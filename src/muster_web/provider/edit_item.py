"""Change one value of one record on screen, checked at once and listed to be put right at its source."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from muster.inspecting import Asked, Field
from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.design.forms import refusals_on, sent_with
from muster_web.privacy.queries.masking import mask_for
from muster_web.returns.actions.checking import inspect
from muster_web.returns.actions.editing import change_value
from muster_web.returns.models import Return
from muster_web.returns.queries.one import Standing, get_return

_MOST_RADIOS = 8


class EditForm(forms.Form):
    """The new value of one item, and why."""

    def __init__(self, *args: object, asked: Asked, must_say_why: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["value"] = _value_field(asked)
        hint = "The school will see it." if must_say_why else "For your own record. You can leave it empty."
        self.fields["reason"] = forms.CharField(
            label="Why do you change it?", max_length=300, required=must_say_why, help_text=hint
        )


def _value_field(asked: Asked) -> forms.Field:
    """A choice where the codes are few and closed, else a line of text that says what is permitted."""
    if asked.codes and not asked.also:
        choices = [("", "No value"), *((code, f"{code}: {title}") for code, title in asked.codes)]
        widget = forms.RadioSelect if len(asked.codes) <= _MOST_RADIOS else forms.Select
        return forms.ChoiceField(label=asked.title, choices=choices, required=False, widget=widget)
    hint = {"date": "As in the file, for example 2025-11-06", "number": "For example 0.5"}.get(asked.type, "")
    return forms.CharField(
        label=asked.title, required=False, help_text=hint, max_length=asked.length or 2_000
    )


@open_to(Role.PREPARER, Role.LA_OFFICER, Role.LA_APPROVER)
def edit_item(request: HttpRequest, pk: int, identity: str, item: str) -> HttpResponse:
    """Ask for the new value, change it, and say what the check now finds."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    field, name, person = _field(subject, identity, item)
    hidden = not field.findings and mask_for(viewer, subject).hides(field.asked.table, item, record=person)
    if hidden and request.method == "GET":
        return redirect(
            f"{reverse('unmask', args=[pk])}?{urlencode({'record': person, 'next': request.path})}"
        )
    must_say_why = viewer.organisation != subject.organisation
    form = EditForm(
        **sent_with(request),
        asked=field.asked,
        must_say_why=must_say_why,
        initial={"value": "" if hidden else field.value or ""},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            change_value(viewer=viewer, subject=subject, identity=identity, item=item, **form.cleaned_data)
            after = get_return(viewer, pk)
            messages.success(request, _changed(field, after))
            return redirect("record", pk=pk, identity=identity)
    told = {
        "standing": Standing(subject, viewer),
        "form": form,
        "field": field,
        "name": name,
        "identity": identity,
        "hidden": hidden,
    }
    return render(request, "provider/edit_item.html", told, status=400 if form.errors else 200)


def _field(subject: Return, identity: str, item: str) -> tuple[Field, str, str]:
    if subject.current is None:
        raise Http404
    records = inspect(subject.current).records
    record = records.record(identity)
    found = next((one for one in record.fields if one.asked.name == item), None) if record else None
    if found is None:
        raise Http404
    tree = records.tree(identity)
    return found, records.name_in(identity), tree.identity if tree else ""


def _changed(field: Field, after: Return) -> str:
    return (
        f"{field.asked.title} was changed and the return checked again: {after.to_fix:,} to fix, "
        f"{after.to_explain:,} to explain. Put it right in your own system too."
    )
