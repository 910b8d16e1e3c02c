"""What went wrong, told to a program and its writer as problem+json: what, where, which value, what to do."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from muster.model import MusterError
from muster.submit.states import NotAllowed

_LOG = logging.getLogger("muster.api")
MEDIA_TYPE = "application/problem+json"
_LONGEST_VALUE = 100


class ProblemShape(Schema):
    """A problem as RFC 9457 has it: ``detail`` is what is wrong, and the rest where, with which value, what to do."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    where: str = ""
    value: str = ""
    what_to_do: str = ""


class Problem(Exception):
    """Something that the answer tells as a problem."""

    def __init__(
        self, status: int, title: str, detail: str, *, where: str = "", value: str = "", what_to_do: str = ""
    ):
        super().__init__(detail)
        self.said = ProblemShape(
            title=title, status=status, detail=detail, where=where, value=value[:_LONGEST_VALUE],
            what_to_do=what_to_do,
        )  # fmt: skip
        self.headers: dict[str, str] = {}

    def with_headers(self, headers: Mapping[str, str]) -> Problem:
        """The same with headers of the answer."""
        self.headers = {**self.headers, **headers}
        return self


def told(problem: Problem) -> HttpResponse:
    """The answer that tells a problem."""
    text = json.dumps(problem.said.model_dump(), ensure_ascii=False)
    headers = {"Cache-Control": "no-store", **problem.headers}
    return HttpResponse(text, status=problem.said.status, content_type=MEDIA_TYPE, headers=headers)


def not_signed_in(detail: str = "this address needs a token") -> Problem:
    """Nobody, or nobody known, is asking."""
    to_do = (
        "Get a token from POST /api/token and send it as 'Authorization: Bearer …'; it is good for an hour."
    )
    found = Problem(401, "No token that is good", detail, where="header Authorization", what_to_do=to_do)
    return found.with_headers({"WWW-Authenticate": 'Bearer realm="muster"'})


_Tells = Callable[[HttpRequest, Exception], Problem]


def _not_found(_request: HttpRequest, _error: Exception) -> Problem:
    return Problem(
        404, "Not found", "there is nothing here that this account may see", where="path",
        what_to_do="Look at the number; what another organisation has is not found either.",
    )  # fmt: skip


def _not_allowed(_request: HttpRequest, error: Exception) -> Problem:
    what_to_do = "The flags under 'may' of the return say what can be done now, and who can help."
    return Problem(409, "Not allowed now", str(error), what_to_do=what_to_do)


def _mistake(_request: HttpRequest, error: Exception) -> Problem:
    return Problem(
        422, "It cannot be taken", str(error), what_to_do="Put right what the detail names and send again."
    )


def _invalid(_request: HttpRequest, error: Exception) -> Problem:
    assert isinstance(error, ValidationError)
    first: dict[str, Any] = error.errors[0] if error.errors else {}
    where = " ".join(str(one) for one in first.get("loc", ()) if one != "payload")
    detail = str(first.get("msg", "the request cannot be read")).removeprefix("Value error, ")
    sent = first.get("input", "")
    value = sent if isinstance(sent, str | int | float) else ""
    to_do = "See the OpenAPI document at /api/v1/openapi.json for what is taken here."
    return Problem(
        422, "The request is not as it should be", detail, where=where, value=str(value), what_to_do=to_do
    )


def _of_http(_request: HttpRequest, error: Exception) -> Problem:
    assert isinstance(error, HttpError)
    return Problem(error.status_code, "The request cannot be read", str(error))


def _too_big(_request: HttpRequest, _error: Exception) -> Problem:
    return Problem(413, "Too large", "the request is larger than what is taken here")


def _unexpected(_request: HttpRequest, error: Exception) -> Problem:
    _LOG.error("the API failed", exc_info=error)
    return Problem(
        500,
        "Our fault",
        "something failed here; it was noted",
        what_to_do="Try again, and tell us if it stays.",
    )


def speaking_problems(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that tells a method it does not take as a problem too."""

    @csrf_exempt
    @wraps(view)
    def answering(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if answer.status_code != 405:
            return answer
        allowed = answer.get("Allow", "")
        problem = Problem(405, "No such method here", f"{request.method} is not taken here", value=allowed)
        return told(problem.with_headers({"Allow": allowed}))

    return answering


@csrf_exempt
def nothing_here(request: HttpRequest, **_kwargs: object) -> HttpResponse:
    """The answer at an address that the API does not have."""
    return told(_not_found(request, Http404()))


def tell_problems(api: NinjaAPI) -> None:
    """Have every error of an API told as a problem."""
    kinds: dict[type[Exception], _Tells] = {
        Exception: _unexpected, Http404: _not_found, HttpError: _of_http, ValidationError: _invalid,
        AuthenticationError: _nobody, MusterError: _mistake, NotAllowed: _not_allowed,
        RequestDataTooBig: _too_big, Problem: _itself,
    }  # fmt: skip
    for kind, tell in kinds.items():
        api.add_exception_handler(kind, partial(_answer, tell))


def _answer(tell: _Tells, request: HttpRequest, error: Any) -> HttpResponse:
    return told(tell(request, error))


def _nobody(_request: HttpRequest, _error: Exception) -> Problem:
    return not_signed_in()


def _itself(_request: HttpRequest, problem: Exception) -> Problem:
    assert isinstance(problem, Problem)
    return problem
