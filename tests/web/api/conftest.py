"""Service accounts of the small world, and a client that calls the API as one of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from muster_web.accounts.models import Access
from muster_web.accounts.roles import Role
from muster_web.machines.actions.accounts import Made, make_account

ROLES = {
    "ashcombe": (Role.PREPARER,),
    "birchfield": (Role.PREPARER,),
    "dunmere": (Role.PREPARER,),
    "anyshire": (Role.LA_OFFICER, Role.LA_APPROVER),
    "otherby": (Role.LA_APPROVER,),
    "department": (Role.COLLECTOR,),
    "supplier": (Role.SUPPLIER,),
}


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    """Nobody has used up their requests yet."""
    cache.clear()


@pytest.fixture
def services(viewers, organisations) -> dict[str, Made]:
    """A service account of each organisation, with its secret."""
    return {
        short: make_account(viewer=viewers[f"{short}.approver"], name=f"{short} system", roles=roles)
        for short, roles in ROLES.items()
    }


@pytest.fixture
def let_in(organisations) -> Callable[..., Access]:
    """A school lets an organisation in."""

    def gave(school: str, receiver: str, level: str = "help", **more: object) -> Access:
        return Access.objects.create(
            giver=organisations[school], receiver=organisations[receiver], level=level, **more
        )

    return gave


class Caller:
    """Calls the API as one service account, or with '' as nobody."""

    def __init__(self, made: Made | None, scope: str = "") -> None:
        self.client = Client(raise_request_exception=False)
        self.token = token_of(self.client, made, scope=scope) if made else ""

    def __call__(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        """Call an address below /api/v1; ``data`` is sent as JSON, or as it is where it is bytes."""
        signed = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        raw = isinstance(data, bytes)
        body = data if raw else b"" if data is None else json.dumps(data).encode()
        address = path if path.startswith("/api") else f"/api/v1{path}"
        return self.client.generic(
            method, address, body,
            content_type="application/octet-stream" if raw else "application/json",
            headers={**signed, **{name.replace("_", "-"): value for name, value in headers.items()}},
        )  # fmt: skip

    def get(self, path: str, **headers: str) -> Any:
        """GET."""
        return self("GET", path, **headers)

    def post(self, path: str, data: Any = None, **headers: str) -> Any:
        """POST."""
        return self("POST", path, data, **headers)

    def put(self, path: str, data: Any = None) -> Any:
        """PUT."""
        return self("PUT", path, data)

    def send(
        self, round: int, content: bytes, *, name: str = "swc.xml", query: str = "", **headers: str
    ) -> Any:
        """Send a file into a round."""
        return self.post(f"/rounds/{round}/uploads{query}", content, X_File_Name=name, **headers)


def token_of(client: Client, made: Made, *, scope: str = "") -> str:
    """A token for a service account."""
    answer = ask_token(client, made.account.client_id, made.secret, scope=scope)
    assert answer.status_code == 200, answer.content
    return answer.json()["access_token"]


def ask_token(client: Client, client_id: str, secret: str, **more: str) -> Any:
    """Ask for a token with form fields."""
    fields = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret, **more}
    return client.post("/api/token", fields)


@pytest.fixture
def call(services) -> Callable[..., Caller]:
    """A caller by the short name of its organisation; '' calls without a token."""

    def as_one(short: str = "", scope: str = "") -> Caller:
        return Caller(services[short] if short else None, scope)

    return as_one
