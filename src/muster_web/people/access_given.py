"""Who else may see, help with or submit the organisation's returns; give such access and take it back at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from muster_web.accounts.access import open_to, own_organisation, viewer_of
from muster_web.accounts.actions import sharing
from muster_web.accounts.models import Access, Organisation
from muster_web.accounts.roles import Role
from muster_web.people.answering import attempt, attempt_form
from muster_web.people.forms import AccessForm

RECEIVERS = ("authority", "trust", "supplier", "payroll")


@open_to(Role.APPROVER)
def access_given(request: HttpRequest) -> HttpResponse:
    """The access given and received, and a form to give more."""
    viewer, organisation = viewer_of(request), own_organisation(request)
    receivers = Organisation.objects.filter(kind__in=RECEIVERS, closed=None).exclude(pk=organisation.pk)
    form = AccessForm(receivers.order_by("name"), request.POST or None)

    def give() -> object:
        said = form.cleaned_data
        return sharing.give_access(
            viewer=viewer, receiver=said["receiver"], level=said["level"], terms=form.terms
        )

    if request.method == "POST" and attempt_form(request, form, give, "The access is given."):
        return redirect("access_given")
    current = Access.objects.filter(Access.in_force()).select_related("giver", "receiver", "given_by")
    shown = {
        "given": current.filter(giver=organisation), "received": current.filter(receiver=organisation), "form": form,
        "organisation": organisation,
    }  # fmt: skip
    return render(request, "people/access_given.html", shown)


@require_POST
@open_to(Role.APPROVER)
def revoke_access(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an access back."""
    one = get_object_or_404(
        Access.objects.select_related("giver", "receiver"), pk=pk, giver=own_organisation(request)
    )
    attempt(request, sharing.revoke_access, f"{one.receiver} has no access any more.", access=one)
    return redirect("access_given")
