"""What was done and read: an organisation sees what is about it and what its own people did for it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to, own_organisation
from muster_web.accounts.roles import Role
from muster_web.audit.queries import events_of
from muster_web.governance.naming import named

_ON_A_PAGE = 50


@open_to(Role.APPROVER, Role.AUDITOR)
def audit(request: HttpRequest) -> HttpResponse:
    """List the events, the latest first; ``name`` and ``subject`` in the address narrow them."""
    organisation = own_organisation(request)
    asked = {key: request.GET.get(key, "").strip() for key in ("name", "subject")}
    found = events_of(organisation.pk, **asked)
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page"))
    told = {"page": page, "events": named(page.object_list), "asked": asked, "count": page.paginator.count}
    return render(request, "governance/audit.html", told)
