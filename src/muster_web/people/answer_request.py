"""One request: who asks for what, what it would mean, and the answer."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from muster_web.accounts.access import open_to, viewer_of
from muster_web.accounts.actions.asking import answer
from muster_web.accounts.collections import title_of
from muster_web.accounts.models import AccessRequest
from muster_web.accounts.queries.requests import to_answer
from muster_web.accounts.roles import MEANS, Role
from muster_web.people.answering import attempt_form
from muster_web.people.forms import AnswerForm


@open_to(Role.APPROVER)
def answer_request(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a request the viewer may answer, and take the answer."""
    viewer = viewer_of(request)
    subject = next((one for one in to_answer(viewer) if one.pk == pk), None)
    if subject is None:
        raise Http404
    form = AnswerForm(request.POST or None)

    def give() -> object:
        said = form.cleaned_data
        return answer(viewer=viewer, subject=subject, granted=said["answer"] == "yes", reason=said["reason"])

    if request.method == "POST" and attempt_form(request, form, give, "Your answer was sent."):
        return redirect("requests")
    return render(
        request, "people/answer_request.html", {"subject": subject, "form": form, **_meaning(subject)}
    )


def _meaning(subject: AccessRequest) -> dict[str, str]:
    role = MEANS[Role(subject.role)] if subject.role else ""
    return {"means": role, "collection": title_of(subject.collection)}
