"""What a form is bound to: what was sent with the request, also where nothing was filled in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def sent_with(request: HttpRequest) -> dict[str, Any]:
    """The arguments that bind a form to what was sent; none where the page is only opened."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
