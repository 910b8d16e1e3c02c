"""What has been kept long enough: looked at first, then deleted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.privacy.actions.retaining import apply_schedule
from muster_web.privacy.queries.due import held, last_certificates
from muster_web.privacy.queries.due_files import preview


@open_to(Role.COLLECTOR)
def retention(request: HttpRequest) -> HttpResponse:
    """Show what is due to go, what is held back, and what went."""
    told = {"lines": preview(), "holds": held(), "certificates": last_certificates()}
    return render(request, "governance/retention.html", told)


@require_POST
@open_to(Role.COLLECTOR, step_up=True)
def apply(request: HttpRequest) -> HttpResponse:
    """Delete what is due to go; the certificate says what went."""
    applied = apply_schedule(viewer=viewer_of(request))
    if applied.certificate:
        messages.success(request, f"Deleted; certificate {applied.certificate.pk} says what.")
    else:
        messages.info(request, "Nothing was due to go.")
    return redirect("retention")
