"""One indicator: which values are better, who owns it, which figure of the returns it is; and its values."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster.performance import read_year
from muster_web.accounts.access import open_to, viewer_of
from muster_web.design.forms import refusals_on
from muster_web.performance.actions.planning import describe_indicator, set_amount
from muster_web.performance.models import Amount, Indicator
from muster_web.performance.models.plans import KINDS
from muster_web.performance.permissions import KEEPERS
from muster_web.performance.queries.figures import figure_choices
from muster_web.performance.queries.finding import get_indicator
from muster_web.performance.queries.snapshotting import period_label


class IndicatorForm(forms.ModelForm):  # type: ignore[type-arg]
    """What an indicator is."""

    figure = forms.ChoiceField(label="Its figure comes from", required=False)

    class Meta:
        model = Indicator
        fields = [
            "better",
            "band_from",
            "band_to",
            "adding",
            "unit",
            "families",
            "key",
            "owner",
            "figure",
            "ended",
        ]
        labels = {
            "better": "Which values are better?", "band_from": "Band from", "band_to": "Band to",
            "adding": "Quarters of a year", "key": "It is a key indicator", "owner": "Owned by which office?",
            "families": "Families", "ended": "Why it is no longer kept",
        }  # fmt: skip

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self.fields["figure"].choices = [("", "People type it"), *figure_choices()]  # type: ignore[attr-defined]


class AmountForm(forms.Form):
    """A value of a kind and period."""

    kind = forms.ChoiceField(label="Kind", choices=KINDS)
    year = forms.CharField(label="Year", max_length=9, help_text="For example, 2026/27")
    quarter = forms.TypedChoiceField(
        label="Quarter", coerce=int, empty_value=None, required=False,
        choices=[("", "The whole year"), *((n, f"Quarter {n}") for n in (1, 2, 3, 4))],
    )  # fmt: skip
    text = forms.CharField(label="Value", max_length=60, help_text="A number, a range such as 50-55, or n/a")
    note = forms.CharField(label="Note, or why there is no value", max_length=300, required=False)
    break_note = forms.CharField(label="Why the series breaks here", max_length=300, required=False)


@open_to(*KEEPERS)
def indicator(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show the indicator; posted, keep what it is, or a value of it."""
    found = get_indicator(viewer_of(request), pk, number)
    about, value = IndicatorForm(instance=found, prefix="about"), AmountForm(prefix="value")
    if request.method == "POST" and "value" in request.POST:
        value = AmountForm(request.POST, prefix="value")
        if value.is_valid() and (answer := _set(request, found, value)):
            return answer
    elif request.method == "POST":
        about = IndicatorForm(request.POST, instance=found, prefix="about")
        if about.is_valid():
            describe_indicator(viewer=viewer_of(request), indicator=found, said=about.cleaned_data)
            messages.success(request, "Kept.")
            return redirect("indicator", pk=pk, number=number)
    told = {"plan": found.plan, "indicator": found, "about": about, "value": value}
    return render(request, "plans/indicator.html", told, status=400 if about.errors or value.errors else 200)


def _set(request: HttpRequest, found: Indicator, form: AmountForm) -> HttpResponse | None:
    said = form.cleaned_data
    with refusals_on(form):
        year = period_label(read_year(said["year"]))
        period = f"{year} Q{said['quarter']}" if said["quarter"] else year
        kept = {name: said[name] for name in ("kind", "text", "note", "break_note")}
        set_amount(viewer=viewer_of(request), amount=Amount(indicator=found, period=period, **kept))
        messages.success(request, "The value is kept.")
        return redirect("indicator", pk=found.plan_id, number=found.pk)
    return None
