"""One person or other record with everything below it: each item, its value, where it came from, what is wrong."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from muster.inspecting import Field, RecordView
from muster_web.accounts.access import open_to, viewer_of
from muster_web.audit.record import read_of
from muster_web.privacy.queries.masking import Mask, mask_for
from muster_web.provider.return_page import SEERS
from muster_web.returns.actions.checking import inspect
from muster_web.returns.models import Build
from muster_web.returns.queries.one import Standing, get_return


@open_to(*SEERS)
def record(request: HttpRequest, pk: int, identity: str) -> HttpResponse:
    """Show a record, sensitive items hidden until a reason is given; that it was looked at goes into the audit."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    if subject.current is None:
        raise Http404
    tree = inspect(subject.current).records.tree(identity)
    if tree is None:
        raise Http404
    marks = [one.identity for one in tree.walk()]
    owner = [subject.organisation_id]
    read_of(viewer, subject=f"return:{subject.pk}", records=marks, organisations=owner, page="record")
    mask = mask_for(viewer, subject)
    build = Build.objects.filter(version=subject.current).first()
    came = build.came if build else {}
    records = [
        (one, [(field, is_hidden(mask, tree, field)) for field in one.fields], came.get(one.identity, {}))
        for one in tree.walk()
    ]
    told = {
        "standing": Standing(subject, viewer),
        "tree": tree,
        "records": records,
        "any_hidden": any(hidden for _, fields, _ in records for _, hidden in fields),
        "chosen": identity,
    }
    return render(request, "provider/record.html", told)


def is_hidden(mask: Mask, tree: RecordView, field: Field) -> bool:
    """Whether an item is hidden; a value that a finding is about has to be seen to be put right."""
    return not field.findings and mask.hides(field.asked.table, field.asked.name, record=tree.identity)
