"""OAuth 2 client credentials: a token for a client that proves itself, and the token asked of every request."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from ninja import Form, Router, Schema
from ninja.security import HttpBearer

from muster.model import MusterError
from muster_web.api.limits import count
from muster_web.api.problems import Problem, not_signed_in
from muster_web.machines.scopes import MEANS
from muster_web.machines.tokens import GOOD_FOR, Caller, NotKnown, caller_of, token_for

router = Router(tags=["Signing in"])
SCHEME = "client_credentials"
SCHEMES = {
    SCHEME: {
        "type": "oauth2",
        "description": "Client credentials of a service account; a token is good for an hour.",
        "flows": {"clientCredentials": {"tokenUrl": "/api/token", "scopes": MEANS}},
    }
}


def address_of(request: HttpRequest) -> str:
    """The address a request comes from: as the proxy says it where there is one, else the connection's."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


class NeedsScope(HttpBearer):
    """Asks for a token with a scope, and counts the request."""

    def __init__(self, scope: str):
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """Who asks; raises a problem where the token is not good or has not the scope."""
        try:
            caller = caller_of(token, address=address_of(request))
        except NotKnown as error:
            raise not_signed_in(str(error)) from None
        count(caller.account.client_id)
        if self.scope not in caller.scopes:
            raise _lacks(self.scope)
        request.viewer = caller.viewer  # type: ignore[attr-defined]
        return caller


def _lacks(scope: str) -> Problem:
    to_do = "Ask for a token with this scope; if the account cannot have it, its organisation's approver can make one."
    problem = Problem(
        403, "Out of scope", f"the token has not the scope {scope}", value=scope, what_to_do=to_do
    )
    return problem.with_headers({"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'})


class NeedsNothing:
    """Lets everybody in, and counts the request by the address it comes from."""

    def __call__(self, request: HttpRequest) -> bool:
        count(f"address:{address_of(request)}")
        return True


def asks(scope: str) -> dict[str, Any]:
    """What an operation declares that needs a token with a scope."""
    return {"auth": NeedsScope(scope), "openapi_extra": {"security": [{SCHEME: [scope]}]}}


def asks_nothing() -> dict[str, Any]:
    """What an operation declares that everybody may use."""
    return {"auth": NeedsNothing(), "openapi_extra": {"security": []}}


class TokenShape(Schema):
    """A token, as RFC 6749 has it."""

    access_token: str
    token_type: str
    expires_in: int
    scope: str


class TokenErrorShape(Schema):
    """Why there is no token, as RFC 6749 has it."""

    error: str
    error_description: str


@router.post(
    "/token", response={200: TokenShape, 400: TokenErrorShape, 401: TokenErrorShape}, **asks_nothing()
)
def get_token(
    request: HttpRequest,
    *,
    grant_type: Form[str] = "",
    client_id: Form[str] = "",
    client_secret: Form[str] = "",
    scope: Form[str] = "",
) -> JsonResponse:
    """Get a token.

    Send the client id and secret by HTTP Basic or as form fields.  ``scope`` narrows the token to the scopes named,
    separated by spaces; without it the token has every scope of the account.
    """
    if grant_type != "client_credentials":
        return _refused(400, "unsupported_grant_type", "grant_type has to be client_credentials")
    client, secret = _basic(request) or (client_id, client_secret)
    count(f"token:{address_of(request)}")
    try:
        token, caller = token_for(client, secret, address=address_of(request), scopes=scope.split())
    except NotKnown as error:
        return _refused(401, "invalid_client", str(error))
    except MusterError as error:
        return _refused(400, "invalid_scope", str(error))
    said = {"access_token": token, "token_type": "Bearer", "expires_in": int(GOOD_FOR.total_seconds())}
    return _unstored(JsonResponse({**said, "scope": " ".join(sorted(caller.scopes))}))


def _basic(request: HttpRequest) -> tuple[str, str] | None:
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        client, _, secret = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return client, secret


def _refused(status: int, error: str, description: str) -> JsonResponse:
    answer = JsonResponse({"error": error, "error_description": description}, status=status)
    if status == 401:
        answer["WWW-Authenticate"] = 'Basic realm="muster"'
    return _unstored(answer)


def _unstored(answer: JsonResponse) -> JsonResponse:
    answer["Cache-Control"] = "no-store"
    return answer
