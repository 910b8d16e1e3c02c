"""What there is about audit and privacy for whoever looks, by their roles."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import Access, access_of, open_to_signed_in, viewer_of
from muster_web.governance import agreements, audit, notices, processing, retention, subject_access

_PAGES = (
    ("audit", audit.audit, "Audit", "what was done and read, about your organisation and by its people"),
    (
        "agreements",
        agreements.agreements,
        "Information-sharing agreements",
        "who is given your data, and until when",
    ),
    ("notices", notices.notices, "Privacy notices", "what people are told, and who was told when"),
    ("subject_access", subject_access.subject_access, "Subject access", "everything held about one person"),
    ("retention", retention.retention, "Retention", "what has been kept long enough"),
    ("processing", processing.processing, "Record of processing", "why data are held, and by what law"),
)


@open_to_signed_in
def governance(request: HttpRequest) -> HttpResponse:
    """List the pages that are open to the viewer."""
    viewer = viewer_of(request)
    mine = [
        {"name": name, "title": title, "about": about}
        for name, view, title, about in _PAGES
        if (access_of(view) or Access(frozenset())).admits(viewer)
    ]
    return render(request, "governance/governance.html", {"pages": mine})
