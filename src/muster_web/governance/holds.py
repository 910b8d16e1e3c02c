"""What is held back from the schedule: for a legal claim, an inspection or an inquiry."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.models import Organisation
from muster_web.accounts.roles import Role
from muster_web.design.forms import refusals_on, sent_with
from muster_web.privacy.actions.retaining import end_hold, hold
from muster_web.privacy.models import Hold
from muster_web.privacy.queries.due import held
from muster_web.returns.models import Round


class HoldForm(forms.Form):
    """Whose data are held, and why."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.filter(kind__in=("school", "authority")).order_by("name"),
        label="Of which organisation", required=False, empty_label="Every organisation",
    )  # fmt: skip
    round = forms.ModelChoiceField(
        Round.objects.order_by("-year", "title"), label="Of which round", required=False,
        empty_label="Every round",
    )  # fmt: skip
    reason = forms.CharField(
        label="Why", max_length=300, help_text="Name the claim or the inspection, and no pupil or member of staff.",
        error_messages={"required": "Say why it is held"},
    )  # fmt: skip

    def clean(self) -> dict[str, object]:
        """Refuse a hold of everything: the schedule would then never apply."""
        given = super().clean() or {}
        if not given.get("organisation") and not given.get("round"):
            self.add_error("organisation", "Choose an organisation, a round, or both")
        return given


@open_to(Role.COLLECTOR)
def holds(request: HttpRequest) -> HttpResponse:
    """List the holds in force; posted, begin one more."""
    form = HoldForm(**sent_with(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            begun = hold(viewer=viewer_of(request), hold=Hold(**form.cleaned_data))
            messages.success(
                request, f"Held since today: nothing of it is deleted until hold {begun.pk} is ended."
            )
            return redirect("holds")
    told = {"form": form, "holds": held()}
    return render(request, "governance/holds.html", told, status=400 if form.errors else 200)


@require_POST
@open_to(Role.COLLECTOR, step_up=True)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a hold today; the schedule then applies to what it held."""
    found = next((one for one in held() if one.pk == pk), None)
    if found is None:
        raise Http404
    end_hold(viewer=viewer_of(request), hold=found)
    messages.success(
        request, f"Hold {found.pk} has ended. What is due of it goes when the schedule is next applied."
    )
    return redirect("holds")
