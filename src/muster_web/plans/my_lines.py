"""One page for the owner of lines: only theirs, each with its figure, its light by rule and the last comment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from muster.model.words import value_in_words
from muster.performance.lights import Light
from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.fields import DateField
from muster_web.design.forms import number_in, refusals_on
from muster_web.performance.actions.quarters import write_line
from muster_web.performance.models import Line, Quarter
from muster_web.performance.permissions import WRITERS
from muster_web.performance.queries.finding import get_quarter_to_write, lines_to_write
from muster_web.performance.queries.lines import LineShown, lines_shown

_LIGHTS = [
    ("", "As the rule says"),
    *((one.value, one.word) for one in (Light.GREEN, Light.AMBER, Light.RED)),
]


class LineForm(forms.Form):
    """What an owner says of any line."""

    comment = forms.CharField(
        label="Commentary", widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2_000,
        help_text="What happened and what is done about it. Red and amber need one. Do not name people.",
    )  # fmt: skip


class OverriddenForm(LineForm):
    """The same, with a light set against the rule."""

    set_light = forms.ChoiceField(label="Light", choices=_LIGHTS, required=False)
    set_reason = forms.CharField(label="Why it is not the rule's", required=False, max_length=300)


class MilestoneForm(OverriddenForm):
    """What is said of a milestone."""

    done_on = DateField(label="Done on", required=False)
    says = forms.ChoiceField(
        label="Before it is due",
        required=False,
        choices=[("", "It is on its way"), ("amber", "It may be late")],
    )


class IndicatorForm(OverriddenForm):
    """What is said of an indicator, with the record of its quality."""

    cannot_be_reported = forms.CharField(label="Why it cannot be reported", required=False, max_length=300)
    source = forms.CharField(label="Source", required=False, max_length=200)
    method = forms.CharField(label="How it is made", required=False, max_length=300)
    checked_by = forms.CharField(
        label="Checked by", required=False, max_length=120, help_text="An office, such as Data officer"
    )
    concern = forms.CharField(label="Concerns about the data", required=False, max_length=300)
    estimated = forms.BooleanField(label="It is estimated", required=False)
    third_party = forms.BooleanField(label="It comes from a partner or another agency", required=False)


class TreatmentForm(LineForm):
    """What is said of a risk or an equality action."""

    light = forms.ChoiceField(label="How it stands", choices=[("", "Choose"), *_LIGHTS[1:]], required=False)


_FORMS: dict[str, type[LineForm]] = {
    "indicator": IndicatorForm, "milestone": MilestoneForm, "treatment": TreatmentForm,
}  # fmt: skip


@open_to(*WRITERS)
def my_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the lines that are the viewer's; posted, keep what is said of one of them."""
    viewer = viewer_of(request)
    quarter = get_quarter_to_write(viewer, pk)
    lines = lines_to_write(viewer, quarter)
    shown = lines_shown(quarter, lines)
    sent: LineForm | None = None
    theirs: list[tuple[str, str]] | None = None
    if request.method == "POST":
        line = get_object_or_404(lines, pk=number_in(request.POST.get("line", "")))
        sent = form_of(next(one for one in shown if one.line.pk == line.pk), request.POST)
        if sent.is_valid() and (answer := _keep(request, quarter, line, sent)):
            return answer
        theirs = None if line.edition == _seen_in(request) else _theirs(line, sent)
    told = {
        "quarter": quarter, "lines": [(one, _bound(one, sent)) for one in shown], "form": sent, "theirs": theirs,
    }  # fmt: skip
    status = 409 if theirs is not None else 400 if sent and sent.errors else 200
    return render(request, "plans/my_lines.html", told, status=status)


def form_of(one: LineShown, data: Any = None) -> LineForm:
    """The form of a line, filled with what stands."""
    kind = _FORMS[one.kind]
    initial = {name: getattr(one.line, name) for name in kind.base_fields}
    return kind(data, prefix=f"line{one.line.pk}", initial=initial)


def _bound(one: LineShown, sent: LineForm | None) -> LineForm:
    return sent if sent and sent.prefix == f"line{one.line.pk}" else form_of(one)


def _keep(request: HttpRequest, quarter: Quarter, line: Line, form: LineForm) -> HttpResponse | None:
    with refusals_on(form):
        write_line(viewer=viewer_of(request), line=line, seen=_seen_in(request), said=form.cleaned_data)
        messages.success(request, "Kept. You can change it until the quarter is published.")
        return redirect(f"{reverse('my_lines', args=[quarter.pk])}#line{line.pk}")
    return None


def _seen_in(request: HttpRequest) -> int:
    """The edition the form was shown with; one that no line has where it was not said."""
    seen = number_in(request.POST.get("seen", ""))
    return -1 if seen is None else seen


def _theirs(line: Line, form: LineForm) -> list[tuple[str, str]]:
    """What stands in a line and is not what was sent: the label of each field with its value in words."""
    sent = getattr(form, "cleaned_data", {})
    return [
        (str(field.label), _in_words(field, getattr(line, name)))
        for name, field in form.fields.items()
        if getattr(line, name) != sent.get(name)
    ]


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        return str(dict(cast("Iterable[tuple[str, str]]", field.choices)).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value_in_words(value or None)
