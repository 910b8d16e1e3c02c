"""What was changed on screen: the list to put right in the school's own system, and what others changed for it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.roles import Role
from muster_web.privacy.queries.masking import HIDDEN, Mask, mask_for
from muster_web.provider.return_page import SEERS
from muster_web.returns.actions.editing import answer_change, take_back
from muster_web.returns.models import Edit
from muster_web.returns.queries.one import Standing, get_return


@open_to(*SEERS)
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every change with what became of it; sensitive values are hidden as on the page of a record."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    found = subject.edits.exclude(state=Edit.State.UNDONE).select_related("by", "acting_for", "version")
    mask = mask_for(viewer, subject)
    shown = [
        (one, _shown(mask, one, one.was), _shown(mask, one, one.value))
        for one in found.order_by("state", "pk")
    ]
    told = {
        "standing": Standing(subject, viewer), "edits": shown,
        "any_hidden": any(HIDDEN in (was, now) for _, was, now in shown),
        "is_ours": viewer.organisation == subject.organisation,
    }  # fmt: skip
    return render(request, "provider/changes.html", told)


def _shown(mask: Mask, edit: Edit, value: str | None) -> str | None:
    return mask.value(edit.table, edit.item, value)


@require_POST
@open_to(Role.PREPARER, Role.LA_OFFICER, Role.LA_APPROVER)
def answer(request: HttpRequest, pk: int, edit: int) -> HttpResponse:
    """Accept or dispute a change made for the school, or take back one's own."""
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    found = subject.edits.filter(pk=edit, state=Edit.State.OPEN).first()
    if found is None:
        raise Http404
    if request.POST.get("answer") == "take_back":
        take_back(viewer=viewer, edit=found)
    else:
        answer_change(viewer=viewer, edit=found, accepted=request.POST.get("answer") == "accept")
    return redirect("changes", pk=pk)
