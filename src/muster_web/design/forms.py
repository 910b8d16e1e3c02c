"""A form and what was sent with it: what it is bound to, where a refusal is shown, numbers beside its fields."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from muster.model import MusterError

_LONGEST_NUMBER = 18  # what every database can hold


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


def number_in(text: str) -> int | None:
    """The number a text from outside is; None where it is none, or one that no database can hold."""
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_NUMBER else None


def ticked(sent: QueryDict, name: str) -> list[int]:
    """The numbers that were ticked under a name; whatever is no number is left out."""
    found = map(number_in, sent.getlist(name))
    return [one for one in found if one is not None]
