"""What a form is bound to: what was sent with the request, also where nothing was filled in."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict


def sent_with(request: HttpRequest) -> tuple[QueryDict | None, MultiValueDict[str, object] | None]:
    """The fields and files of a form that was sent; None for each where the page is only opened."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)  # type: ignore[return-value]
