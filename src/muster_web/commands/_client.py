"""The API as a program calls it, with nothing but the standard library."""

from __future__ import annotations

import base64
import http.client
import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from muster.model import MusterError

_SECONDS = 60
_ASK_AGAIN = 2.0
Body = bytes | Iterable[bytes] | None


class Client:
    """Calls one service as one service account; a token is asked for when it is needed."""

    def __init__(self, site: str, client_id: str, secret: str) -> None:
        self._site = urlsplit(site)
        self._proof = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
        self._bearer = ""
        if self._site.scheme == "http" and self._site.hostname not in ("localhost", "127.0.0.1", "::1"):
            raise MusterError(f"{site} is not https; a secret is not sent over it")

    def get(self, path: str) -> dict[str, Any]:
        """What an address answers.  Raises MusterError with what the service says is wrong."""
        return self.get_with_wait(path)[0]

    def get_with_wait(self, path: str) -> tuple[dict[str, Any], float]:
        """The same, and after how many seconds to ask again."""
        answer, again = self._signed("GET", path)
        return answer, float(again or _ASK_AGAIN)

    def post(self, path: str, body: Body, headers: Mapping[str, str]) -> dict[str, Any]:
        """Send a body in pieces."""
        return self._signed("POST", path, body=body, headers=headers)[0]

    def _signed(
        self, method: str, path: str, *, body: Body = None, headers: Mapping[str, str] | None = None
    ) -> tuple[dict[str, Any], str]:
        self._bearer = self._bearer or self._token()
        signed = {"Authorization": f"Bearer {self._bearer}", **(headers or {})}
        return self._call(method, path, body=body, headers=signed)

    def _token(self) -> str:
        body = urlencode({"grant_type": "client_credentials"}).encode()
        headers = {
            "Authorization": f"Basic {self._proof}", "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        return str(self._call("POST", "/api/token", body=body, headers=headers)[0]["access_token"])

    def _call(
        self, method: str, path: str, *, body: Body, headers: Mapping[str, str]
    ) -> tuple[dict[str, Any], str]:
        kind = http.client.HTTPSConnection if self._site.scheme == "https" else http.client.HTTPConnection
        connection = kind(self._site.hostname or "", self._site.port, timeout=_SECONDS)
        try:
            connection.request(method, path, body=body, headers=dict(headers))
            answer = connection.getresponse()
            said = answer.read()
        except OSError as error:
            raise MusterError(f"{self._site.netloc} cannot be reached: {error.strerror or error}") from None
        finally:
            connection.close()
        found = _decoded(said)
        if answer.status >= 400:
            raise MusterError(_why(found, answer.status))
        return found, answer.headers.get("Retry-After", "")


def _decoded(said: bytes) -> dict[str, Any]:
    try:
        found = json.loads(said)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _why(said: Mapping[str, Any], status: int) -> str:
    """What the service says is wrong, and what to do."""
    words = said.get("detail") or said.get("error_description") or f"the service answered {status}"
    to_do = said.get("what_to_do", "")
    return f"{words}. {to_do}".rstrip() if to_do else str(words)
