"""A form and what was sent with the request: what it is bound to, and where a refusal of what it asks is shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest

from muster.model import MusterError


def sent_with(request: HttpRequest) -> dict[str, Any]:
    """The arguments that bind a form to what was sent; none where the page is only opened."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


@contextmanager
def refusals_on(form: BaseForm) -> Iterator[None]:
    """Put a refusal met within into the form's summary of errors, and go on after the block."""
    try:
        yield
    except MusterError as refusal:
        form.add_error(None, str(refusal))
