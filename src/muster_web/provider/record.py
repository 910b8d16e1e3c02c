"""One person or other record with everything below it: each item, its value, where it came from, what is wrong."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to
from muster_web.audit.record import record as audit
from muster_web.provider.return_page import SEERS
from muster_web.returns.actions.checking import inspect
from muster_web.returns.queries.one import Standing, get_return


@open_to(*SEERS)
def record(request: HttpRequest, pk: int, identity: str) -> HttpResponse:
    """Show a record; that it was looked at goes into the audit."""
    viewer = request.viewer  # type: ignore[attr-defined]
    subject = get_return(viewer, pk)
    if subject.current is None:
        raise Http404
    tree = inspect(subject.current).records.tree(identity)
    if tree is None:
        raise Http404
    audit(
        "record_read", actor=viewer.actor, acting_for=viewer.acting_for, subject=f"return:{subject.pk}",
        organisations=[subject.organisation_id], data={"record": identity},
    )  # fmt: skip
    told = {
        "standing": Standing(subject, viewer),
        "tree": tree,
        "records": list(tree.walk()),
        "chosen": identity,
    }
    return render(request, "provider/record.html", told)
