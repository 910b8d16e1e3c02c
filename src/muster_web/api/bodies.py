"""A file as the body of a request: how an operation says that it takes one, and how it is read piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from ninja.params.functions import Header

from muster_web.api.problems import Problem
from muster_web.api.signing_in import asks

_CHUNK = 1 << 16
_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_BINARY = {"schema": {"type": "string", "format": "binary"}}


def asks_with_file(scope: str) -> dict[str, Any]:
    """What an operation declares that needs a token with a scope and takes a file as its body."""
    asked = asks(scope)
    return {**asked, "openapi_extra": {**asked["openapi_extra"], **_BODY}}


def asks_for_file(scope: str, *kinds: str) -> dict[str, Any]:
    """What an operation declares that needs a token with a scope and answers with a file of one of these kinds."""
    asked = asks(scope)
    answer = {"responses": {200: {"description": "The file", "content": dict.fromkeys(kinds, _BINARY)}}}
    return {**asked, "openapi_extra": {**asked["openapi_extra"], **answer}}


def file_name_header() -> Any:
    """The header that names the file of a body."""
    return Header(
        ...,
        alias="X-File-Name",
        min_length=1,
        max_length=600,
        description="the name of the file, percent-encoded",
    )


def body_of(request: HttpRequest) -> Iterator[bytes]:
    """The body of a request, piece by piece."""
    while chunk := request.read(_CHUNK):
        yield chunk


def refuse_large(request: HttpRequest, most: int, *, what_to_do: str) -> None:
    """Raise a problem where a request says that its body is larger than is taken."""
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > most:
        raise Problem(
            413, "Too large", f"the file is larger than {most >> 20} MB, which is the most that is taken",
            where="header Content-Length", value=length, what_to_do=what_to_do,
        )  # fmt: skip
